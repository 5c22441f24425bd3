"""The open page of the rules, and the form they are written in, with JavaScript."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from accounts.models import Member
from forum.communities.models import Community
from forum.moderation.rulebook.actions import change_rules
from forum.moderation.rulebook.queries import clauses_in_force
from forum.moderation.rulebook.written import Written
from tests.browser.conftest import Visit


def test_the_open_page_is_the_one_loaded_afresh(
    open_house: Community, steward: Member, author: Member, look: Callable[..., Visit]
) -> None:
    visit = look(author)
    page = visit.open("/c/open-house/rules/")
    expect(page.locator("#clause-7")).to_be_visible()
    said: dict[str, Any] = {"note": "", "is_significant": False, "based_on": 1}
    change_rules(by=steward, community=open_house, clauses=[Written({"en": "Bring a cup"})], **said)
    expect(page.locator("#rules li")).to_have_text(["Clause 1 Bring a cup"])
    fresh = visit.open("/c/open-house/rules/")
    markup = "() => document.querySelector('#rules').innerHTML.replace(/<time.*?time>|\\s+/g, '')"
    assert page.evaluate(markup) == fresh.evaluate(markup)
    assert visit.complaints == []


def test_clauses_are_moved_and_added_by_buttons(
    open_house: Community, steward: Member, look: Callable[..., Visit]
) -> None:
    said: dict[str, Any] = {"note": "", "is_significant": False, "based_on": 1}
    change_rules(by=steward, community=open_house, clauses=[Written({"en": "A"}), Written({"en": "B"})], **said)
    visit = look(steward)
    page = visit.open("/c/open-house/rules/edit/")
    page.get_by_role("button", name="Move clause 2 up").click()
    page.get_by_role("button", name="Add a clause").click()
    page.locator("[name=clause-2-title_en]").fill("C")
    page.get_by_role("button", name="Put in force").click()
    page.wait_for_url("**/rules/")
    assert [str(each) for each in clauses_in_force(open_house)] == ["1. B", "2. A", "3. C"]
    assert visit.complaints == []
