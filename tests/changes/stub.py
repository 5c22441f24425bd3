"""A feature of the tests' own: streams `box:1` (closed to all but `readers`), `box:2` (open); no `box:3` exists."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import get_language

from forum import changes
from forum.changes import registry
from forum.changes.models import Change


class Boxes:
    def __init__(self) -> None:
        self.readers: set[int] = set()
        self.open: set[int] = {2}
        self.rendered: list[tuple[str, int]] = []
        self.asked: list[set[int]] = []

    def may_follow(self, viewer: Any, pk: int) -> bool:
        return pk in self.open or (pk == 1 and viewer.pk in self.readers)

    def readers_of(self, pk: int, members: Iterable[int]) -> set[int]:
        self.asked.append(set(members))
        return self.readers & set(members)

    def render(self, pk: int, happened: list[Change]) -> list[changes.Op]:
        self.rendered.append((get_language() or "", len(happened)))
        return [self.op(change) for change in happened]

    def op(self, change: Change) -> changes.Op:
        name = f"item-{change.about['item']}"
        return {
            "op": "append", "target": "#items", "id": name, "html": f'<p id="{name}" lang="{get_language()}">ś</p>'
        }  # fmt: skip


@contextmanager
def boxes() -> Iterator[Boxes]:
    stub = Boxes()
    follow = changes.Follow(
        may_follow=stub.may_follow,
        is_open=stub.open.__contains__,
        readers=stub.readers_of,
        render=stub.render,
        kinds=frozenset({"item.put"}),
    )
    changes.register("box", follow)
    try:
        yield stub
    finally:
        del registry._follows["box"]


def put(stream: str, item: int) -> None:
    with changes.writing():
        changes.record(stream, "item.put", item=item)
