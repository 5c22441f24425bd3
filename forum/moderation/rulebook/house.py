"""The rules a community has before it wrote its own, so that a clause can always be cited."""

import tomllib
from functools import cache
from pathlib import Path

from forum.moderation.rulebook.written import Written

_FILE = Path(__file__).with_name("house.toml")


@cache
def house_clauses() -> tuple[Written, ...]:
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))["clause"]
    return tuple(Written(titles=each["titles"], texts=each["texts"]) for each in said)
