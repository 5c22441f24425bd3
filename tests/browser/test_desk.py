"""Ten minutes at the desk: by keyboard, by thumb, and what others do meanwhile; counted in keys and taps."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum.models import Case, Community, JoinRequest, Membership, Post, Thread
from forum.moderation.desk import actions
from tests.browser.conftest import Visit
from tests.moderation.desk.rows import ago, asking, case_of

REQUESTS = 6


@pytest.fixture
def post(thread_in: Callable[..., Thread], open_house: Community) -> Post:
    return thread_in(open_house, 3).posts.get(number=3)


@pytest.fixture
def morning(post: Post, open_house: Community) -> Case:
    for n in range(REQUESTS):
        asking(open_house, f"asker-{n}")
    return case_of(post=post, opened_at=ago(days=1), words="Not nice.")


def left() -> int:
    return JoinRequest.objects.filter(outcome="waiting").count()


def test_by_keyboard(morning: Case, steward: Member, visit: Callable[..., Visit]) -> None:
    """A case is taken in hand and left for later, six people are let in: a key each, and one to begin with."""
    here = visit(steward, viewport={"width": 1280, "height": 800})
    page = here.open("/moderation/")
    page.evaluate("localStorage.setItem('courtyard.keys', 'on')")
    expect(page.get_by_role("heading", name="7 need a human")).to_be_visible()
    pressed = 0

    def press(key: str, then: str) -> None:
        nonlocal pressed
        pressed += 1
        page.keyboard.press(key)
        page.wait_for_url(re.compile(then))
        page.wait_for_load_state("domcontentloaded")

    press("n", f"/moderation/cases/{morning.pk}/$")
    expect(page.locator(".desk-judged .body")).to_be_in_viewport()
    expect(page.locator("#desk-list [aria-current]")).to_have_text(re.compile("What the estate"))
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("c")
    pressed += 1
    expect(page.locator("#desk-hands")).to_contain_text("In your hands.")
    press("n", "/moderation/requests/")
    for n in range(REQUESTS):
        was = page.url
        press("2" if n == 2 else "1", f"^(?!{re.escape(was)}$)")
    expect(page).to_have_url(re.compile(f"/moderation/cases/{morning.pk}/$"))  # what was left comes round again
    expect(page.get_by_role("heading", name="1 needs a human", level=2)).to_be_visible()
    assert left() == 0
    assert JoinRequest.objects.filter(outcome="declined").count() == 1
    assert pressed <= REQUESTS + 3
    assert Case.objects.get().claimed_by == steward
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/moderation/cases/{morning.pk}/")
    assert here.complaints == []


def test_by_thumb(morning: Case, steward: Member, visit: Callable[..., Visit]) -> None:
    """One thing a screen: its answers stand at the bottom edge, and the next follows by itself."""
    Case.objects.update(closed_at=ago(hours=1))
    here = visit(steward, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = here.open("/moderation/")
    page.get_by_role("link", name="Begin with the first").tap()
    taps = 1
    for n in range(REQUESTS):
        page.wait_for_url(re.compile("/moderation/requests/"))
        expect(page.locator(".desk-side")).to_be_hidden()
        answer = page.get_by_role("button", name=f"Let in : Asker-{n}")
        expect(answer).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        with page.expect_navigation(wait_until="domcontentloaded"):
            answer.tap()
        taps += 1
    expect(page.get_by_role("heading", name="Nothing needs a human")).to_be_visible()
    assert left() == 0
    assert taps <= REQUESTS + 1
    assert here.complaints == []


def region(page: Page, *names: str) -> list[Any]:
    """As it stands, but for times, tokens and what opened."""
    script = """names => names.map(name => { const copy = document.querySelector(name).cloneNode(true);
      for (const each of copy.querySelectorAll("time")) { each.textContent = ""; each.removeAttribute("title"); }
      for (const each of copy.querySelectorAll("input[type=hidden]")) each.removeAttribute("value");
      return copy.outerHTML.replace(/\\s+/g, " "); })"""
    found: list[Any] = page.evaluate(script, list(names))
    return found


def test_what_others_do_meanwhile(
    morning: Case, post: Post, steward: Member, moderator: Member, look: Callable[..., Visit]
) -> None:
    """Claimed elsewhere it greys out, decided elsewhere it is said; what somebody chose or typed stays. The page is
    then the page loaded afresh."""
    first, second = look(steward), look(steward)
    desk, item = first.open("/moderation/"), second.open(f"/moderation/cases/{morning.pk}/")
    item.get_by_label("A note for those who decide").fill("Half a thought")
    actions.claim_case(by=moderator, case=morning)
    expect(desk.locator(f"#item-case-{morning.pk}.is-held")).to_contain_text("in the hands of Moderator")
    expect(desk.locator("h1")).to_have_text("6 need a human")
    expect(item.locator("#desk-hands")).to_contain_text("Moderator was first")
    actions.add_note(by=moderator, case=morning, text="I rang them.")
    expect(item.locator("#desk-notes")).to_contain_text("I rang them.")
    expect(item.get_by_label("A note for those who decide")).to_have_value("Half a thought")
    regions = ("#desk-head", "#desk-list", "#desk-count")
    fresh = first.context.new_page()
    fresh.goto(desk.url)
    assert region(desk, *regions) == region(fresh, *regions)
    actions.release_case(by=moderator, case=morning)
    expect(desk.locator(".is-held")).to_have_count(0)
    Membership.objects.filter(member=steward).update(role="member")
    actions.claim_case(by=moderator, case=morning)
    expect(desk.locator(".denied")).to_be_visible()
    fresh.close()
