"""The bell in two tabs: it follows, says what the page loaded afresh says, and is read in both."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import Member
from forum import text
from forum.communities.models import Community
from forum.notifications.spreading import spread
from forum.threads import actions
from tests.browser.conftest import Visit

NORMAL = "() => document.querySelector('#bell-count').outerHTML.replace(/\\s+/g, ' ')"


def test_the_bell_follows_in_two_tabs_and_is_read_in_both(
    author: Member, neighbour: Member, open_house: Community, thread_in: Any, look: Callable[..., Visit]
) -> None:
    thread, other = thread_in(open_house), thread_in(open_house, title="Tables")
    spread()
    visit = look(author)
    home, listed = visit.open("/"), visit.open("/notifications/")
    expect(listed.locator("#notices")).to_contain_text("Nothing yet.")
    for where in (thread, other):
        actions.reply(author=neighbour, thread=where, body=text.clean("I can bring benches.", "markdown"))
    spread()
    tabs: tuple[Page, ...] = (home, listed)
    for tab in tabs:
        expect(tab.locator("#bell-count")).to_have_text("22 unread notices")  # the number, and its words
    expect(listed.locator("#notices article")).to_have_count(2)
    expect(listed.locator("#notices article").first).to_contain_text("1 new reply")
    assert home.evaluate(NORMAL) == listed.evaluate(NORMAL) == visit.open("/communities/").evaluate(NORMAL)
    listed.get_by_role("link", name=other.title).click()
    expect(listed.locator("h1")).to_have_text(other.title)
    for tab in tabs:
        expect(tab.locator("#bell-count")).to_have_text("11 unread notice")
    listed.goto(visit.url + "/notifications/")
    listed.get_by_role("button", name="Mark all as read").click()
    for tab in tabs:
        expect(tab.locator("#bell-count")).to_have_text("")
    assert visit.complaints == []
