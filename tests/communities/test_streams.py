"""What open pages hear of communities and memberships, and who may listen."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forum.changes import registry
from forum.changes.models import Change
from forum.communities import actions


def follow(prefix):
    return registry.all_follows()[prefix]


def test_a_community_is_followed_by_its_readers(author, outsider, open_house, closed_house):
    rule = follow("community")
    assert rule.is_open(open_house.pk)
    assert not rule.is_open(closed_house.pk)
    assert not rule.is_open(0)
    for who, may in ((AnonymousUser(), False), (outsider, False), (author, True)):
        assert rule.may_follow(who, open_house.pk)
        assert rule.may_follow(who, closed_house.pk) is may
        assert not rule.may_follow(who, 987654)


def test_readers_in_one_query(author, neighbour, outsider, open_house, closed_house, django_assert_num_queries):
    everyone = [author.pk, neighbour.pk, outsider.pk]
    neighbour.is_active = False
    neighbour.save()
    rule = follow("community")
    with django_assert_num_queries(1):
        assert rule.readers(closed_house.pk, everyone) == {author.pk}
    assert rule.readers(open_house.pk, everyone) == {author.pk, outsider.pk}
    assert rule.readers(987654, everyone) == set()


def test_leaving_ends_listening(author, closed_house):
    actions.leave(member=author, community=closed_house)
    assert follow("community").readers(closed_house.pk, [author.pk]) == set()
    assert not follow("community").may_follow(author, closed_house.pk)


def test_a_member_stream_is_ones_own(author, neighbour):
    rule = follow("member")
    assert rule.may_follow(author, author.pk)
    assert not rule.may_follow(neighbour, author.pk)
    assert not rule.may_follow(AnonymousUser(), author.pk)
    assert not rule.is_open(author.pk)
    assert rule.readers(author.pk, [author.pk, neighbour.pk]) == {author.pk}
    author.is_active = False
    author.save()
    assert rule.readers(author.pk, [author.pk]) == set()
    assert not rule.may_follow(author, author.pk)


@pytest.mark.parametrize(("prefix", "queries"), [("community", 0), ("member", 2)])  # a member's: the bell, once
def test_every_kind_renders(prefix, queries, open_house, django_assert_max_num_queries):
    rule = follow(prefix)
    some = [Change(stream_id=f"{prefix}:1", n=n, kind=kind) for n, kind in enumerate(sorted(rule.kinds), start=1)]
    with django_assert_max_num_queries(queries):
        ops = rule.render(1, some)
    assert len(ops) == len(rule.kinds)
    assert all(op["op"] == "refresh" or op["target"] == "#bell-count" for op in ops)
    assert all(op["target"].startswith("#") for op in ops)


def test_every_recorded_kind_is_registered(author, outsider, steward, listed_house):
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    actions.approve_request(by=steward, request=request)
    actions.add_section(by=steward, community=listed_house, names={"en": "New"})
    actions.leave(member=outsider, community=listed_house)
    for change in Change.objects.all():
        assert change.kind in follow(change.stream_id.split(":")[0]).kinds
        assert all(isinstance(value, int) for value in change.about.values())  # ids, never text
