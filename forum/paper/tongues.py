"""The language of a sheet: that of what it tells, whoever prints it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """The house's words in this language, if it is one of the house's; else in the reader's. Gives which."""
    chosen = language if language in dict(settings.LANGUAGES) else translation.get_language() or "en"
    with translation.override(chosen):
        yield chosen
