"""The parts of a plan as rows of its form: `block-0-title`, `-kind`, `-minutes`, `-track`, `-who`, `-text`, `-note`.

`block-0-ref` says which method in which version a row is: `12@3`; of a method its planner may not read, a sign that
says nothing. `block-0-place` says where a row stands, for those who move it without a script. The address of a method
instead of a title is that method.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from forum.methods.models import Method, MethodVersion
from forum.plans.actions import block_of
from forum.plans.check import UNREADABLE, block_problems
from forum.plans.outline import Block, Outline
from forum.web.fields import LineField, WordsField

EMPTY_ROWS = 3
PARTS = ("ref", "title", "kind", "minutes", "track", "who", "text", "note")
IN_PARAGRAPHS = {"text", "note"}
BREAK = "break"
NOTHING = Block()
_NAME = re.compile(r"block-(\d{1,4})-\w+\Z")
_ADDRESS = re.compile(r"(?:^|\s|//[^\s/]+)/methods/(\d{1,18})(?:/|\s|\Z)")
_REF = re.compile(r"(\d{1,18})@(\d{1,9})\Z")


@dataclass(frozen=True)
class Row:
    """One row as it is shown: what was typed, what it is, and whether something in it is wrong.

    `version` is the method's, when the planner may read it; `choices` the versions one may plan with, when there are
    two. `lost`: the method it names is not there, or not for this planner.
    """

    block: Block = NOTHING
    ref: str = ""
    title: str = ""
    kind: str = ""
    minutes: str = ""
    track: str = ""
    who: str = ""
    text: str = ""
    note: str = ""
    wrong: bool = False
    version: MethodVersion | None = None
    choices: list[tuple[str, str]] = field(default_factory=list)
    folded: bool = False
    lost: bool = False


class Shelf:
    """The methods a form may name: those its planner may read, and what stood in the plan already."""

    def __init__(self, viewer: Any, bases: Iterable[Outline], typed: Iterable[dict[str, str]] = ()) -> None:
        stood = [block for outline in bases for block in outline.blocks if block.version is not None]
        wanted = [named for row in typed if (named := _named(row))]
        visible = Method.objects.visible_to(viewer)
        rows = MethodVersion.objects.filter(method__in=visible).select_related("method")
        methods = {int(method) for method, _number in wanted} | {block.method for block in stood}
        numbers = {number for _method, number in wanted if number}
        rows = rows.filter(method__in=methods)
        rows = rows.filter(
            Q(pk__in={block.version for block in stood}) | Q(number=F("method__version")) | Q(number__in=numbers)
        )
        found = list(rows)
        self.by_pk = {version.pk: version for version in found}
        self.by_number = {(version.method_id, version.number): version for version in found}
        self.kept: dict[str, Block] = {}  # by their signs, as they stand now
        for outline in bases:
            for sign, block in signed(outline):
                if block.version not in self.by_pk:
                    self.kept.setdefault(sign, block)

    def find(self, row: dict[str, str]) -> tuple[int | None, bool]:
        """(the version a typed row names, whether it names one that is not there for this planner)."""
        if row["ref"] in self.kept:
            return self.kept[row["ref"]].version, False
        if row["ref"].startswith("~"):
            return None, True
        named = _named(row)
        if named is None:
            return None, False
        method, number = named
        for version in self.by_pk.values():
            if version.method_id == method and version.number == (number or version.method.version):
                return version.pk, False
        return None, True

    def present(self, version: MethodVersion) -> MethodVersion | None:
        return self.by_number.get((version.method_id, version.method.version))


def signed(outline: Outline) -> Iterable[tuple[str, Block]]:
    """The methods of a plan, each with what stands for it where its number would say too much. One that is there
    twice has two signs: its words are not the other's."""
    times: Counter[int] = Counter()
    for block in outline.blocks:
        if block.version is not None:
            said = f"{block.version}" + (f".{times[block.version]}" if times[block.version] else "")
            yield "~" + salted_hmac("forum.plans.block", said).hexdigest()[:16], block
            times[block.version] += 1


def _named(row: dict[str, str]) -> tuple[int, int | None] | None:
    """(method, version or None for the present one) that a typed row names."""
    if found := _REF.match(row["ref"]):
        return int(found[1]), int(found[2])
    found = _ADDRESS.search(row["title"])
    return (int(found[1]), None) if found else None


def typed_in(data: Any) -> list[dict[str, str]]:
    """The rows that say something, in the order of their places."""
    indexes = sorted({int(found[1]) for name in data if (found := _NAME.match(name))})
    rows = []
    for index in indexes:
        row = {part: _words(part, data.get(f"block-{index}-{part}", "")) for part in PARTS}
        if any(row[part] for part in PARTS if part != "track"):
            place = _whole(data.get(f"block-{index}-place", ""))
            rows.append((index + 1 if place is None else place, index, row))
    return [row for _place, _index, row in sorted(rows, key=lambda each: each[:2])]


def rows_in(typed: list[dict[str, str]], shelf: Shelf) -> list[Row]:
    return [_row(row, shelf) for row in typed]


def rows_of(outline: Outline, shelf: Shelf) -> list[Row]:
    """The rows of a plan as it stands; nothing in them is looked at yet."""
    signs = (sign for sign, _block in signed(outline))
    return [_shown(block, shelf, next(signs) if block.is_method else "") for block in outline.blocks]


def _shown(block: Block, shelf: Shelf, sign: str) -> Row:
    said: dict[str, Any] = {
        "title": block.title,
        "kind": BREAK if block.is_break else "",
        "minutes": "" if block.minutes is None else str(block.minutes),
        "track": block.track,
        "who": block.who,
        "text": block.text,
        "note": block.note,
    }
    row = Row(block, ref=sign, **said)
    return _with_method(row, block.version, shelf) if block.version is not None else row


def _row(typed: dict[str, str], shelf: Shelf) -> Row:
    version, lost = shelf.find(typed)
    minutes = _whole(typed["minutes"])
    block = Block(
        title="" if version else typed["title"],
        is_break=typed["kind"] == BREAK and version is None,
        minutes=minutes,
        track=typed["track"],
        who=typed["who"],
        text=typed["text"],
        note=typed["note"],
    )
    if version is not None:
        block = _of_method(block, version, typed["ref"], shelf)
    said: dict[str, Any] = {**typed}
    row = Row(block, **said, lost=lost, wrong=lost or bool(block_problems(block)))
    if lost and not row.title:
        row = replace(row, ref="", title=_("a method that is not there any more"))
    return _with_method(row, version, shelf) if version is not None else row


def _of_method(block: Block, pk: int, ref: str, shelf: Shelf) -> Block:
    if (version := shelf.by_pk.get(pk)) is None:  # what its planner may not read stays as it stood
        return replace(shelf.kept[ref], minutes=block.minutes, track=block.track)
    minutes = block_of(version).minutes if block.minutes is None else block.minutes
    return replace(block, version=pk, method=version.method_id, minutes=minutes)


def _with_method(row: Row, pk: int, shelf: Shelf) -> Row:
    version = shelf.by_pk.get(pk)
    if version is None:
        return replace(row, folded=True, title="")
    here, choices = _ref(version), []
    present = shelf.present(version)
    if present and present.pk != version.pk:
        choices = [
            (here, _("version %(number)s, as planned") % {"number": version.number}),
            (_ref(present), _("version %(number)s, the present one") % {"number": present.number}),
        ]
    return replace(row, ref=here, title="", version=version, choices=choices)


def _ref(version: MethodVersion) -> str:
    return f"{version.method_id}@{version.number}"


def _words(part: str, value: str) -> str:
    cleaned = WordsField(required=False) if part in IN_PARAGRAPHS else LineField(required=False)
    return str(cleaned.to_python(value))


def _whole(value: str) -> int | None:
    value = value.strip()
    if not value:
        return None
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else UNREADABLE


def row_of(version: MethodVersion) -> Row:
    """A method that comes into a new plan."""
    block = block_of(version)
    minutes = "" if block.minutes is None else str(block.minutes)
    return Row(block, ref=_ref(version), minutes=minutes, version=version)
