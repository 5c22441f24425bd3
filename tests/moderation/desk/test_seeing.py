"""Who sees what of the desk: judges and nobody else, asked of all rows at once as of one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.models import Case, Community, Membership, Post, Thread
from forum.moderation import who
from forum.moderation.decisions.rules import answerers
from forum.moderation.desk import rules, sources
from forum.moderation.desk.filters import Filters
from forum.threads import actions as threads
from tests.cast import person
from tests.moderation.desk.rows import ago, asking, case_of, complaint_about, decision_on

ClientOf = Callable[[Member], Client]


@pytest.fixture
def admin(db: None) -> Member:
    return person("admin", is_staff=True)


@pytest.fixture
def post(thread_in: Callable[..., Thread], open_house: Community) -> Post:
    return thread_in(open_house).posts.get()


def letter(by: Member, community: Community, words: str = "A word.") -> Post:
    body = text.clean(words, "markdown")
    thread = threads.start_thread(author=by, community=community, title="Soup", body=body, language="en")
    return thread.posts.get()


@pytest.fixture
def many(post: Post, cast: dict[str, Member], closed_house: Community, outsider: Member, admin: Member) -> list[Case]:
    """About everybody, at every level, reported by this one and that."""
    house = post.thread.community
    Membership.objects.create(community=house, member=outsider, role="moderator")
    named = letter(cast["author"], house, "By @moderator and @steward.")
    return [
        case_of(cast["neighbour"], None, post=post),
        case_of(post=named),
        case_of(cast["moderator"], post=letter(cast["author"], house)),
        case_of(post=letter(cast["moderator"], house), level=2),
        case_of(post=letter(cast["steward"], house), level=3),
        case_of(cast["moderator"], thread=letter(cast["author"], closed_house).thread),
        case_of(person=cast["neighbour"]),
        case_of(admin, person=cast["steward"]),
        case_of(thread=letter(outsider, house).thread, closed_at=ago(hours=1)),
    ]


def test_all_at_once_means_what_is_said_of_one(many: list[Case], cast: dict[str, Member], outsider: Member) -> None:
    seen = {}
    for member in Member.objects.all():
        found = set(rules.cases_for(member).values_list("pk", flat=True))
        assert found == {case.pk for case in many if who.may_judge(member, case)}, member
        seen[member.username] = len(found)
    assert seen == {"author": 0, "neighbour": 0, "moderator": 2, "steward": 5, "outsider": 3, "admin": 2}


def test_who_has_a_desk(post: Post, cast: dict[str, Member], admin: Member, outsider: Member, client_of: Any) -> None:
    case = case_of(post=post)
    for member in (cast["author"], cast["neighbour"], outsider):
        for address in ("/moderation/", f"/moderation/cases/{case.pk}/", "/moderation/replies/"):
            assert client_of(member).get(address).status_code == 404
        assert "/moderation/" not in client_of(member).get("/").content.decode()
    for member in (cast["moderator"], cast["steward"], admin):
        assert client_of(member).get("/moderation/").status_code == 200
        assert 'href="/moderation/"' in client_of(member).get("/").content.decode()
    assert Client().get("/moderation/")["Location"].startswith("/accounts/login/")
    assert client_of(admin).get(f"/moderation/cases/{case.pk}/").status_code == 404  # not climbed so far


def test_a_party_learns_nothing(post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    own = case_of(cast["neighbour"], post=letter(cast["moderator"], post.thread.community, "Out with you."), level=2)
    page = client_of(cast["moderator"]).get("/moderation/").content.decode()
    assert "Nothing needs a human" in page
    assert f"cases/{own.pk}" not in page
    for way in ("", "claim/", "notes/", "assignment/"):
        address = f"/moderation/cases/{own.pk}/{way}"
        answer = client_of(cast["moderator"]).post(address) if way else client_of(cast["moderator"]).get(address)
        assert answer.status_code == 404
    there = client_of(cast["steward"]).get(f"/moderation/cases/{own.pk}/").content.decode()
    assert "Out with you." in there
    assert "Neighbour" in there  # who reported it: judges see that


def test_complaints_go_to_another(post: Post, cast: dict[str, Member], admin: Member) -> None:
    case = case_of(post=post, closed_at=ago(hours=1))
    complaint = complaint_about(decision_on(case, cast["moderator"]))

    def may(member: Member) -> bool:
        found = rules.complaints_for(member).filter(pk=complaint.pk).exists()
        assert found == answerers(complaint).filter(pk=member.pk).exists()
        return found

    assert [name for name, member in cast.items() if may(member)] == ["steward"]
    assert not may(admin)
    Case.objects.filter(pk=case.pk).update(level=3)
    complaint.refresh_from_db()
    assert may(admin)
    assert not may(cast["steward"])
    Case.objects.filter(pk=case.pk).update(level=1)
    complaint.refresh_from_db()
    Membership.objects.filter(member=cast["steward"]).update(role="member")
    assert may(admin), "nobody else is left"
    assert not may(cast["steward"])


def test_a_decision_of_ones_own_accord(post: Post, cast: dict[str, Member], admin: Member) -> None:
    """Without a case, and by nobody: the house itself."""
    decision = decision_on(case_of(post=post, closed_at=ago(hours=1)), None)
    type(decision).objects.filter(pk=decision.pk).update(case=None)
    complaint = complaint_about(decision)
    judged = [name for name, each in cast.items() if rules.complaints_for(each).filter(pk=complaint.pk).exists()]
    assert judged == ["steward", "moderator"]
    assert not rules.complaints_for(admin).exists()


def test_the_most_urgent_first(post: Post, cast: dict[str, Member], open_house: Community) -> None:
    late = case_of(post=letter(cast["author"], open_house), opened_at=ago(days=3))
    danger = case_of(post=post, urgency=3)
    asked = asking(open_house, "asker")
    follow = case_of(post=letter(cast["author"], open_house), opened_at=ago(days=2), follow_up_at=ago(hours=1))
    decision_on(follow, cast["moderator"], act="reword")
    later = case_of(post=letter(cast["author"], open_house), opened_at=ago(days=9), follow_up_at=ago(hours=-5))
    later.reports.update(at=ago(days=9))
    decision_on(later, cast["moderator"], act="reword")
    keys = [item.key for item in sources.waiting(cast["steward"], Filters())]
    assert keys == [f"case-{danger.pk}", f"case-{late.pk}", f"case-{follow.pk}", f"request-{asked.pk}"]
    assert sources.how_many(cast["steward"]) == 4
    assert sources.how_many(cast["moderator"]) == 3  # who comes in, stewards decide


def test_filters(post: Post, cast: dict[str, Member], open_house: Community, client_of: ClientOf) -> None:
    steward, moderator = cast["steward"], cast["moderator"]
    case = case_of(post=post, ground="advertising", opened_at=ago(days=2))
    held = case_of(
        post=letter(cast["author"], open_house), ground="hate", claimed_by=moderator, claimed_at=ago(hours=2)
    )
    asked = asking(open_house, "asker")
    complaint = complaint_about(decision_on(case_of(thread=post.thread, closed_at=ago(days=1)), moderator))
    addresses = {
        "case": f"cases/{case.pk}",
        "held": f"cases/{held.pk}",
        "request": f"requests/{asked.pk}",
        "complaint": f"complaints/{complaint.pk}",
    }
    for query, expected in {
        "kind=report": {"case", "held"},
        "ground=hate": {"held"},
        "whose=others": {"held"},
        "whose=free": {"case", "request", "complaint"},
        "whose=mine": set(),
        "age=1": {"case"},
        "kind=request": {"request"},
        "kind=complaint": {"complaint"},
        "kind=follow-up": set(),
        "community=no-such": set(),
        f"community={open_house.slug}": set(addresses),
        "ground=nonsense&age=%00": set(addresses),
    }.items():
        page = client_of(steward).get(f"/moderation/?{query}").content.decode()
        found = {name for name, place in addresses.items() if f"/moderation/{place}/" in page}
        assert found == expected, query
        assert "3 need a human" in page  # whatever is shown


def test_what_lies_is_free_again(post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    case = case_of(post=post, claimed_by=cast["moderator"], claimed_at=ago(hours=23))
    assert sources.how_many(cast["steward"]) == 0
    assert "in the hands of Moderator" in client_of(cast["steward"]).get("/moderation/").content.decode()
    Case.objects.filter(pk=case.pk).update(claimed_at=ago(hours=25))
    assert sources.how_many(cast["steward"]) == 1
    assert "in the hands of" not in client_of(cast["steward"]).get("/moderation/").content.decode()


def test_left_to_its_author_for_now(post: Post, cast: dict[str, Member]) -> None:
    """Asked to reword it waits a day, or until somebody reports it again; folded by the house it waits for a person."""
    moderator = cast["moderator"]
    case = case_of(post=post, follow_up_at=ago(hours=-20), opened_at=ago(hours=4))
    assert sources.how_many(moderator) == 1
    folded = decision_on(case, None, act="fold", is_by_machine=True)
    (item,) = sources.waiting(moderator, Filters())
    assert "the house has folded it" in item.why
    type(folded).objects.filter(pk=folded.pk).update(act="reword", is_by_machine=False, at=timezone.now())
    assert sources.waiting(moderator, Filters()) == []
    case.reports.update(at=timezone.now())
    assert [each.key for each in sources.waiting(moderator, Filters())] == [item.key]
    case.reports.update(at=ago(hours=5))
    Case.objects.filter(pk=case.pk).update(follow_up_at=ago(minutes=1))
    assert [str(each.what) for each in sources.waiting(moderator, Filters(kind="follow-up"))] == ["to look at again"]
    assert sources.waiting(moderator, Filters(kind="report")) == []
