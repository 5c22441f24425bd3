"""Day and night: chosen without JavaScript, known to the first byte of the next page, and never a way off this site."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_choice_is_remembered_and_printed(visitor: Client, theme: str) -> None:
    answer = visitor.post("/theme/", {"theme": theme, "next": "/communities/"})
    assert (answer.status_code, answer["Location"]) == (302, "/communities/")
    page = visitor.get("/communities/").content.decode()
    assert f'data-theme="{theme}"' in page
    assert f'value="{theme}"\n              aria-pressed="true"' in page


def test_automatic_forgets_the_choice(visitor: Client) -> None:
    visitor.post("/theme/", {"theme": "dark"})
    visitor.post("/theme/", {"theme": "auto"})
    assert "data-theme" not in visitor.get("/communities/").content.decode()


@pytest.mark.parametrize("next_url", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(visitor: Client, next_url: str) -> None:
    assert visitor.post("/theme/", {"theme": "dark", "next": next_url})["Location"] == "/"


def test_a_forged_choice_is_no_choice(visitor: Client) -> None:
    visitor.post("/theme/", {"theme": '"><script>'})
    visitor.cookies["theme"] = "neon"
    page = visitor.get("/communities/").content.decode()
    assert "data-theme" not in page


def test_it_is_a_deed_not_a_link(visitor: Client) -> None:
    assert visitor.get("/theme/").status_code == 405
