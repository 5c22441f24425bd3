"""Written at once, the choices are the HTML that Django writes."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from forum.web.widgets import Checkboxes, Select

CHOICES = [("", "any"), ("a&b", "<b>"), (3, gettext_lazy("Yes")), ('"q"', "it's")]


class Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.found += data.split()


@pytest.mark.parametrize("value", [None, "", "a&b", 3, ["a&b", "3"], ["strange"]])
@pytest.mark.parametrize(
    "attrs", [{}, {"id": "id_x"}, {"id": 'i"d', "class": "c", "aria-invalid": "true", "required": True}]
)
@pytest.mark.parametrize(("ours", "django"), [(Select, forms.Select), (Checkboxes, forms.CheckboxSelectMultiple)])
def test_the_same_as_djangos(ours, django, attrs, value):
    written, expected = (kind(choices=CHOICES).render("x", value, attrs) for kind in (ours, django))
    assert Read(written).found == Read(expected).found
