"""A card for machines: schema.org HowTo (https://schema.org/HowTo), for everybody's search engines and libraries."""

from typing import Any

from django.conf import settings

from forum.methods.card import Card, CardPicture
from forum.methods.models import Method, MethodVersion
from forum.methods.pictures import address_of, may_be_shown

FEWEST_FOR_REVIEWS = 5  # below that an average says more about people than about the method
ADDRESSES = {
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def of(method: Method, version: MethodVersion, tries: list[Any], parent: MethodVersion | None) -> dict[str, Any]:
    """JSON-LD of a card that anyone may read; of one for reading only, its title and address. `parent` as the reader
    may know of it."""
    url = f"{settings.SITE_URL}{method.get_absolute_url()}"
    head = {"@context": "https://schema.org", "@type": "HowTo", "name": method.title, "url": url}
    if not method.may_be_adapted:
        return head
    card = version.card
    stated: dict[str, Any] = {
        **head,
        "description": card.summary,
        "inLanguage": card.language,
        "version": str(version.number),
        "datePublished": method.published_at.date().isoformat(),
        "dateModified": method.changed_at.date().isoformat(),
        "license": ADDRESSES.get(method.licence),
        "creditText": "; ".join([*(credit.name for credit in card.credits), str(card.imported.get("attribution", ""))]),
        "author": {"@type": "Person", "name": str(method.author)},
        "performTime": _duration(card.minutes_min, card.minutes_max),
        "prepTime": _duration(card.preparation_min, card.preparation_max),
        "supply": [_item("HowToSupply", each.name) for each in card.materials if not each.tool],
        "tool": [_item("HowToTool", each.name) for each in card.materials if each.tool],
        "step": [
            {"@type": "HowToStep", "position": number, "name": step.title, "text": step.text}
            for number, step in enumerate(card.steps, 1)
        ],
        "accessibilityFeature": [each.key for each in card.access if each.answer == "yes"],
        "additionalProperty": _ranges(card),
        "keywords": list(card.tags),
        "image": [_image(each) for each in card.pictures if may_be_shown(each)],
    }
    stated["creditText"] = stated["creditText"].strip("; ")
    if parent:
        stated["isBasedOn"] = f"{settings.SITE_URL}/methods/{parent.method_id}/"
    if len(tries) >= FEWEST_FOR_REVIEWS:
        stated["review"] = [{"@type": "Review", "reviewBody": each.sentence} for each in tries]
    return {key: value for key, value in stated.items() if value not in (None, "", [])}


def _item(kind: str, name: str) -> dict[str, str]:
    return {"@type": kind, "name": name}


def _image(picture: CardPicture) -> dict[str, str]:
    """Under its own rights and in its own author's name; without a licence it is only to be looked at."""
    stated = {
        "@type": "ImageObject",
        "contentUrl": address_of(picture.id),
        "description": picture.alt,
        "creditText": picture.author,
        "license": ADDRESSES.get(picture.rights, ""),
    }
    return {key: value for key, value in stated.items() if value}


def _duration(low: int | None, high: int | None) -> str | None:
    """ISO 8601, the middle of the range."""
    stated = [minutes for minutes in (low, high) if minutes is not None]
    return f"PT{sum(stated) // len(stated)}M" if stated else None


def _ranges(card: Card) -> list[dict[str, Any]]:
    spans = (("group", card.group_min, card.group_max), ("minutes", card.minutes_min, card.minutes_max))
    return [
        {"@type": "PropertyValue", "name": name}
        | ({"minValue": low} if low is not None else {})
        | ({"maxValue": high} if high is not None else {})
        for name, low, high in spans
        if low is not None or high is not None
    ]
