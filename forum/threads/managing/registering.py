"""What the rooms below must know of managing: how each deed is taken back, and where conclusions are drafted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forum import drafts, log
from forum.drafts.registry import Standing
from forum.threads import moderating
from forum.threads.managing import concluding, retitling, slowing
from forum.threads.managing.models import Conclusion
from forum.threads.managing.undoing import register_words
from forum.threads.models import Thread

UNDOS = {
    "thread.locked": (moderating.undo_lock, _("The thread is locked.")),
    "thread.unlocked": (moderating.undo_unlock, _("The thread is unlocked.")),
    "thread.pinned": (moderating.undo_pin, _("The thread is pinned.")),
    "thread.unpinned": (moderating.undo_unpin, _("The thread is no longer pinned.")),
    "thread.retitled": (retitling.undo_rename, _("The title is changed.")),
    "thread.sectioned": (retitling.undo_rename, _("The thread stands in another section.")),
    "thread.slowed": (slowing.undo_slow, _("Slow mode is on.")),
    "thread.unslowed": (slowing.undo_unslow, _("Slow mode is off.")),
    "thread.concluded": (concluding.undo_conclusion, _("The conclusion stands on top of the thread.")),
    "thread.unconcluded": (concluding.undo_conclusion, _("The conclusion is taken away.")),
}


def register() -> None:
    for kind, (undo, words) in UNDOS.items():
        log.register_undo(kind, undo)
        register_words(kind, words)
    drafts.register_place(concluding.PLACE, _may_conclude_at, _places, _was_concluded)


def _may_conclude_at(viewer: Any, pk: int) -> bool:
    return Thread.objects.visible_to(viewer).filter(pk=pk).exists()


def _places(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    threads = Thread.objects.visible_to(viewer).select_related("community").filter(pk__in=pks)
    return {thread.pk: Standing(thread.title, f"/threads/{thread.pk}/conclusion/", thread) for thread in threads}


def _was_concluded(member: Any, pk: int, _title: str, body: str) -> bool:
    return Conclusion.objects.filter(thread=pk, by=member.pk, source=body).exists()
