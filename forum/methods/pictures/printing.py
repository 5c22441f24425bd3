"""A card's pictures on paper: what is said of each, and the pictures themselves."""

from typing import Any

from django.utils.translation import gettext as _

from forum import paper
from forum.files.small import small_jpeg
from forum.methods.pictures.queries import ShownPicture
from forum.methods.vocabularies import PictureRights

MOST_DRAWN = 3  # the first ones; the page has them all


def told(shown: list[ShownPicture]) -> list[dict[str, Any]]:
    """As the sheets take them: {id, alt, caption, ratio of width to height}."""
    return [
        {
            "id": each.said.id,
            "alt": each.said.alt or _("Picture"),
            "caption": " · ".join(part for part in (each.said.author, _rights(each.said.rights)) if part),
            "ratio": round(each.picture.width / max(each.picture.height, 1), 3),
        }
        for each in shown
    ]


def drawn(shown: list[ShownPicture]) -> dict[str, str]:
    """{id: the picture}, without those whose file is gone."""
    return {
        each.said.id: paper.picture_svg(jpeg, width=each.picture.width, height=each.picture.height)
        for each in shown[:MOST_DRAWN]
        if (jpeg := small_jpeg(each.picture))
    }


def _rights(rights: str) -> str:
    return _("not for reuse") if rights == PictureRights.HERE else rights
