"""Parts of a plan whose methods a fellow planner may not read: they stay as they stood, and tell nothing."""

import re
from dataclasses import replace

import pytest

from forum.models import Membership, PlanEditor
from forum.plans import actions
from forum.plans.outline import Block
from forum.web.errors import Refusal
from tests.plans.plans import planned, soup_block
from tests.plans.test_pages import FILLED

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(author, neighbour, invited_house):
    """Twice the same method, with words of their own, planned along by somebody who may not read it."""
    Membership.objects.filter(member=neighbour, community=invited_house).delete()
    block = soup_block(author, invited_house)
    parts = (replace(block, text="The first pot.", note="Salt."), replace(block, text="The second.", who="Ala"))
    plan = planned(author, *parts)
    PlanEditor.objects.create(plan=plan, member=neighbour, by=author)
    return plan


def test_each_keeps_its_own_words(client_of, neighbour, plan):
    was, client, address = plan.revisions.get().outline.blocks, client_of(neighbour), f"/plans/{plan.pk}/edit/"
    page = client.get(address).content.decode()
    refs = re.findall(r'name="block-\d-ref" value="(~[^"]+)"', page)
    sent = {key: value for key, value in FILLED.items() if not key.startswith("block-")} | {"based_on": "1"}
    for index, (ref, minutes) in enumerate(zip(reversed(refs), ("40", "50"), strict=True)):  # turned round
        sent |= {f"block-{index}-ref": ref, f"block-{index}-minutes": minutes}
    assert client.post(address, sent).status_code == 302
    now = plan.revisions.get(number=2).outline.blocks
    assert now == (replace(was[1], minutes=40), replace(was[0], minutes=50))


def test_which_method_it_is_cannot_be_tried_out(client_of, neighbour, plan):
    method = plan.revisions.get().outline.blocks[0].method
    sent = FILLED | {"based_on": "1", "rows": "more", "block-0-title": ""}
    answers = [
        client_of(neighbour).post(f"/plans/{plan.pk}/edit/", sent | {"block-0-ref": ref, "title": ""}).content.decode()
        for ref in (f"{method}@1", f"{method + 1}@1")
    ]
    told = ["a method that is not there any more" in answer for answer in answers]
    assert told == [True, True]


def test_a_copy_of_words_for_members_is_planned_with_members(author, neighbour, outsider, open_house, closed_house):
    Membership.objects.create(member=outsider, community=open_house)
    plan = planned(author, Block(title="Whom we call", text="Zosia, third floor.", minutes=5), community=closed_house)
    copy = actions.copy_plan(by=neighbour, plan=plan)
    with pytest.raises(Refusal):
        actions.name_planner(by=neighbour, plan=copy, member=outsider)
    actions.name_planner(by=neighbour, plan=copy, member=author)
    assert [each.member for each in PlanEditor.objects.filter(plan=copy)] == [author]


def test_a_copy_of_members_words_goes_dark_for_planners_who_left(client_of, author, steward, neighbour, closed_house):
    copy = actions.copy_plan(
        by=author, plan=planned(steward, soup_block(steward, closed_house), community=closed_house)
    )
    actions.name_planner(by=author, plan=copy, member=neighbour)
    client, address = client_of(neighbour), copy.get_absolute_url()
    assert client.get(address).status_code == 200
    Membership.objects.filter(member=neighbour, community=closed_house).delete()
    assert neighbour.is_active
    assert client.get(address).status_code == 404
    assert client.get(f"/plans/{copy.pk}/edit/").status_code == 404
    assert client_of(author).get(address).status_code == 200
