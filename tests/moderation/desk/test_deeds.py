"""Who takes what in hand: one wins, the others are told who was first; each deed stands in the log once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Member
from forum import changes
from forum.models import Case, CaseNote, Community, Complaint, LogEntry, Membership, Post, Thread
from forum.moderation.desk import actions
from forum.web.errors import Conflict, Refusal
from tests.cast import person
from tests.moderation.desk.rows import ago, case_of, complaint_about, decision_on

ClientOf = Callable[[Member], Client]


@pytest.fixture
def post(thread_in: Callable[..., Thread], open_house: Community) -> Post:
    return thread_in(open_house).posts.get()


@pytest.fixture
def case(post: Post) -> Case:
    return case_of(post=post)


@pytest.fixture
def complaint(post: Post) -> Complaint:
    third = person("third")
    Membership.objects.create(community=post.thread.community, member=third, role="moderator")
    return complaint_about(decision_on(case_of(thread=post.thread, closed_at=ago(days=1)), third))


def logged() -> list[tuple[str, str]]:
    rows = LogEntry.objects.order_by("pk")
    return [(entry.kind, entry.by.username if entry.by else "") for entry in rows]


def desk_moved(community: Community) -> int:
    return changes.head_of(f"desk:{community.pk}")


def test_claim_release_and_claim_again(case: Case, cast: dict[str, Member], client_of: ClientOf) -> None:
    moderator, steward, place = (
        client_of(cast["moderator"]),
        client_of(cast["steward"]),
        f"/moderation/cases/{case.pk}/",
    )
    assert moderator.post(f"{place}claim/")["Location"] == place
    moderator.post(f"{place}claim/")  # twice is once
    told = steward.post(f"{place}claim/", follow=True).content.decode()
    assert "Moderator was first, and has this in hand" in told
    steward.post(f"{place}claim/removal/")  # not theirs to put back
    case.refresh_from_db()
    assert case.claimed_by == cast["moderator"]
    moderator.post(f"{place}claim/removal/")
    steward.post(f"{place}claim/")
    case.refresh_from_db()
    assert case.claimed_by == cast["steward"]
    expected = [("case.claimed", "moderator"), ("case.released", "moderator"), ("case.claimed", "steward")]
    assert logged() == expected
    assert desk_moved(case.community) == 3
    assert changes.head_of("desk:0") == 0


def test_what_somebody_let_lie_is_taken(case: Case, cast: dict[str, Member]) -> None:
    Case.objects.filter(pk=case.pk).update(claimed_by=cast["moderator"], claimed_at=ago(hours=25))
    assert actions.claim_case(by=cast["steward"], case=case).claimed_by == cast["steward"]


def test_what_is_decided_is_not_claimed(case: Case, cast: dict[str, Member]) -> None:
    decision_on(case, cast["steward"])
    Case.objects.filter(pk=case.pk).update(closed_at=ago(hours=1))
    with pytest.raises(Conflict, match="Steward decided this first"):
        actions.claim_case(by=cast["moderator"], case=case)
    with pytest.raises(Refusal, match="for others"):
        actions.claim_case(by=cast["author"], case=case)
    assert logged() == []


def test_assigned_to_another_who_may_judge(case: Case, cast: dict[str, Member], client_of: ClientOf) -> None:
    browser, place = client_of(cast["moderator"]), f"/moderation/cases/{case.pk}/"
    for name in ("author", "neighbour", "nobody", ""):
        assert browser.post(f"{place}assignment/", {"to": name}).status_code == 422
    with pytest.raises(Refusal) as refused:
        actions.assign_case(by=cast["moderator"], case=case, to=cast["author"])
    assert refused.value.field == "to"
    assert browser.post(f"{place}assignment/", {"to": "steward"}).status_code == 302
    case.refresh_from_db()
    assert case.claimed_by == cast["steward"]
    told = browser.post(f"{place}assignment/", {"to": "moderator"}, follow=True).content.decode()
    assert "in hand" not in told or case.claimed_by == cast["steward"]
    assert logged() == [("case.assigned", "moderator")]
    assert LogEntry.objects.get().more == {"to": cast["steward"].pk}


def test_complaints_just_so(complaint: Complaint, cast: dict[str, Member], client_of: ClientOf) -> None:
    browser, place = client_of(cast["moderator"]), f"/moderation/complaints/{complaint.pk}/"
    page = browser.get(place).content.decode()
    assert "I meant no harm." in page
    browser.post(f"{place}claim/")
    with pytest.raises(Conflict, match="Moderator was first"):
        actions.claim_complaint(by=cast["steward"], complaint=complaint)
    browser.post(f"{place}assignment/", {"to": "steward"})
    complaint.refresh_from_db()
    assert complaint.claimed_by == cast["steward"]
    actions.release_complaint(by=cast["steward"], complaint=complaint)
    assert [kind for kind, _ in logged()] == ["complaint.claimed", "complaint.assigned", "complaint.released"]
    assert {entry.thread for entry in LogEntry.objects.all()} == {complaint.decision.thread}
    with pytest.raises(Refusal):
        actions.assign_complaint(by=cast["steward"], complaint=complaint, to=complaint.decision.by)
    with pytest.raises(Refusal):
        actions.claim_complaint(by=complaint.decision.by, complaint=complaint)
    assert client_of(complaint.decision.by).get(place).status_code == 404


def test_notes(case: Case, complaint: Complaint, cast: dict[str, Member], client_of: ClientOf) -> None:
    browser, place = client_of(cast["moderator"]), f"/moderation/cases/{case.pk}/"
    assert browser.post(f"{place}notes/", {"text": " \0 "}).status_code == 422
    too_long = browser.post(f"{place}notes/", {"text": "x" * 2001})
    assert too_long.status_code == 422
    assert "x" * 2001 in too_long.content.decode()
    for _ in range(2):
        browser.post(f"{place}notes/", {"text": "She rang me <yesterday>."})
    browser.post(f"/moderation/complaints/{complaint.pk}/notes/", {"text": "Look at the second post."})
    assert CaseNote.objects.count() == 2
    assert "She rang me &lt;yesterday&gt;." in client_of(cast["steward"]).get(place).content.decode()
    assert logged() == [("note.added", "moderator")] * 2
    with pytest.raises(Refusal):
        actions.add_note(by=cast["author"], text="Who was it?", case=case)
    with pytest.raises(Refusal):
        actions.add_note(by=cast["moderator"], text="About nothing.")


def test_hand_over(case: Case, complaint: Complaint, post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    """What the other may not decide stays; what lapsed or is decided is nobody's."""
    moderator = cast["moderator"]
    hands: dict[str, Any] = {"claimed_by": moderator, "claimed_at": ago(hours=1)}
    Complaint.objects.filter(pk=complaint.pk).update(**hands)
    Case.objects.filter(pk=case.pk).update(**hands)
    theirs = case_of(person("fourth"), cast["steward"], person=cast["neighbour"], community=case.community, **hands)
    lapsed = case_of(thread=post.thread, claimed_by=moderator, claimed_at=ago(hours=30))
    browser = client_of(moderator)
    for wrong in (
        {},
        {"to": "steward"},
        {"text": "x"},
        {"to": "author", "text": "x"},
        {"to": "moderator", "text": "x"},
    ):
        assert browser.post("/moderation/hand-over/", wrong).status_code == 422
    page = browser.post("/moderation/hand-over/", {"to": "steward", "text": "I am away."}, follow=True).content.decode()
    assert "Steward has 2 of yours now." in page
    assert "1 stays with you" in page
    holders = dict(Case.objects.values_list("pk", "claimed_by__username"))
    assert holders[case.pk] == "steward"
    assert holders[theirs.pk] == holders[lapsed.pk] == "moderator"
    assert [note.text for note in CaseNote.objects.all()] == ["I am away."] * 2
    assert sorted(kind for kind, _ in logged()) == ["case.assigned", "complaint.assigned", "note.added", "note.added"]
    with pytest.raises(Refusal):
        actions.hand_over(by=moderator, to=moderator, note="x")


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_one_has_it(case: Case, cast: dict[str, Member]) -> None:
    many = [person(f"judge-{n}") for n in range(10)]
    for member in many:
        Membership.objects.create(community=case.community, member=member, role="moderator")
    gate = threading.Barrier(10)

    def claim(member: Member) -> str:
        try:
            gate.wait()
            actions.claim_case(by=member, case=case)
        except Conflict as conflict:
            return str(conflict.message)
        finally:
            connection.close()
        return member.username

    with ThreadPoolExecutor(max_workers=10) as pool:
        told = list(pool.map(claim, many))
    case.refresh_from_db()
    assert case.claimed_by
    assert [words for words in told if words.startswith("judge-")] == [case.claimed_by.username]
    assert sum(words == f"{case.claimed_by} was first, and has this in hand." for words in told) == 9
    assert logged() == [("case.claimed", case.claimed_by.username)]


@pytest.mark.django_db(transaction=True)
def test_released_and_assigned_at_once(case: Case, cast: dict[str, Member]) -> None:
    """Whichever comes first: nobody has it, or the one it was given to; and the log says what happened."""
    moderator, steward = cast["moderator"], cast["steward"]
    actions.claim_case(by=moderator, case=case)
    gate = threading.Barrier(2)

    def do(deed: Callable[[], object]) -> None:
        try:
            gate.wait()
            deed()
        finally:
            connection.close()

    deeds = (
        lambda: actions.release_case(by=moderator, case=case),
        lambda: actions.assign_case(by=moderator, case=case, to=steward),
    )
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(do, deeds))
    case.refresh_from_db()
    assert (
        case.claimed_by == steward
    )  # released first: then it was free to give; given first: no longer theirs to release
    assert logged()[-1] == ("case.assigned", "moderator")
