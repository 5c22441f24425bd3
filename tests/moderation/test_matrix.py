"""Role × act × kind of community: exactly what the table in ARCHITECTURE's appendix says, tried by the verbs."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.models import Community, HeldText, LogEntry
from forum.moderation.authorities.actions import record_order
from forum.moderation.decisions.actions import decide
from forum.moderation.duty.actions import move_turn
from forum.moderation.factors.actions import reset_second_factor
from forum.moderation.flagging.actions import trust
from forum.moderation.prevention import actions as prevention
from forum.moderation.reports.actions import report
from forum.moderation.rulebook.actions import change_rules
from forum.moderation.rulebook.queries import book_in_force, written
from forum.moderation.subjects import subject_of
from forum.threads import actions
from forum.threads.holding import actions as holding
from forum.threads.moving import actions as moving
from forum.web.errors import Refusal
from tests.cast import person
from tests.house.walk import KINDS, furnish, people, undone

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parents[2] / "ARCHITECTURE.md"
ROLES = ("outsider", "member", "author", "moderator", "steward", "administrator")
SOON = timezone.now() + timedelta(days=3)
Act = Callable[[Member, SimpleNamespace], object]


def table() -> dict[str, dict[str, str]]:
    """{act: {role: "yes", "open" or "–"}}"""
    rows = [line.strip("| ").split(" | ") for line in TABLE.read_text().split("## Appendix")[1].splitlines()]
    cells = [row for row in rows if len(row) == len(ROLES) + 1]
    assert cells[0] == ["act", *ROLES]
    return {act: dict(zip(ROLES, allowed, strict=True)) for act, *allowed in cells[1:]}


def _decide(act: str, **more: Any) -> Act:
    return lambda by, at: decide(by=by, about=at.about, act=act, law="Good law.", facts="It is so.", **more)


def _report(by: Member, at: SimpleNamespace) -> object:
    said: dict[str, Any] = {"words": "", "address": "http://localhost/", "language": "en", "is_good_faith": True}
    return report(about=at.about, member=by, ground="other", **said)


def _retitle(by: Member, at: SimpleNamespace) -> object:
    return actions.retitle_thread(by=by, thread=at.thread, title="New", section=None, language="en", reason="So.")


def _conclude(by: Member, at: SimpleNamespace) -> object:
    return actions.conclude_thread(by=by, thread=at.thread, body=text.clean("So.", "markdown"), based_on=0)


def _rules(by: Member, at: SimpleNamespace) -> object:
    book = book_in_force(at.house)
    return change_rules(
        by=by, community=at.house, clauses=written(book)[:1], note="x", is_significant=False, based_on=book.number
    )


def _order(community: bool) -> Act:
    said = {"authority": "Court", "reference": "1", "demand": "act", "demands": "x"}
    day = timezone.localdate() - timedelta(days=2)
    return lambda by, at: record_order(by=by, community=at.house if community else None, issued_on=day, **said)


WORD = {"kind": "words", "pattern": "loans", "effect": "flag"}
ACTS: dict[str, Act] = {
    "lock a thread": lambda by, at: actions.lock_thread(by=by, thread=at.thread, reason="So."),
    "pin a thread": lambda by, at: actions.pin_thread(by=by, thread=at.thread, reason="So."),
    "slow a thread down": lambda by, at: actions.slow_thread(by=by, thread=at.thread, minutes=1440, reason="So."),
    "put a thread into a section": lambda by, at: actions.put_in_section(by=by, thread=at.thread, section=None),
    "change a title": _retitle,
    "conclude a thread": _conclude,
    "move a thread": lambda by, at: moving.move_thread(by=by, thread=at.thread, community=at.beside),
    "split a thread": lambda by, at: moving.split_thread(by=by, thread=at.thread, posts=[at.second], title="New"),
    "merge threads": lambda by, at: moving.merge_thread(by=by, thread=at.other, into=at.thread),
    "report": _report,
    "ask to reword": _decide("reword"),
    "fold": _decide("fold"),
    "hide": _decide("hide"),
    "warn": _decide("warn"),
    "pause writing here": _decide("pause", until=SOON),
    "pause writing everywhere": _decide("pause", until=SOON, is_site_wide=True),
    "remove from the community": _decide("remove"),
    "suspend an account": _decide("suspend"),
    "publish a held text": lambda by, at: holding.release(by=by, held=HeldText.objects.get(pk=at.place.held)),
    "look for words and links": lambda by, at: prevention.add_watchword(by=by, community=at.house, **WORD),
    "say how newcomers are met": lambda by, at: prevention.set_guard(
        by=by, community=at.house, first_posts=1, links=None
    ),
    "change the rules": _rules,
    "order the rota": lambda by, at: move_turn(by=by, community=at.house, member=at.second_moderator, up=True),
    "record an order here": _order(community=True),
    "record an order for the site": _order(community=False),
    "trust a flagger": lambda by, at: trust(by=by, member=None, address="office@city.example", reason="Known."),
    "reset a second factor": lambda by, at: reset_second_factor(by=by, member=at.cast["neighbour"], checked="By voice"),
}


def test_every_act_of_the_table_is_tried() -> None:
    assert list(table()) == list(ACTS)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_more_is_allowed_than_the_table_says(kind: str) -> None:
    at = stage(kind)
    wrong = []
    for act, allowed in table().items():
        for role, cell in allowed.items():
            wanted = cell == "yes" or (cell == "open" and kind == "open")
            with undone():
                before = LogEntry.objects.count()
                done = tried(ACTS[act], at.roles[role], at)
                if not done:
                    assert LogEntry.objects.count() == before, (act, role)
            if done != wanted:
                wrong.append(f"{role}: {act}: {'done' if done else 'refused'}")
    assert wrong == []


def tried(act: Act, by: Member, at: SimpleNamespace) -> bool:
    try:
        act(by, at)
    except (Refusal, Http404, PermissionDenied):
        return False
    return True


def stage(kind: str) -> SimpleNamespace:
    cast = people()
    place = furnish(kind, cast)
    other = Community.objects.create(
        slug="beside", names={"en": "Beside"}, audience=place.house.audience, joining="invitation"
    )
    second = person("second")
    for member, role, house in (
        (cast["moderator"], "moderator", other),
        (cast["steward"], "steward", other),
        (second, "moderator", place.house),
    ):
        house.memberships.create(member=member, role=role)
    author = cast["author"]
    thread = actions.start_thread(
        author=author,
        community=place.house,
        title="To manage",
        body=text.clean("We began.", "markdown"),
        language="en",
        section=place.house.sections.first(),
        at=timezone.now(),
    )
    replies = [
        actions.reply(author=author, thread=thread, body=text.clean(words, "markdown"), at=timezone.now())
        for words in ("One.", "Two.")
    ]
    merged = actions.start_thread(
        author=author,
        community=place.house,
        title="To merge",
        body=text.clean("Also.", "markdown"),
        language="en",
        at=timezone.now(),
    )
    thread.refresh_from_db()
    Authenticator.objects.create(user=cast["neighbour"], type=Authenticator.Type.TOTP, data={})
    roles = {**cast, "member": cast["neighbour"], "administrator": person("administrator", is_staff=True)}
    return SimpleNamespace(
        place=place,
        house=place.house,
        beside=other,
        cast=cast,
        roles=roles,
        thread=thread,
        other=merged,
        second=replies[0].pk,
        second_moderator=second,
        about=subject_of("post", replies[1]),
    )
