"""Reading settings from the environment: a value that makes no sense stops the start, with its name.

Silence would be worse: REQUIRE_SECOND_FACTOR=ture must not mean "no".
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()


def read_file(path: Path) -> None:
    """NAME=value lines; what stands in the real environment wins."""
    if path.is_file():
        _env.read_env(path)


def text(name: str, default: str = "") -> str:
    return str(_env.str(name, default=default)).strip()


def words(name: str, default: list[str]) -> list[str]:
    """Separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return default


def number(name: str, default: int) -> int:
    """A whole number, not below zero."""
    value = text(name)
    if value and not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value) if value else default


def secret(name: str) -> str:
    value = text(name)
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} must be set to at least 32 random characters.")
    return value


def secrets(name: str) -> list[str]:
    """As many as there are, separated by commas."""
    values = words(name, default=[])
    if any(len(value) < 32 for value in values):
        raise ImproperlyConfigured(f"{name} must hold at least 32 random characters each.")
    return values


def origin(name: str, default: str) -> str:
    """Scheme, host and port, nothing behind them."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and parts.hostname and f"{parts.scheme}://{parts.netloc}" == value
        fits = fits and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        fits = False
    if not fits:
        raise ImproperlyConfigured(f"{name} must look like https://forum.example.org, not {value!r}.")
    return value


def address_of(name: str, default: str, schemes: set[str]) -> str:
    """A URL of one of the schemes, or empty when that is the default."""
    value = text(name, default)
    if value and urlsplit(value).scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} must begin with {' or '.join(sorted(schemes))}, not {value.split(':')[0]!r}."
        )
    return value


def mailbox(name: str) -> str:
    """One e-mail address, or empty."""
    value = text(name)
    if value and not re.fullmatch(r"[^@\s,]+@[^@\s,]+", value):
        raise ImproperlyConfigured(f"{name} must be one e-mail address, not {value!r}.")
    return value


def database(name: str, sqlite: Path) -> dict[str, Any]:
    """Django's dictionary for `sqlite:///file` or `postgresql://…`."""
    url = address_of(name, f"sqlite:///{quote(str(sqlite))}", {"sqlite", "postgres", "postgresql"})
    config = _parsed(name, url, _env.db_url_config)
    if not config["NAME"] or config["NAME"] == ":memory:":
        raise ImproperlyConfigured(f"{name} names no database.")
    return config


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for `smtp://`, `smtp+tls://` (STARTTLS), `smtp+ssl://`, `filemail://`, `consolemail://`."""
    url = address_of(name, default, {"smtp", "smtp+tls", "smtp+ssl", "filemail", "consolemail"})
    config = _parsed(name, url, _env.email_url_config)
    return {key: value for key, value in config.items() if value is not None}


def _parsed(name: str, url: str, parse: Callable[[str], Any]) -> dict[str, Any]:
    try:
        return dict(parse(url))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from error
