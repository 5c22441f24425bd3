"""One polite voice; whoever writes is not touched; without a socket nobody misses anything, without a right nobody
hears anything. What the reader sees meanwhile: test_live.py."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum.communities import actions as communities
from forum.communities.models import Community
from forum.threads import actions
from forum.threads.models import Post, ReadMark, Thread
from tests.browser.conftest import Visit
from tests.browser.equality import words

EDITOR = "[role=textbox].ProseMirror"
SPOKEN = """
() => {
  window.spoken = [];
  const voice = document.getElementById("live-status");
  new MutationObserver(() => voice.textContent && window.spoken.push([performance.now(), voice.textContent]))
    .observe(voice, {childList: true, characterData: true, subtree: true});
}
"""


@pytest.fixture
def thread(open_house: Community, thread_in: Any) -> Thread:
    return thread_in(open_house, 12)


@pytest.fixture
def say(author: Member, thread: Thread) -> Callable[[str], Post]:
    return lambda source: actions.reply(author=author, thread=thread, body=words(source))


def shown(page: Page, post: Post) -> Any:
    return page.locator(f"#post-{post.pk}")


def arrived(page: Page, *posts: Post) -> None:
    """Stand in the page, shown or not."""
    for post in posts:
        shown(page, post).wait_for(state="attached")


def test_one_polite_voice(thread: Thread, say: Any, visit: Callable[..., Visit]) -> None:
    page = visit().open(thread.get_absolute_url())
    page.evaluate(SPOKEN)
    say("One more lamp.")
    page.wait_for_function("() => window.spoken.length === 1")
    arrived(page, say("And a chair."), say("And a table."))
    page.wait_for_function("() => window.spoken.length === 2")
    (first, one), (second, two) = page.evaluate("window.spoken")
    assert (one, two) == ("1 new reply", "2 new replies")
    assert second - first >= 9_900  # the voice is counted from a frame before it is seen
    voice = page.locator("#live-status")
    expect(voice).to_have_attribute("aria-live", "polite")


def much_happens(thread: Thread, author: Member, moderator: Member, say: Any) -> Post:
    """Everything that may come while somebody writes; the reply, which was there before the lock."""
    post = say("One more lamp.")
    actions.edit_post(editor=author, post=thread.posts.get(number=1), body=words("We began with coffee."), based_on=1)
    actions.retitle_thread(by=author, thread=thread, title="What we gave the estate", section=None, language="en")
    actions.lock_thread(by=moderator, thread=thread, reason="Everything is said.")
    return post


def test_writing_is_not_touched(
    thread: Thread, say: Any, visit: Callable[..., Visit], author: Member, moderator: Member, neighbour: Member
) -> None:
    page = visit(neighbour).open(thread.get_absolute_url())
    page.locator("textarea[name=body]").click()
    page.locator(EDITOR).wait_for()
    page.keyboard.type("I could bring the ")
    node = page.locator(EDITOR).element_handle()
    arrived(page, much_happens(thread, author, moderator, say))
    expect(page.locator("#thread-state")).to_contain_text("Everything is said.")
    expect(page.locator("h1")).to_have_text("What we gave the estate")
    expect(page.locator("#composer > .notice")).to_have_text("This thread takes no more replies.")
    page.keyboard.type("lamp")
    expect(page.locator(EDITOR)).to_have_text("I could bring the lamp")
    expect(page.locator(EDITOR)).to_be_focused()
    assert node.evaluate("node => node.isConnected")
    page.get_by_role("button", name="Reply", exact=True).last.click()
    expect(page.locator("#composer .field-error")).to_contain_text("locked")
    expect(page.locator(EDITOR)).to_have_text("I could bring the lamp")


def test_writing_in_the_plain_field_is_not_touched(
    thread: Thread, say: Any, visit: Callable[..., Visit], author: Member, moderator: Member, neighbour: Member
) -> None:
    here = visit(neighbour)
    here.context.route(re.compile("django_prose_editor"), lambda route: route.abort())
    page = here.open(thread.get_absolute_url())
    field = page.locator("textarea[name=body]")
    field.click()
    page.keyboard.type("I could bring the ")
    arrived(page, much_happens(thread, author, moderator, say))
    expect(page.locator("#thread-state")).to_contain_text("Everything is said.")
    page.keyboard.type("lamp")
    expect(field).to_have_value("I could bring the lamp")
    expect(field).to_be_focused()


def test_what_came_and_was_seen_is_read(
    thread: Thread, say: Any, visit: Callable[..., Visit], neighbour: Member
) -> None:
    page = visit(neighbour).open(thread.get_absolute_url())
    page.wait_for_function("document.querySelector('.live-controls') !== null")
    post = say("One more lamp.")
    arrived(page, post)
    mark = ReadMark.objects.get(member=neighbour, thread=thread)
    assert mark.number == post.number - 1
    with page.expect_response("**/read-marks/"):
        page.locator(".pill").click()
    mark.refresh_from_db()
    assert mark.number == post.number


def test_more_is_a_menu_of_the_page(
    thread: Thread, say: Any, visit: Callable[..., Visit], author: Member, neighbour: Member
) -> None:
    post = say("One more lamp.")
    page = visit(neighbour).open(thread.get_absolute_url())
    more = shown(page, post).locator("summary")
    more.click()
    shown(page, post).get_by_role("button", name="I will try this").click()
    expect(more).to_be_focused()
    mine = shown(page, post).locator(".reactions [aria-pressed=true]")
    expect(mine).to_have_text("I will try this 1")
    page.reload()
    expect(mine).to_have_text("I will try this 1")
    page = visit(author).open(thread.get_absolute_url())
    shown(page, post).locator("summary").click()
    shown(page, post).get_by_role("link", name="Delete").click()
    expect(page.locator("h1")).to_have_text("Delete your post")


def test_marked_words_are_quoted(thread: Thread, say: Any, visit: Callable[..., Visit], neighbour: Member) -> None:
    post = say("One more lamp.")
    page = visit(neighbour).open(thread.get_absolute_url())
    shown(page, post).locator(".body p").evaluate("""
        words => {
          words.scrollIntoView();
          getSelection().setBaseAndExtent(words.firstChild, 4, words.firstChild, 13);
        }
    """)
    page.get_by_role("button", name="Quote these words").click()
    expect(page.locator(f"{EDITOR} .quote-words")).to_have_text("more lamp")
    expect(page.locator("#composer")).to_contain_text(f"post {post.number}")


def test_without_any_socket(thread: Thread, say: Any, visit: Callable[..., Visit]) -> None:
    here = visit()
    page = here.context.new_page()
    page.clock.install()
    page.route_web_socket(re.compile("/ws/"), lambda socket: socket.close())
    page.goto(here.url + thread.get_absolute_url())
    posts = [say("One more lamp."), say("And a chair.")]
    page.clock.fast_forward(20_000)
    arrived(page, *posts)


def test_whoever_must_go_hears_no_more(
    closed_house: Community, thread_in: Any, visit: Callable[..., Visit], cast: dict[str, Member]
) -> None:
    thread = thread_in(closed_house, 3)
    page = visit(cast["neighbour"]).open(thread.get_absolute_url())
    still = visit(cast["moderator"]).open(thread.get_absolute_url())
    communities.remove_member(
        by=cast["steward"], community=closed_house, member=cast["neighbour"], reason="Asked twice."
    )
    secret = actions.reply(author=cast["author"], thread=thread, body=words("Among ourselves."))
    arrived(still, secret)
    expect(page.get_by_text("You can no longer read this.")).to_be_visible()
    assert not shown(page, secret).count()
    after = actions.reply(author=cast["author"], thread=thread, body=words("Still among ourselves."))
    arrived(still, after)
    assert "among ourselves" not in page.content().lower()
