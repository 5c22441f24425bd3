"""Two small things the account pages need."""

from django import forms, template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: every browser also claims to be those below it.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_DEVICES = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """What a person calls it: "Firefox, Linux"."""
    found = (next((name for sign, name in known.items() if sign in user_agent), "") for known in (_BROWSERS, _DEVICES))
    return ", ".join(name for name in found if name) or _("another program")


@register.filter
def calm(form: forms.BaseForm) -> forms.BaseForm:
    """The form without placeholders: allauth repeats every label in them."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form
