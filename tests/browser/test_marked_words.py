"""The button beside words marked in a post: never over anything one can press, in reach of Tab, sent away by Escape."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import Member
from forum.models import Community, Post, Thread
from forum.threads import actions
from tests.browser.conftest import Visit
from tests.browser.equality import words
from tests.browser.test_pages import DESK, PHONE

EDITOR = "[role=textbox].ProseMirror"
LINKS = "@author, [here](https://example.org/1) and [there](https://example.org/2), " * 4
TEXTS = ["Tea.", LINKS, "A chair and a table. " * 200, "- tea\n- coffee\n\n> cake\n\nAnd so on."]
MARK = """
([post, from, to]) => {
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector(`#post-${post} .body`), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const {data, parentElement} = walker.currentNode;
    if (data.trim() && !parentElement.matches(".mention")) texts.push(walker.currentNode);
  }
  const [first, last] = [texts.at(from), texts.at(to)];
  first.parentElement.scrollIntoView({block: "center"});
  getSelection().setBaseAndExtent(first, 0, last, Math.min(last.length, 40));
}
"""
UNDER = """
button => {
  const mine = button.getBoundingClientRect();
  const meets = ({left, right, top, bottom}) =>
    left < mine.right && mine.left < right && top < mine.bottom && mine.top < bottom;
  return [...document.querySelectorAll("a[href], button, summary, label, input, select, textarea")]
    .filter(each => each !== button && each.checkVisibility() && [...each.getClientRects()].some(meets))
    .map(each => each.outerHTML.slice(0, 120));
}
"""
HEIGHT = "button => [button.getBoundingClientRect().top, innerHeight - button.getBoundingClientRect().bottom]"


@pytest.fixture
def thread(open_house: Community, thread_in: Callable[..., Thread], author: Member) -> Thread:
    thread = thread_in(open_house)
    for source in TEXTS:
        actions.reply(author=author, thread=thread, body=words(source))
    return thread


def mark(page: Page, post: Post, first: int, last: int) -> Locator:
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(".quote-pill:visible")).to_have_count(0)
    page.evaluate(MARK, [post.pk, first, last])
    return page.get_by_role("button", name="Quote these words")


@pytest.mark.parametrize("width", [DESK["width"], PHONE["width"]])
def test_it_lies_over_no_control(thread: Thread, visit: Callable[..., Visit], neighbour: Member, width: int) -> None:
    size = PHONE if width == PHONE["width"] else DESK
    page = visit(neighbour, viewport=size, has_touch=size is PHONE).open(thread.get_absolute_url())
    for post in thread.posts.order_by("number"):
        for first, last in ((0, 0), (-1, -1), (0, -1)):
            button = mark(page, post, first, last)
            expect(button).to_be_visible()
            assert button.evaluate(UNDER) == [], (post.number, first, last)
            assert min(button.evaluate(HEIGHT)) >= 0, (post.number, first, last)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_stands_in_the_text_where_there_is_room(
    thread: Thread, visit: Callable[..., Visit], neighbour: Member
) -> None:
    page = visit(neighbour, viewport=DESK).open(thread.get_absolute_url())
    post = thread.posts.get(number=4)
    button = mark(page, post, -1, -1)
    inside: dict[str, Any] | None = page.locator(f"#post-{post.pk} .body").bounding_box()
    box = button.bounding_box()
    assert box
    assert inside
    assert inside["x"] <= box["x"]
    assert box["x"] + box["width"] <= inside["x"] + inside["width"]
    assert inside["y"] <= box["y"]
    assert box["y"] + box["height"] <= inside["y"] + inside["height"]


def test_with_the_keyboard(thread: Thread, visit: Callable[..., Visit], neighbour: Member) -> None:
    page = visit(neighbour, viewport=DESK).open(thread.get_absolute_url())
    post = thread.posts.get(number=1)
    button = mark(page, post, 0, 0)
    expect(button).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_hidden()
    button = mark(page, post, 0, 0)
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_hidden()
    expect(page.locator(f"#post-{post.pk}")).to_be_focused()
    button = mark(page, post, 0, 0)
    expect(button).to_be_visible()
    button.press("Enter")
    expect(page.locator(f"{EDITOR} .quote-words")).to_have_text("We began with tea.")
