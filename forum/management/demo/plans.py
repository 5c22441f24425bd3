"""The demo's plans: read from plans.toml, made by the same actions that people's clicks call."""

import tomllib
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from accounts.models import Member
from forum.communities.models import Community
from forum.management.demo.content import HERE, moment
from forum.methods.models import Method, MethodVersion
from forum.plans import actions
from forum.plans.models import Plan, Readers
from forum.plans.outline import Block, Outline

SATURDAY = 5
SAID = ("title", "kind", "language", "minutes", "people", "venue", "note")


def written() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / "plans.toml").read_text(encoding="utf-8"))["plan"]
    return found


def make_plans(
    people: dict[str, Member], houses: dict[str, Community], shelf: dict[str, Method], now: datetime
) -> list[Plan]:
    return [_plan(said, people, houses[said["community"]], shelf, now) for said in written()]


def _plan(
    said: dict[str, Any], people: dict[str, Member], community: Community, shelf: dict[str, Method], now: datetime
) -> Plan:
    owner = people[said["by"]]
    plan = actions.make_plan(
        owner=owner,
        outline=outline_of(said, shelf, now),
        readers=Readers.ANYONE if community.is_open else Readers.MEMBERS,
        community=community,
        licence="CC-BY-SA-4.0",
        at=moment(said["ago"], now),
    )
    for key in said.get("along", []):
        actions.name_planner(by=owner, plan=plan, member=people[key])
    return plan


def outline_of(said: dict[str, Any], shelf: dict[str, Method], now: datetime) -> Outline:
    stated = {name: said[name] for name in SAID if name in said}
    if "in_days" in said:
        stated["day"] = _saturday(now.date() + timedelta(days=said["in_days"]))
    if "starts" in said:
        stated["starts"] = time.fromisoformat(said["starts"])
    return Outline(**stated, zone=settings.TIME_ZONE, blocks=tuple(_block(part, shelf) for part in said["part"]))


def _saturday(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


def _block(part: dict[str, Any], shelf: dict[str, Method]) -> Block:
    said = {name: value for name, value in part.items() if name not in {"method", "break"}}
    if "method" not in part:
        return Block(is_break=part.get("break", False), **said)
    method = Method.objects.get(pk=shelf[part["method"]].pk)
    block = actions.block_of(MethodVersion.objects.get(method=method, number=method.version))
    return Block(**{"version": block.version, "method": block.method, "minutes": block.minutes, **said})
