"""Plans for the tests."""

from dataclasses import replace
from typing import Any

from accounts.models import Member
from forum.methods import actions as methods
from forum.methods.card import Material
from forum.models import Community, Method, Plan
from forum.plans import actions
from forum.plans.actions import block_of
from forum.plans.outline import Block, Outline
from tests.methods.cards import published

MATERIALS = (
    Material(name="paper", quantity="2", unit="sheets", per="person"),
    Material(name="scissors", quantity="4", per="total", tool=True),
)


def planned(owner: Member, *blocks: Block, community: Community | None = None, **more: Any) -> Plan:
    """A session called "A day in the yard", shown as far as its community reads."""
    stated = {"title": "A day in the yard", "language": "en", "zone": "Europe/Warsaw", "blocks": blocks, **more}
    readers = ("anyone" if community.is_open else "members") if community else "planners"
    return actions.make_plan(
        owner=owner, outline=Outline(**stated), readers=readers, community=community, licence="CC-BY-SA-4.0"
    )


def soup_block(owner: Member, community: Community, **more: Any) -> Block:
    method = published(owner, community, materials=MATERIALS, **more)
    return block_of(method.versions.get())


def published_again(block: Block, author: Member) -> Method:
    """The method of this block in another version."""
    method = Method.objects.get(pk=block.method)
    card = replace(method.versions.get(number=method.version).card, risks="Hot.")
    methods.revise_method(editor=author, method=method, card=card, body=None, based_on=method.version, note="Risks")
    return method
