"""The desk's streams: who may follow, that they say nothing, and that every deed moves them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member
from forum import changes
from forum.changes.registry import all_follows
from forum.models import Change, Community, Membership, Post, Thread
from forum.moderation.desk import actions
from forum.moderation.reports.telling import tell_desk
from tests.cast import person
from tests.moderation.desk.rows import case_of

ClientOf = Callable[[Member], Client]


@pytest.fixture
def post(thread_in: Callable[..., Thread], open_house: Community) -> Post:
    return thread_in(open_house).posts.get()


def test_who_may_follow(post: Post, cast: dict[str, Member], closed_house: Community, outsider: Member) -> None:
    admin, follow = person("admin", is_staff=True), all_follows()["desk"]
    house = post.thread.community
    Membership.objects.filter(community=house, member=cast["moderator"]).update(role="member")
    everybody = [*cast.values(), outsider, admin]
    ids = [member.pk for member in everybody]
    for pk, named in (
        (house.pk, {"steward"}),
        (closed_house.pk, {"steward", "moderator"}),
        (0, {"admin"}),
        (9**9, set()),
    ):
        assert {each.username for each in everybody if follow.may_follow(each, pk)} == named
        assert follow.readers(pk, ids) == {each.pk for each in everybody if each.username in named}
        assert not follow.is_open(pk)
    Member.objects.update(is_active=False)
    assert follow.readers(0, ids) == follow.readers(house.pk, ids) == set()


def test_a_change_says_nothing(post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    """Among those who follow may be whom it is about."""
    case = case_of(cast["neighbour"], post=post)
    actions.claim_case(by=cast["steward"], case=case)
    actions.add_note(by=cast["steward"], case=case, text="Secret words.")
    stream = f"desk:{case.community_id}"
    answer = client_of(cast["moderator"]).get(f"/changes/?stream={stream}&since=0").json()
    ops: list[Any] = answer["changes"]
    assert [change["kind"] for change in ops] == ["desk.changed"] * 2
    targets = {each["target"] for change in ops for each in (change, *change["also"])}
    assert {"#desk-list", "#desk-head", "#desk-count", "#desk-hands", "#desk-answer"} <= targets
    assert {each["op"] for change in ops for each in (change, *change["also"])} == {"refresh"}
    assert list(Change.objects.filter(stream=stream).values_list("about", flat=True)) == [{}, {}]
    assert client_of(cast["author"]).get(f"/changes/?stream={stream}&since=0").status_code == 404


def test_what_climbs_is_told_to_administrators(post: Post, cast: dict[str, Member]) -> None:
    heads = []
    for case in (case_of(post=post), case_of(thread=post.thread, level=3), case_of(person=cast["author"])):
        with changes.writing():
            tell_desk(case)
        heads.append((changes.head_of(f"desk:{post.thread.community_id}"), changes.head_of("desk:0")))
    assert heads == [(1, 0), (2, 1), (2, 2)]


def test_the_page_follows_its_desks(post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    case = case_of(post=post)
    actions.claim_case(by=cast["steward"], case=case)
    for address in ("/moderation/", f"/moderation/cases/{case.pk}/"):
        page = client_of(cast["moderator"]).get(address).content.decode()
        assert f'data-follow="desk:{case.community_id}" data-since="1"' in page
        assert "desk:0" not in page
    page = client_of(person("admin", is_staff=True)).get("/moderation/").content.decode()
    assert 'data-follow="desk:0" data-since="0"' in page
