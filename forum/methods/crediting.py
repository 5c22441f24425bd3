"""Whose a card told here is, for those who carry it away: what the page says beside the card goes with its files.

An export leaves these out, so that a card comes back from it as it was.
"""

from typing import Any

from django.conf import settings

from forum.methods.models import Method, MethodVersion


def address_of(method: Method) -> str:
    """Where it stands: elsewhere first, or here."""
    return method.source_url if method.import_key and method.source_url else here(method)


def here(method: Method) -> str:
    return f"{settings.SITE_URL}{method.get_absolute_url()}"


def attribution(version: MethodVersion) -> str:
    """Its author, unless it came from elsewhere; and whom it named already when it came, or was made from such."""
    told = "" if version.method.import_key else str(version.method.author)
    return "; ".join(filter(None, [told, str(version.card.imported.get("attribution") or "")]))


def credited(record: dict[str, Any], version: MethodVersion, parent: MethodVersion | None) -> dict[str, Any]:
    """The record with its attribution, its address and what it was made from; `parent` as the reader may know of it."""
    stated = {"attribution": attribution(version) or None, "source_url": address_of(version.method)}
    return record | stated | ({"parent": parent_of(parent)} if parent else {})


def parent_of(parent: MethodVersion) -> dict[str, str]:
    stated = {
        "title": parent.card.title,
        "attribution": attribution(parent),
        "source_url": address_of(parent.method),
        "licence": parent.method.licence,
    }
    return {name: words for name, words in stated.items() if words}
