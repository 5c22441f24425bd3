"""Single keys: j and k go on and back, "?" explains them; never while somebody writes, and only where they
were switched on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum.models import Community, Thread
from tests.browser.conftest import Visit

HELP = "dialog#keys"
EDITOR = "[role=textbox].ProseMirror"


@pytest.fixture
def thread(open_house: Community, thread_in: Callable[..., Thread]) -> Thread:
    return thread_in(open_house, 21)


def at(page: Page, number: int) -> None:
    expect(page.locator(f"#posts > [data-number='{number}']")).to_be_focused()


def switch_on(page: Page) -> None:
    page.get_by_role("button", name="Keyboard").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Close").click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def test_from_post_to_post(thread: Thread, look: Callable[..., Visit]) -> None:
    page = look().open(thread.get_absolute_url())
    switch_on(page)
    keys = page.keyboard
    keys.press("j")
    at(page, 1)
    keys.press("j")
    keys.press("j")
    at(page, 3)
    expect(page.get_by_role("article", name="post 3 Author")).to_be_focused()  # what a screen reader says
    expect(page.locator("#posts > [data-number='3']")).to_be_in_viewport()
    keys.press("k")
    at(page, 2)
    page.locator("#posts > [data-number='20'] .post-name").focus()
    keys.press("j")
    expect(page.get_by_role("link", name="21")).to_be_focused()  # the next page
    page.locator("#posts > [data-number='20'] .post-name").focus()
    keys.press("Control+k")
    keys.press("Alt+k")
    expect(page.locator("#posts > [data-number='20'] .post-name")).to_be_focused()


def test_from_row_to_row(open_house: Community, thread_in: Callable[..., Thread], look: Callable[..., Visit]) -> None:
    tea, coffee = thread_in(open_house, title="Tea"), thread_in(open_house, title="Coffee")
    page = look().open(open_house.get_absolute_url())
    switch_on(page)
    for key, row in (("j", coffee), ("j", tea), ("k", coffee), ("j", tea)):
        page.keyboard.press(key)
        expect(page.locator(f"#thread-{row.pk} .thread-title a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{tea.get_absolute_url()}*")


def test_not_while_writing(thread: Thread, visit: Callable[..., Visit], neighbour: Member) -> None:
    page = visit(neighbour).open(thread.get_absolute_url())
    switch_on(page)
    page.locator("textarea[name=body]").click()
    page.locator(EDITOR).wait_for()
    page.keyboard.type("just knock?")
    expect(page.locator(EDITOR)).to_have_text("just knock?")
    expect(page.locator(EDITOR)).to_be_focused()
    expect(page.locator(HELP)).to_be_hidden()


def test_off_until_switched_on_and_remembered(thread: Thread, visit: Callable[..., Visit]) -> None:
    here = visit()
    page = here.open(thread.get_absolute_url())
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.locator(HELP)).to_be_hidden()
    expect(page.locator("#posts > :focus")).to_have_count(0)
    switch_on(page)
    for opened in (page, here.open(thread.get_absolute_url())):
        opened.keyboard.press("j")
        at(opened, 1)
        opened.keyboard.press("?")
        expect(opened.get_by_role("dialog", name="Keyboard")).to_be_visible()
        opened.keyboard.press("j")  # behind it nothing moves
        opened.keyboard.press("Escape")
        expect(opened.locator(HELP)).to_be_hidden()
        at(opened, 1)
