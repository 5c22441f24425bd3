"""Where one writes about methods: the places drafts may stand at, and how to find back to them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import drafts
from forum.communities.models import Community
from forum.drafts.registry import Standing
from forum.methods.models import Method

LATE = timedelta(minutes=5)


def register() -> None:
    drafts.register_place("methods", may_begin_at, beginnings, was_begun)
    drafts.register_place("method", may_change_at, changings)
    drafts.register_place("adaptation", may_read_at, adaptings, was_adapted)
    drafts.register_place("try", may_read_at, tellings)


def may_begin_at(viewer: Any, pk: int) -> bool:
    return Community.objects.visible_to(viewer).filter(pk=pk).exists()


def beginnings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    found = Community.objects.visible_to(viewer).filter(pk__in=pks)
    title = _("A method for %(community)s")
    return {
        each.pk: Standing(title % {"community": each.name}, reverse("new_method", args=[each.slug])) for each in found
    }


def was_begun(member: Any, pk: int, title: str, _body: str) -> bool:
    return bool(_just_published(member, title).filter(community=pk).exists())


def was_adapted(member: Any, pk: int, title: str, _body: str) -> bool:
    return bool(_just_published(member, title).filter(parent__method=pk).exists())


def _just_published(member: Any, title: str) -> Any:
    """A save that was slow on the way, no longer: somebody may well tell it again next week."""
    since = timezone.now() - LATE
    return Method.objects.filter(author_id=member.pk, title=title.strip(), published_at__gt=since)


def may_read_at(viewer: Any, pk: int) -> bool:
    return Method.objects.visible_to(viewer).filter(pk=pk).exists()


def may_change_at(viewer: Any, pk: int) -> bool:
    return Method.objects.visible_to(viewer).filter(pk=pk, author_id=viewer.pk).exists()


def changings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    own = Method.objects.visible_to(viewer).filter(pk__in=pks, author_id=viewer.pk)
    return {each.pk: Standing(each.title, reverse("edit_method", args=[each.pk])) for each in own}


def adaptings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    return _standings(viewer, pks, _("Our version of “%(title)s”"), "adapt_method")


def tellings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    return _standings(viewer, pks, _("We tried it: “%(title)s”"), "new_try")


def _standings(viewer: Any, pks: set[int], words: str, address: str) -> dict[int, Standing]:
    found = Method.objects.visible_to(viewer).filter(pk__in=pks)
    return {each.pk: Standing(words % {"title": each.title}, reverse(address, args=[each.pk])) for each in found}
