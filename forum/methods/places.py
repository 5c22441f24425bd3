"""Where one writes about methods: the places drafts may stand at, and how to find back to them."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import drafts
from forum.communities.models import Community, Membership, Role
from forum.drafts import telling
from forum.drafts.preview import NOWHERE
from forum.drafts.registry import Standing
from forum.methods.models import Method, Try
from forum.threads.models import Post, Thread
from forum.web.context import language_names

LATE = timedelta(minutes=5)


def register() -> None:
    drafts.register_place("methods", may_begin_at, beginnings, was_begun)
    drafts.register_place("method", may_change_at, changings)
    drafts.register_place("adaptation", may_read_at, adaptings, was_adapted)
    drafts.register_place("try", may_read_at, tellings)
    drafts.register_place("redaction", may_read_at, redactings)
    drafts.register_place("report", may_grow_at, growings)
    for language in dict(settings.LANGUAGES):
        drafts.register_place(f"translation-{language}", may_read_at, partial(translatings, language))
    drafts.register_place(telling.PREFIX, is_oneself, told, was_told)
    drafts.register_place("card", may_be_made_at, cards_of_posts, was_made)


def is_oneself(viewer: Any, pk: int) -> bool:
    return bool(viewer.is_authenticated and viewer.pk == pk)


def told(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    here = Standing(_("What you are telling"), reverse("tell"), NOWHERE)
    return {viewer.pk: here} if viewer.pk in pks else {}


def was_told(member: Any, pk: int, title: str, body: str) -> bool:
    said = Post.objects.filter(author_id=member.pk, source=body, published_at__gt=timezone.now() - LATE)
    return bool(body) and (said.exists() or bool(title and _just_published(member, title).exists()))


def may_be_made_at(viewer: Any, pk: int) -> bool:
    return Post.objects.visible_to(viewer).standing().filter(pk=pk).exists()


def cards_of_posts(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    found = Post.objects.visible_to(viewer).standing().filter(pk__in=pks).select_related("thread")
    title = _("A card of a post in “%(title)s”")
    return {
        each.pk: Standing(title % {"title": each.thread.title}, reverse("card_of_post", args=[each.pk]))
        for each in found
    }


def was_made(member: Any, pk: int, title: str, _body: str) -> bool:
    return bool(_just_published(member, title).filter(source__post=pk).exists())


def may_begin_at(viewer: Any, pk: int) -> bool:
    return Community.objects.visible_to(viewer).filter(pk=pk).exists()


def beginnings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    found = Community.objects.visible_to(viewer).filter(pk__in=pks)
    title = _("A method for %(community)s")
    return {
        each.pk: Standing(
            title % {"community": each.name},
            reverse("new_method", args=[each.slug]),
            Thread(community=each, audience=each.audience),
        )
        for each in found
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
    return bool(_kept_by(viewer).filter(pk=pk).exists())


def _kept_by(viewer: Any) -> Any:
    """As rules.is_kept_by has it."""
    roles = Membership.objects.filter(member=viewer.pk, role__in=(Role.MODERATOR, Role.STEWARD)).values("community")
    kept = Q(author_id=viewer.pk) | Q(author__is_house=True, community__in=roles)
    return Method.objects.visible_to(viewer).filter(kept)


def changings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    rows = _kept_by(viewer).filter(pk__in=pks).select_related("thread__community")
    return {each.pk: Standing(each.title, reverse("edit_method", args=[each.pk]), each.thread) for each in rows}


def adaptings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    return _standings(viewer, pks, _("Our version of “%(title)s”"), "adapt_method")


def tellings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    return _standings(viewer, pks, _("We tried it: “%(title)s”"), "new_try")


def redactings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    return _standings(viewer, pks, _("Words to take out of “%(title)s”"), "redact_method")


def may_grow_at(viewer: Any, pk: int) -> bool:
    return bool(Try.objects.visible_to(viewer).filter(pk=pk, member=viewer.pk).exists())


def growings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    found = Try.objects.visible_to(viewer).filter(pk__in=pks, member=viewer.pk).select_related("method")
    words = _("We tried it: “%(title)s”")
    return {
        each.pk: Standing(words % {"title": each.method.title}, reverse("edit_try", args=[each.pk])) for each in found
    }


def translatings(language: str, viewer: Any, pks: set[int]) -> dict[int, Standing]:
    words = _("“%(title)s” in another language: %(language)s")
    found = Method.objects.visible_to(viewer).filter(pk__in=pks)
    name = language_names()[language]
    return {
        each.pk: Standing(
            words % {"title": each.title, "language": name}, reverse("translate_method", args=[each.pk, language])
        )
        for each in found
    }


def _standings(viewer: Any, pks: set[int], words: str, address: str) -> dict[int, Standing]:
    found = Method.objects.visible_to(viewer).filter(pk__in=pks).select_related("thread__community")
    return {
        each.pk: Standing(words % {"title": each.title}, reverse(address, args=[each.pk]), each.thread)
        for each in found
    }
