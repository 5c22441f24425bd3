"""What the pages need of pictures, each in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from forum import text
from forum.files.models import Picture
from forum.methods.card import Card, CardPicture
from forum.methods.howto import ADDRESSES
from forum.methods.models import Method, MethodPicture
from forum.methods.pictures import may_be_shown, rules
from forum.methods.pictures.models import PictureGap
from forum.methods.pictures.settling import as_ids


@dataclass(frozen=True)
class ShownPicture:
    """A picture as a card prints it; its size is known before it arrives."""

    said: CardPicture
    picture: Picture

    @property
    def licence_address(self) -> str:
        return ADDRESSES.get(self.said.rights, "")


def shown_pictures(card: Card) -> list[ShownPicture]:
    """In their order; what is not there any more, or may not be shown, is left out."""
    stated = [each for each in card.pictures if may_be_shown(each)]
    rows = Picture.objects.in_bulk(as_ids(each.id for each in stated)) if stated else {}
    found = {str(pk): row for pk, row in rows.items()}
    return [ShownPicture(each, found[each.id]) for each in stated if each.id in found]


def pictures_of(method: Method) -> dict[UUID, str]:
    """{id: what can be seen in it} of all that stand, or stood, in a version, as the latest says it. Somebody else's
    that is only named is not there."""
    found: dict[str, str] = {}
    for content, html in method.versions.order_by("-number").values_list("content", "html"):
        card = Card.from_json({"pictures": content.get("pictures", [])})
        for pk, alt in (*((each.id, each.alt) for each in card.pictures), *text.pictures_in(html).items()):
            found.setdefault(pk, alt)
    there = set(MethodPicture.objects.filter(version__method=method).values_list("picture", flat=True))
    return {pk: found[str(pk)] for pk in map(UUID, found) if pk in there}


def removable(viewer: Any, method: Method) -> dict[UUID, str]:
    """Those of them that this viewer may remove everywhere."""
    found = pictures_of(method)
    allowed = rules.removable(viewer, method, Picture.objects.filter(pk__in=found))
    return {pk: alt for pk, alt in found.items() if pk in allowed}


def has_removable(viewer: Any, method: Method) -> bool:
    """For the page that offers it."""
    used = Picture.objects.filter(method_uses__version__method=method)
    return bool(rules.removable(viewer, method, used.only("uploader").distinct()))


def gaps_of(method: Method) -> Iterable[PictureGap]:
    """Each with its removal: by whom, and for which method."""
    rows = PictureGap.objects.filter(method=method).select_related("removal__by", "removal__method", "method")
    return list(rows.order_by("-removal__at"))
