"""Small things the account pages need."""

from typing import Any

from django import forms, template

from accounts import factors
from accounts.browsers import browser

register = template.Library()
register.filter("browser", browser)


@register.simple_tag(takes_context=True)
def second_factor_wanted(context: dict[str, Any]) -> str:
    """For a bar on the pages of second factors: "now" when a page waits and the factor was shown, "first" when it was
    not yet, "" when none waits."""
    request = context["request"]
    if factors.WAITING not in request.session:
        return ""
    return "now" if factors.has_shown(request) else "first"


@register.filter
def calm(form: forms.BaseForm) -> forms.BaseForm:
    """The form without placeholders: allauth repeats every label in them."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form
