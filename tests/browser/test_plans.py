"""Plans as people meet them: put in order by keyboard, printed, read live."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import Member
from forum import changes
from forum.communities.models import Community
from forum.drafts.models import Draft
from forum.models import Method, Plan
from forum.plans import actions
from forum.plans.outline import Block
from tests.browser.conftest import PATIENCE, Visit
from tests.browser.test_equality import NORMAL, SEEN
from tests.methods.cards import published
from tests.plans.plans import planned, published_again, soup_block

DAY = {"day": date(2030, 6, 21), "starts": time(10, 0), "people": 20}


def names(page: Page) -> list[str]:
    """What each part is called, a method by its title."""
    said = (
        "all => all.map(each => each.querySelector('.plan-title a')?.textContent ?? each.querySelector('input').value)"
    )
    return page.locator(".step-row").evaluate_all(said)


def test_parts_are_put_in_order_by_keyboard_and_by_hand(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    soup = soup_block(author, open_house)
    plan = planned(author, Block(title="Welcome", minutes=15), soup, Block(title="Songs", minutes=20))
    page = visit(author).open(f"/plans/{plan.pk}/edit/")
    page.locator(".step-tools").first.wait_for(state="attached")
    assert names(page) == ["Welcome", "Soup in the courtyard", "Songs", ""]
    page.locator("#block-2-title").press("Alt+ArrowUp")
    expect(page.locator(".step-said")).to_have_text("Now part 2 of 3.")
    page.get_by_role("button", name="Move part 3 up").press("Enter")
    page.get_by_role("button", name="Move part 2 up").press("Enter")
    assert names(page) == ["Soup in the courtyard", "Welcome", "Songs", ""]
    page.get_by_role("button", name="Take part 1 out").click()
    page.locator(".step-said").get_by_role("button", name="Undo").press("Enter")
    page.locator("#block-1-track").select_option("A")
    page.locator("#block-2-track").select_option("B")
    expect(page.locator(".step-sum")).to_have_text("All parts together: 125 minutes.")
    handle = page.get_by_role("button", name="Drag part 1 to another place")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), page.locator(".step-row").nth(1).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + end["height"] - 4, steps=5)
    page.mouse.up()
    assert names(page) == ["Welcome", "Soup in the courtyard", "Songs", ""]
    page.get_by_role("button", name="Move part 2 down").press("Enter")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A day in the yard")
    blocks = plan.revisions.get(number=2).outline.blocks
    assert [(block.title, block.method, block.track) for block in blocks] == [
        ("Welcome", None, "A"),
        ("Songs", None, "B"),
        ("", soup.method, ""),
    ]
    assert not Draft.objects.exists()


def test_what_stands_on_this_device_alone_comes_back_with_its_methods(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    """Parts that changed places while nothing could be saved stand in those places when the page opens again."""
    soup = soup_block(author, open_house)
    plan = planned(author, Block(title="Welcome", minutes=15), soup)
    here = visit(author)
    page = here.open(f"/plans/{plan.pk}/edit/")
    page.locator(".step-tools").first.wait_for(state="attached")
    page.route("**/drafts/**", lambda route: route.abort())
    page.get_by_role("button", name="Move part 2 up").press("Enter")
    page.locator("#block-1-title").fill("Welcome all")
    page.reload()
    page.locator(".step-tools").first.wait_for(state="attached")
    assert names(page) == ["Soup in the courtyard", "Welcome all", ""]
    expect(page.locator("[name=block-0-ref]")).to_have_value(f"{soup.method}@1")


def test_without_javascript_numbers_say_the_order(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    plan = planned(author, Block(title="Welcome", minutes=15), soup_block(author, open_house))
    page = visit(author, java_script_enabled=False).open(f"/plans/{plan.pk}/edit/")
    page.locator("#block-0-place").fill("9")
    page.get_by_role("button", name="Sort the parts, and more rows").click()
    assert names(page)[:2] == ["Soup in the courtyard", "Welcome"]


def test_a_run_sheet_is_one_page_of_paper(visit: Callable[..., Visit], author: Member, open_house: Community) -> None:
    soup = soup_block(author, open_house)
    blocks = [Block(title=f"Part {n}", minutes=15, who="Ala", note="The key is downstairs.") for n in range(12)]
    plan = planned(author, *blocks, replace(soup, track="A"), replace(soup, track="B"), community=open_house, **DAY)
    page = visit(author).open(f"/plans/{plan.pk}/run-sheet/")
    page.emulate_media(media="print")
    for gone in (".site-nav", ".side", ".site-footer"):
        assert page.locator(gone).first.is_hidden()
    one, two = page.locator(".sheet-track").nth(0).bounding_box(), page.locator(".sheet-track").nth(1).bounding_box()
    assert one
    assert two
    assert one["y"] == two["y"], "side by side"
    assert one["x"] < two["x"]
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1


REGIONS = ["#plan", "#plan-deeds"]


def revise(plan: Plan, author: Member) -> None:
    outline = plan.revisions.get(number=plan.revision).outline
    blocks = (*outline.blocks, Block(title="Songs <and> tea", minutes=20, note="Loud.", track=""))
    actions.revise_plan(
        editor=author, plan=plan, outline=replace(outline, blocks=blocks, minutes=30), based_on=plan.revision
    )


def deeds(author: Member, neighbour: Member, method: Method, soup: Block) -> dict[str, Callable[[Plan], object]]:
    return {
        "revise_plan": lambda plan: revise(plan, author),
        "name_planner": lambda plan: actions.name_planner(by=author, plan=plan, member=neighbour),
        "add_to_plan": lambda plan: actions.add_to_plan(by=author, plan=plan, method=method),
        "revise_method": lambda plan: published_again(soup, author),
        "dismiss_planner": lambda plan: actions.dismiss_planner(by=author, plan=plan, member=neighbour),
    }


#: What no open page has to learn of.
UNSEEN = {
    "make_plan": "lists of plans are read, not followed",
    "copy_plan": "a copy is its maker's alone, and the plan it is from says nothing of it",
}


def test_an_open_plan_becomes_the_plan_loaded_afresh(
    look: Callable[..., Visit], author: Member, neighbour: Member, open_house: Community, closed_house: Community
) -> None:
    """As a visitor, as its owner, and as the one who comes to plan along; one deed after another."""
    soup, secret = soup_block(author, open_house), soup_block(author, closed_house, title="Behind the door")
    method = published(author, open_house, title="Tea")
    plan = planned(author, soup, secret, Block(title="Talk", note="Quiet."), community=open_house, **DAY)
    everything = deeds(author, neighbour, method, soup)
    assert {*actions.__all__} - {"remove_plan"} == ({*everything} - {"revise_method"}) | UNSEEN.keys()
    visits = [look(who) for who in (None, author, neighbour)]
    pages = [visit.open(plan.get_absolute_url()) for visit in visits]
    for name, deed in everything.items():
        before = [page.evaluate(NORMAL, REGIONS) for page in pages]
        deed(Plan.objects.get(pk=plan.pk))
        head = changes.head_of(f"plan:{plan.pk}")
        moved = False
        for visit, page, was in zip(visits, pages, before, strict=True):
            fresh = visit.open(page.url)
            wanted = fresh.evaluate(NORMAL, REGIONS)
            visit.idle.append(fresh)
            moved |= wanted != was
            page.wait_for_function(SEEN, arg={f"plan:{plan.pk}": head})
            becomes(page, wanted)
            assert visit.complaints == [], name
        assert moved, name
    assert "Behind the door" not in pages[0].content()
    actions.remove_plan(by=author, plan=plan)
    for page in pages:
        expect(page.get_by_text("You can no longer read this.")).to_be_visible()


def becomes(page: Page, wanted: Any) -> None:
    """A region asked for again takes a moment."""
    shown = None
    for _ in range(PATIENCE // 300):
        shown = page.evaluate(NORMAL, REGIONS)
        if shown == wanted:
            return
        page.wait_for_timeout(100)
    assert shown == wanted
