"""Undo: one button, by whoever did it, for a while, and everything is as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum import log
from forum.log import LogEntry
from forum.models import Happening, Lock, Pace, Pin, Thread
from forum.threads import actions
from forum.threads.managing.registering import UNDOS
from tests.threads.managing.conftest import kinds

pytestmark = pytest.mark.django_db

TITLES = ("thread.retitled", "thread.sectioned")


def standing(thread):
    """Everything moderators can make of a thread."""
    row = Thread.objects.get(pk=thread.pk)
    deeds = [list(model.objects.values("thread", "by", "at", "reason")) for model in (Lock, Pin, Pace)]
    return [*deeds, row.title, row.section_id, row.language, row.conclusion_id]


DEEDS = {
    "thread.locked": ("lock/", {"reason": "x", "span": "24"}),
    "thread.unlocked": ("lock/removal/", {}),
    "thread.pinned": ("pin/", {"reason": "x"}),
    "thread.unpinned": ("pin/removal/", {}),
    "thread.retitled": ("title/", {"title": "Other", "section": "{section}", "language": "pl", "reason": "x"}),
    "thread.sectioned": ("title/", {"title": "{title}", "section": "{section}", "language": "en", "reason": "x"}),
    "thread.slowed": ("pace/", {"minutes": "5", "reason": "x"}),
    "thread.unslowed": ("pace/removal/", {}),
    "thread.concluded": ("conclusion/", {"body": "Done.", "based_on": "{conclusion}"}),
    "thread.unconcluded": ("conclusion/removal/", {}),
}
OPPOSITES = [kind for kind in DEEDS if kind not in TITLES]
AGAIN = {"thread.renamed": ("title/", {"title": "Third", "language": "de", "reason": "y"})}


def stood_before(kind, steward, thread):
    """What a taking away takes away."""
    until = timezone.now() + timedelta(days=1)
    prepare = {
        "thread.unlocked": lambda: actions.lock_thread(by=steward, thread=thread, reason="Old.", until=until),
        "thread.unpinned": lambda: actions.pin_thread(by=steward, thread=thread, reason="Old."),
        "thread.unslowed": lambda: actions.slow_thread(by=steward, thread=thread, reason="Old.", minutes=60),
    }
    prepare.get(kind, lambda: None)()
    if "conclu" in kind:
        post = thread.posts.get()
        actions.choose_conclusion(by=steward, post=post, based_on=0)


def do(client, thread, kind):
    path, fields = (DEEDS | AGAIN)[kind]
    now = Thread.objects.get(pk=thread.pk)
    values = {"section": now.community.sections.get().pk, "title": now.title, "conclusion": now.conclusion_id or 0}
    sent = {name: value.format(**values) for name, value in fields.items()}
    return client.post(f"/threads/{thread.pk}/{path}", sent)


def test_every_deed_is_here():
    assert DEEDS.keys() == UNDOS.keys()


@pytest.mark.parametrize("kind", DEEDS)
def test_everything_is_as_it_was(kind, moderating, steward, thread, undo):
    stood_before(kind, steward, thread)
    before, heard = standing(thread), len(kinds(thread))
    assert do(moderating, thread, kind).status_code == 302
    assert standing(thread) != before
    assert LogEntry.objects.latest("pk").kind == kind
    answer = undo()
    assert "Undone." in answer.content.decode()
    assert standing(thread) == before
    assert len(kinds(thread)) == heard + 2  # open pages heard both
    assert LogEntry.objects.get(kind="undone").undoes.kind == kind
    assert "undo_offer" not in answer.context or not answer.context["undo_offer"]


@pytest.mark.parametrize("kind", DEEDS)
def test_what_was_changed_since_is_not_undone(kind, moderating, client_of, steward, thread, undo):
    """Another moderator has done the opposite."""
    stood_before(kind, steward, thread)
    do(moderating, thread, kind)
    opposite = dict(zip(OPPOSITES[::2], OPPOSITES[1::2], strict=True))
    opposite |= {off: on for on, off in opposite.items()} | dict.fromkeys(TITLES, "thread.renamed")
    assert do(client_of(steward), thread, opposite[kind]).status_code == 302
    stands = standing(thread)
    assert undo().status_code == 422
    assert standing(thread) == stands


def test_nobody_elses_and_nothing_that_never_was(moderating, client_of, steward, outsider, visitor, thread):
    do(moderating, thread, "thread.locked")
    address = f"/log/{LogEntry.objects.get().pk}/undo/"
    for somebody in (client_of(steward), client_of(outsider)):
        assert somebody.post(address).status_code == 404
    assert visitor.post(address).status_code == 302
    assert moderating.post("/log/999999/undo/").status_code == 404
    assert moderating.get(address).status_code == 405
    assert Lock.objects.exists()


def test_its_time_ends(moderating, thread, monkeypatch):
    do(moderating, thread, "thread.locked")
    for module in (log, log.entering):
        monkeypatch.setattr(module, "UNDO_FOR", timedelta(0))
    assert "undo_offer" not in moderating.get("/drafts/").context
    answer = moderating.post(f"/log/{LogEntry.objects.get().pk}/undo/", {"back": "https://elsewhere.example/"})
    assert answer.status_code == 422
    assert "elsewhere" not in answer.content.decode()
    assert "cannot be undone any more" in answer.content.decode()


def test_who_moderates_no_more_undoes_nothing(moderating, moderator, thread, undo, open_house):
    do(moderating, thread, "thread.locked")
    open_house.memberships.filter(member=moderator).update(role="member")
    assert undo().status_code == 422
    assert Lock.objects.exists()


def test_a_notice_of_it_goes(moderating, thread, undo):
    do(moderating, thread, "thread.locked")
    do(moderating, thread, "thread.concluded")
    conclusion = LogEntry.objects.latest("pk")
    undo()
    moderating.post(f"/log/{conclusion.pk - 1}/undo/")
    assert not Happening.objects.filter(withdrawn_at=None, kind__in=["thread.locked", "thread.concluded"]).exists()


@pytest.mark.parametrize("also", ["x", "-1", "9" * 5000, "٣", "1\0"])
def test_numbers_that_are_none(moderating, thread, also):
    do(moderating, thread, "thread.locked")
    answer = moderating.post(f"/log/{LogEntry.objects.get().pk}/undo/", {"also": [also], "back": "//evil.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not Lock.objects.exists()
