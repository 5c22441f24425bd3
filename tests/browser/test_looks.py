"""What the eye sees and axe does not: long words, paper, and nothing said twice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum.models import Community, Thread
from tests.browser.conftest import Visit
from tests.browser.test_pages import DESK, PHONE, TOO_WIDE

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen_i_Konstantynopolitańczykowianeczki"


@pytest.fixture
def thread(open_house: Community, thread_in: Any) -> Thread:
    thread: Thread = thread_in(open_house, 22)
    return thread


def test_no_name_is_too_long_for_a_small_phone(
    thread: Thread, author: Member, open_house: Community, visit: Callable[..., Visit]
) -> None:
    Community.objects.filter(pk=open_house.pk).update(names={"en": LONG}, descriptions={"en": LONG})
    Thread.objects.filter(pk=thread.pk).update(title=LONG)
    Member.objects.filter(pk=author.pk).update(display_name=LONG[:60], organisation=LONG, city=LONG[:60])
    here = visit(author)
    house = open_house.get_absolute_url()
    for address in (
        "/",
        "/communities/",
        house,
        f"{house}members/",
        author.get_absolute_url(),
        f"/threads/{thread.pk}/",
    ):
        page = here.open(address)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            assert page.evaluate(TOO_WIDE) == [], (address, size)


def test_on_paper_there_are_words_and_no_buttons(
    thread: Thread, moderator: Member, visit: Callable[..., Visit]
) -> None:
    """Also for who reads by night: ink on white."""
    here = visit(moderator)
    here.context.add_cookies([{"name": "theme", "value": "dark", "url": here.url}])
    page = here.open(thread.get_absolute_url())
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.emulate_media(media="print")
    assert page.locator("#posts > article").first.is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    seen = page.locator("button, .button, .tabs, .tools, .jump, nav, form, .side").all()
    assert [each.evaluate("each => each.outerHTML.slice(0, 80)") for each in seen if each.is_visible()] == []


def test_the_way_to_the_newest_post_stands_on_a_page_once(thread: Thread, visit: Callable[..., Visit]) -> None:
    page: Page = visit().open(thread.get_absolute_url())
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        expect(page.get_by_role("link", name="To the newest post")).to_have_count(1)
