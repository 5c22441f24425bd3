"""House rule: every kind of change a feature may record renders, for rows that are there and rows that have gone."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Member
from forum import changes
from forum.changes.documents import document
from forum.changes.registry import all_follows
from forum.models import Community, Membership, Thread
from tests.methods.cards import published
from tests.plans.plans import planned

EVERY = sorted((prefix, kind) for prefix, follow in all_follows().items() for kind in follow.kinds)
OPS = {"append", "prepend", "replace", "remove", "refresh"}


def check(op: dict[str, Any]) -> None:
    assert op["op"] in OPS
    assert op["target"].startswith("#")
    if op["op"] in {"append", "prepend"}:
        assert f'id="{op["id"]}"' in op["html"]
    if op["op"] == "replace":
        assert f'id="{op["target"][1:]}"' in op["html"], "otherwise it could not be replaced a second time"
    assert "csrf" not in op.get("html", "")
    assert "style=" not in op.get("html", "")
    for other in (*op.get("also", []), *op.get("otherwise", [])):
        check(other)


def test_there_are_kinds() -> None:
    assert {prefix for prefix, _ in EVERY} >= {"thread", "community", "inside", "house", "member", "method", "plan"}


@pytest.mark.parametrize(("prefix", "kind"), EVERY)
def test_every_kind_renders(
    prefix: str, kind: str, open_house: Community, author: Member, thread_in: Callable[..., Thread]
) -> None:
    thread = thread_in(open_house, posts=2)
    post = thread.posts.get(number=2)
    method = published(author, open_house)
    plan = planned(author, community=open_house)
    idents = {"thread": thread.pk, "member": author.pk, "method": method.pk, "plan": plan.pk}
    stream = f"{prefix}:{idents.get(prefix, open_house.pk)}"
    since = changes.head_of(stream)
    Membership.objects.filter(member=author).update(role="moderator")  # the desk is followed by those who have it
    for gone in (0, 10**9):
        about = {"post": post.pk + gone, "thread": thread.pk + gone, "community": open_house.pk, "member": author.pk}
        about |= {"method": method.pk + gone, "plan": plan.pk + gone}
        with changes.writing():
            changes.record(stream, kind, **about)
    answer = document(author, stream, since, "pl")
    assert answer is not None
    assert [change["kind"] for change in answer["changes"]] == [kind, kind]
    for change in answer["changes"]:
        check(change)
