"""Where stewards write rules: the place a draft of them may stand at."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum import drafts
from forum.communities.models import Community, Role
from forum.drafts.registry import Standing


def register() -> None:
    drafts.register_place("rules", may_write_at, writings)


def may_write_at(viewer: Any, pk: int) -> bool:
    return pk in writings(viewer, {pk})


def writings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    mine = Community.objects.filter(pk__in=pks, memberships__member=viewer.pk, memberships__role=Role.STEWARD)
    return {
        row.pk: Standing(_("Rules of %(community)s") % {"community": row.name}, reverse("edit_rules", args=[row.slug]))
        for row in mine
    }
