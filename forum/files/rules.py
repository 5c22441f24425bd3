"""Who may see a picture: whoever may see something it stands in; its uploader, before it stands anywhere."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from forum.files.hiding import PictureHiding
from forum.files.models import Picture

_rules: list[Callable[[Any, Picture], bool]] = []
_holders: list[Callable[[Picture], bool]] = []


def register_rule(may_see: Callable[[Any, Picture], bool]) -> None:
    """may_see(viewer, picture): does it stand in something this viewer may see?"""
    _rules.append(may_see)


def register_holder(holds: Callable[[Picture], bool]) -> None:
    """holds(picture): does somebody's unpublished text still show it?"""
    _holders.append(holds)


def is_public(picture: Picture) -> bool:
    """May anybody at all see it?"""
    return not is_hidden(picture) and any(rule(AnonymousUser(), picture) for rule in _rules)


def may_see(viewer: Any, picture: Picture) -> bool:
    if not viewer.is_authenticated:
        return is_public(picture)
    if is_hidden(picture):
        return False
    if any(rule(viewer, picture) for rule in _rules):
        return True
    return picture.uploader_id == viewer.pk and not is_used(picture)


def is_hidden(picture: Picture) -> bool:
    return PictureHiding.objects.filter(picture=picture.pk).exists()


def is_used(picture: Picture) -> bool:
    """Does any row of any feature refer to it?"""
    this = Picture.objects.filter(pk=picture.pk)
    return any(this.filter(**{f"{row.name}__isnull": False}).exists() for row in Picture._meta.related_objects)


def is_held(picture: Picture) -> bool:
    return any(holds(picture) for holds in _holders)
