"""What people call the program and the device they use."""

from django.utils.translation import gettext as _

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


def browser(user_agent: str) -> str:
    """What a person calls it: "Firefox, Linux"."""
    found = (next((name for sign, name in known.items() if sign in user_agent), "") for known in (_BROWSERS, _DEVICES))
    return ", ".join(name for name in found if name) or _("another program")
