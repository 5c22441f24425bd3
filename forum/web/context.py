"""What every page's template may use besides its own context."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from forum.web.theme import chosen_theme


@cache
def language_names() -> dict[str, str]:
    """{"pl": "Polski", ...}: every language by the name its own speakers give it."""
    return {code: get_language_info(code)["name_local"].capitalize() for code, _ in settings.LANGUAGES}


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "SITE_NAME": settings.SITE_NAME,
        "DEMO": settings.DEMO,
        "THEME": chosen_theme(request),
        "LANGUAGES": language_names(),
        "LANGUAGE_CODE": get_language(),
    }
