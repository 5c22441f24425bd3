"""The pages of a plan: begun, changed, shown, printed, copied, removed."""

import re
from dataclasses import replace
from datetime import date

import pytest

from forum.models import Draft, Membership, Plan, PlanEditor, PlanRemoval
from forum.plans import actions
from forum.plans.outline import Block
from tests.methods.cards import published
from tests.plans.plans import planned, published_again, soup_block

pytestmark = pytest.mark.django_db

FILLED = {
    "title": "A day in the yard",
    "kind": "session",
    "language": "en",
    "day": "2030-06-21",
    "starts": "10:00",
    "minutes": "180",
    "people": "20",
    "shown": "planners",
    "licence": "CC-BY-SA-4.0",
    "block-0-title": "Welcome",
    "block-0-minutes": "15",
    "block-0-who": "Ala",
    "block-0-note": "Ask about the key.",
    "block-1-kind": "break",
    "block-1-minutes": "10",
}


def begin(client, **more):
    return client.post("/plans/new/", FILLED | more, follow=True)


def test_a_plan_is_begun(client_of, author, outsider, visitor):
    page = begin(client_of(author))
    assert page.status_code == 200
    plan = Plan.objects.get()
    assert page.redirect_chain[-1][0] == plan.get_absolute_url()
    seen = page.content.decode()
    assert "Welcome" in seen
    assert "Ask about the key." in seen
    assert "10:15" in seen
    for other in (client_of(outsider), visitor):
        assert other.get(plan.get_absolute_url()).status_code == 404


def test_who_sees_it(client_of, author, neighbour, outsider, visitor, open_house, closed_house):
    clients = {"neighbour": client_of(neighbour), "outsider": client_of(outsider), "visitor": visitor}

    def sees(plan):
        return {name for name, client in clients.items() if client.get(plan.get_absolute_url()).status_code == 200}

    plans = {house: planned(author, title=f"For {house}", community=house) for house in (open_house, closed_house)}
    assert sees(planned(author, title="For me")) == set()
    assert sees(plans[open_house]) == {*clients}
    assert sees(plans[closed_house]) == {"neighbour"}
    for name, shown in (("visitor", False), ("outsider", False), ("neighbour", True)):
        listed = clients[name].get("/plans/").content.decode()
        assert "For Open house" in listed
        assert ("For Closed house" in listed) == shown
        assert "For me" not in listed


def test_a_method_one_may_not_read_is_folded_everywhere(client_of, author, visitor, open_house, closed_house):
    secret = soup_block(author, closed_house, title="Soup behind the curtain")
    block = replace(secret, minutes=45, text="Behind the curtain we cook.", who="Zosia", note="The key is with Ala.")
    plan = planned(author, Block(title="Welcome", minutes=15), block, community=open_house, day=date(2030, 6, 21))
    for tail in (plan.slug, "run-sheet", "handout", "shopping-list", "shopping-list.csv", "plan.ics"):
        address = f"/plans/{plan.pk}/{tail}" + ("" if "." in tail else "/")
        mine, theirs = client_of(author).get(address), visitor.get(address)
        assert mine.status_code == theirs.status_code == 200
        words = theirs.content.decode()
        assert not [told for told in ("curtain", "cook", "Zosia", "Ala", "sheets", "scissors") if told in words], tail
    page = visitor.get(plan.get_absolute_url()).content.decode()
    assert "a method you may not read" in page
    assert "45 minutes" in page
    assert "Soup behind the curtain" in (mine := client_of(author).get(plan.get_absolute_url()).content.decode())
    assert "Not everybody who sees this plan may read 1 method" in mine
    assert visitor.get("/search/?q=curtain").content.decode().count("Soup behind") == 0


def test_notes_for_those_who_lead_are_theirs(client_of, author, neighbour, moderator, open_house):
    plan = planned(author, Block(title="Welcome", minutes=15, note="Ask about the key."), community=open_house)
    actions.name_planner(by=author, plan=plan, member=moderator)
    for member, reads in ((author, True), (moderator, True), (neighbour, False)):
        for tail in (f"{plan.slug}/", "run-sheet/"):
            page = client_of(member).get(f"/plans/{plan.pk}/{tail}").content.decode()
            assert ("Ask about the key." in page) == reads
        assert "Ask about the key." not in client_of(member).get(f"/plans/{plan.pk}/handout/").content.decode()


def test_two_who_plan_never_overwrite_one_another(client_of, author, neighbour, open_house):
    plan = planned(author, Block(title="Welcome", minutes=15), community=open_house)
    actions.name_planner(by=author, plan=plan, member=neighbour)
    address = f"/plans/{plan.pk}/edit/"
    first = FILLED | {"based_on": "1", "shown": f"anyone:{open_house.pk}", "block-0-title": "Tea first"}
    assert client_of(author).post(address, first).status_code == 302
    page = client_of(neighbour).post(address, FILLED | {"based_on": "1", "block-0-title": "Songs first"})
    assert page.status_code == 409
    words = page.content.decode()
    assert "Songs first" in words
    assert "Tea" in words
    again = {"based_on": str(page.context["form"].data["based_on"]), "block-0-title": "Songs, then tea"}
    assert client_of(neighbour).post(address, FILLED | again).status_code == 302
    assert plan.revisions.get(number=3).outline.blocks[0].title == "Songs, then tea"
    plan.refresh_from_db()
    assert plan.readers == "anyone", "whom it is shown to is the owner's to say"


def test_a_fellow_planner_keeps_what_they_may_not_read(client_of, author, neighbour, invited_house):
    Membership.objects.filter(member=neighbour, community=invited_house).delete()
    block = replace(soup_block(author, invited_house, title="Secret soup"), text="Hush.", minutes=30)
    plan = planned(author, block)
    PlanEditor.objects.create(plan=plan, member=neighbour, by=author)
    client = client_of(neighbour)
    page = client.get(f"/plans/{plan.pk}/edit/").content.decode()
    assert "Secret soup" not in page
    assert "Hush." not in page
    ref = re.search(r'name="block-0-ref" value="(~\w+)"', page)[1]
    sent = FILLED | {"based_on": "1", "block-0-title": "", "block-0-ref": ref, "block-0-minutes": "40"}
    assert client.post(f"/plans/{plan.pk}/edit/", sent).status_code == 302
    kept = plan.revisions.get(number=2).outline.blocks[0]
    assert kept == replace(block, minutes=40)


@pytest.mark.parametrize("address", ["/methods/{}/", "http://testserver/methods/{}/soup/", "/methods/987654/"])
def test_a_method_one_may_not_read_does_not_come_in(client_of, neighbour, author, closed_house, address):
    method = published(author, closed_house)
    Membership.objects.filter(member=neighbour).delete()
    page = begin(client_of(neighbour), **{"block-0-title": address.format(method.pk)})
    assert page.status_code == 422
    assert "you may not read it" in page.content.decode()
    assert method.title not in page.content.decode()
    assert "Ask about the key." in page.content.decode()
    assert not Plan.objects.exists()
    forged = begin(client_of(neighbour), **{"block-0-title": "", "block-0-ref": f"{method.pk}@1"})
    assert forged.status_code == 422


def test_the_address_of_a_method_is_the_method(client_of, author, open_house):
    method = published(author, open_house)
    begin(client_of(author), **{"block-0-title": f"/methods/{method.pk}/soup/", "block-0-minutes": ""})
    block = Plan.objects.get().revisions.get().outline.blocks[0]
    assert (block.method, block.minutes) == (method.pk, 105)


WRONG = [
    ("title", "", "title"),
    ("title", "x" * 101, "title"),
    ("minutes", "1000000000", "minutes"),
    ("people", "-3", "people"),
    ("day", "tomorrow", "day"),
    ("day", "0030-06-21", "day"),
    ("starts", "25:00", "starts"),
    ("kind", "party", "kind"),
    ("shown", "anyone:987654", "shown"),
    ("licence", "mine-all-mine", "licence"),
    ("block-0-minutes", "1000000000", "__all__"),
    ("block-0-minutes", "soon", "__all__"),
    ("block-0-track", "Z", "__all__"),
    ("block-0-title", "", "__all__"),
    ("block-0-text", "x" * 601, "__all__"),
]


def test_what_does_not_fit_stands_on_its_field_and_the_rest_is_kept(client_of, author):
    client = client_of(author)
    for field, value, where in WRONG:
        page = begin(client, **{field: value})
        assert page.status_code == 422, field
        assert page.context["form"].errors[where], field
        assert "Ask about the key." in page.content.decode(), field
    assert not Plan.objects.exists()


def test_five_hundred_parts_are_refused_and_none_is_lost(client_of, author):
    kept = {"place": f"plans:{author.pk}", "whole": "title note block-"}
    page = begin(client_of(author), **kept, **{f"block-{n}-title": f"Part called {n}" for n in range(500)})
    assert page.status_code == 422
    words = page.content.decode()
    assert "has 500" in words
    assert all(f'value="Part called {n}"' in words for n in (0, 99, 100, 499))
    assert Draft.objects.get(place=f"plans:{author.pk}").fields["block-499-title"] == "Part called 499"


def test_the_same_form_sent_twice_is_one_plan(client_of, author):
    key = {"submission": "6f0d2a3e-9a50-4a5c-9f4a-0a3a5a2f9a11"}
    begin(client_of(author), **key)
    begin(client_of(author), **key)
    assert Plan.objects.count() == 1
    begin(client_of(author), **key, title="Another day")
    assert Plan.objects.count() == 2


def test_a_method_is_added_with_one_press(client_of, author, neighbour, visitor, open_house):
    method, plan = published(author, open_house), planned(neighbour, Block(title="Welcome"))
    address = f"/methods/{method.pk}/plans/"
    page = client_of(neighbour).get(address).content.decode()
    assert plan.title in page
    assert f"/plans/new/?method={method.pk}" in page
    assert client_of(neighbour).post(address, {"plan": plan.pk}).status_code == 302
    assert client_of(author).post(address, {"plan": plan.pk}).status_code == 422
    assert Plan.objects.get().revisions.get(number=2).outline.blocks[1].method == method.pk
    assert method.title in client_of(author).get(f"/plans/new/?method={method.pk}").content.decode()
    assert visitor.get(address).status_code == 302


def test_a_copy_is_mine_and_says_where_it_is_from(client_of, author, neighbour, outsider, open_house):
    plan = planned(author, Block(title="Welcome", who="Ala", note="The key."), community=open_house)
    assert client_of(neighbour).post(f"/plans/{plan.pk}/copies/").status_code == 302
    copy = Plan.objects.get(source=plan)
    assert (copy.owner, copy.readers, copy.licence) == (neighbour, "planners", plan.licence)
    assert copy.revisions.get().outline.blocks[0] == Block(title="Welcome")
    page = client_of(neighbour).get(copy.get_absolute_url()).content.decode()
    assert plan.get_absolute_url() in page
    assert client_of(author).get(copy.get_absolute_url()).status_code == 404
    Plan.objects.filter(pk=plan.pk).update(licence="read-only")
    assert client_of(outsider).post(f"/plans/{plan.pk}/copies/").status_code == 422
    assert Plan.objects.filter(owner=outsider).count() == 0


def test_words_for_members_stay_with_them_in_a_copy(client_of, author, neighbour, open_house, closed_house):
    plan = planned(author, Block(title="Between us"), community=closed_house)
    client = client_of(neighbour)
    client.post(f"/plans/{plan.pk}/copies/")
    copy = Plan.objects.get(source=plan)
    sent = FILLED | {"based_on": "1"}
    for shown, status in (("anyone", 422), ("members", 422), ("planners", 302)):
        where = "" if shown == "planners" else f":{open_house.pk}"
        assert client.post(f"/plans/{copy.pk}/edit/", sent | {"shown": f"{shown}{where}"}).status_code == status
    sent["based_on"] = "2"
    assert client.post(f"/plans/{copy.pk}/edit/", sent | {"shown": f"members:{closed_house.pk}"}).status_code == 302


def test_who_plans_along(client_of, author, neighbour, outsider, open_house):
    plan = planned(author, Block(title="Welcome"))
    client, address = client_of(author), f"/plans/{plan.pk}/planners/"
    assert client.post(address, {"name": "outsider"}).status_code == 422
    assert client.post(address, {"name": "nobody at all"}).status_code == 422
    assert client.post(address, {"name": "Neighbour"}).status_code == 302
    assert client_of(neighbour).get(f"/plans/{plan.pk}/edit/").status_code == 200
    assert client_of(neighbour).post(address, {"name": "moderator"}).status_code == 404
    assert "Stop planning along" in client_of(neighbour).get(address).content.decode()
    assert client_of(outsider).get(f"/plans/{plan.pk}/edit/").status_code == 404
    assert client_of(neighbour).post(f"{address}author/removal/").status_code == 404
    assert client.post(f"{address}neighbour/removal/").status_code == 302
    assert client_of(neighbour).get(plan.get_absolute_url()).status_code == 404


def test_removed_by_its_owner_or_with_a_reason(client_of, author, neighbour, moderator, open_house):
    plan, other = planned(author, community=open_house), planned(author, community=open_house)
    assert client_of(neighbour).post(f"/plans/{plan.pk}/removal/").status_code == 404
    assert client_of(moderator).post(f"/plans/{plan.pk}/removal/").status_code == 422
    assert client_of(moderator).post(f"/plans/{plan.pk}/removal/", {"reason": "An advertisement"}).status_code == 302
    assert client_of(author).get(plan.get_absolute_url()).status_code == 404
    assert PlanRemoval.objects.get().reason == "An advertisement"
    assert client_of(author).post(f"/plans/{other.pk}/removal/").status_code == 302
    assert not Plan.objects.visible_to(author).exists()


def test_a_newer_version_is_told_and_taken(client_of, author, open_house):
    block = soup_block(author, open_house)
    plan = planned(author, block, community=open_house)
    method = published_again(block, author)
    page = client_of(author).get(plan.get_absolute_url()).content.decode()
    assert "version 1; there is a version 2" in page
    assert f"/methods/{method.pk}/versions/?from=1&amp;to=2" in page
    assert f'value="{method.pk}@2"' in client_of(author).get(f"/plans/{plan.pk}/edit/").content.decode()
    sent = FILLED | {"based_on": "1", "block-0-title": "", "block-0-ref": f"{method.pk}@2", "shown": "planners"}
    assert client_of(author).post(f"/plans/{plan.pk}/edit/", sent).status_code == 302
    assert "there is a version" not in client_of(author).get(plan.get_absolute_url()).content.decode()


def test_afterwards_one_tells_how_it_went(client_of, author, neighbour, open_house):
    block = soup_block(author, open_house)
    plan = planned(author, block, community=open_house, day=date(2024, 5, 4), people=31)
    page = client_of(neighbour).get(plan.get_absolute_url()).content.decode()
    address = f"/methods/{block.method}/tries/new/?month=2024-05"
    assert f"{address}&amp;people=31" in page
    form = client_of(neighbour).get(f"{address}&people=31").content.decode()
    assert 'value="2024-05"' in form
    assert 'value="31"' in form
    assert client_of(neighbour).get(f"/methods/{block.method}/tries/new/?month=x&people=1e9").status_code == 200


def test_hints_are_no_walls(client_of, author, visitor, open_house):
    long, short = soup_block(author, open_house), soup_block(author, open_house)
    blocks = (replace(long, track="A"), replace(short, track="B"), Block(title="Talk"))
    plan = planned(author, *blocks, long, minutes=60, people=99, community=open_house)
    page = client_of(author).get(plan.get_absolute_url()).content.decode()
    for hint in ("minutes more than you have", "does not say how long", "without a break", "at most", "need this"):
        assert hint in page
    assert "minutes more than you have" not in visitor.get(plan.get_absolute_url()).content.decode()


def test_a_list_of_methods_has_no_clock(client_of, author, open_house):
    plan = planned(author, replace(soup_block(author, open_house), text="Begin here."), kind="playlist")
    page = client_of(author).get(plan.get_absolute_url()).content.decode()
    assert "Begin here." in page
    assert "0:00" not in page


def test_the_shopping_list_counts_for_everybody(client_of, author, open_house):
    plan = planned(author, soup_block(author, open_house), community=open_house, people=20)
    assert ">paper</strong>, 40 sheets" in client_of(author).get(f"/plans/{plan.pk}/shopping-list/").content.decode()
    sheet = client_of(author).get(f"/plans/{plan.pk}/shopping-list.csv").content.decode("utf-8-sig")
    assert sheet.splitlines()[1] == "paper,40 sheets,,Soup in the courtyard,"
    assert sheet.splitlines()[2] == "scissors,4,yes,Soup in the courtyard,"


def test_a_plan_without_a_day_is_no_event(client_of, author):
    plan = planned(author)
    assert client_of(author).get(f"/plans/{plan.pk}/plan.ics").status_code == 404


def test_the_form_sends_where_it_stands_once(client_of, author):
    """What keeps a form tells its place by inputs of its own; none of the plan's may take their names."""
    page = client_of(author).get("/plans/new/").content.decode()
    for name in ("place", "writer", "readers", "back", "draft_version", "whole"):
        assert page.count(f'name="{name}"') == 1
