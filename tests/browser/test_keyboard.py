"""From signing up to deleting one's words with the keyboard alone, seeing at every stop where one is."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from forum.models import Community, Post
from tests.browser.conftest import Visit
from tests.browser.test_pages import mailed

MOST_STOPS = 90
STOP = """
() => {
  const here = document.activeElement;
  const drawn = ({outlineStyle, outlineWidth}) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  const seen = each => each && (drawn(getComputedStyle(each)) || drawn(getComputedStyle(each, "::after")));
  const words = here.labels?.length ? [...here.labels].map(label => label.textContent).join(" ")
    : here.getAttribute("aria-label") || here.textContent || here.name || here.id;
  return {
    tag: here.tagName.toLowerCase(),
    words: words.replace(/\\s+/g, " ").trim(),
    visible: Boolean(here === document.body || seen(here) || seen(here.closest(".editor, .thread-row"))),
    html: here.outerHTML.slice(0, 200),
  };
}
"""


class Keys:
    """Hands that know Tab, Enter, Space and letters."""

    def __init__(self, page: Page) -> None:
        self.page, self.keyboard = page, page.keyboard

    def to(self, tag: str, words: str, key: str = "Tab") -> "Keys":
        """On to the next such element whose label or text begins like this."""
        passed = []
        for _ in range(MOST_STOPS):
            self.keyboard.press(key)
            stop = self.page.evaluate(STOP)
            assert stop["visible"], f"no focus to be seen: {stop['html']}"
            if stop["tag"] == tag and re.match(words, stop["words"]):
                return self
            passed.append(f"{stop['tag']} {stop['words'][:30]}")
        raise AssertionError(f"{tag} {words!r} was not among {passed}")

    def type(self, words: str) -> "Keys":
        self.keyboard.type(words)
        return self

    def press(self, key: str = "Enter") -> "Keys":
        self.keyboard.press(key)
        return self

    def follow(self, pattern: str, key: str = "Enter") -> "Keys":
        """Press, and be on another page."""
        self.keyboard.press(key)
        self.page.wait_for_url(re.compile(pattern), wait_until="domcontentloaded")
        return self

    def write(self, words: str) -> "Keys":
        """In the editor, which takes the field over when it is reached."""
        self.page.locator("[role=textbox].ProseMirror").wait_for()
        expect(self.page.locator("[role=textbox].ProseMirror")).to_be_focused()
        return self.type(words)


def sign_up(keys: Keys) -> None:
    keys.to("a", "Sign in").follow("/accounts/login/").to("a", "[Ss]ign up|Create").follow("/accounts/signup/")
    keys.to("input", "Your name").type("Nela Nowak")
    keys.to("input", ".*mail").type("nela@cast.example").to("input", "Password").type("a-very-good-password")
    keys.follow("/confirm-email/")
    keys.to("input", "Code").type(mailed("nela@cast.example")).press()
    keys.page.wait_for_url(lambda url: "accounts" not in url)


def test_a_first_evening(open_house: Community, thread_in: Any, visit: Callable[..., Visit]) -> None:
    thread_in(open_house, 2)
    page = visit().open("/")
    keys = Keys(page)
    sign_up(keys)
    keys.to("a", "Communities").follow("/communities/$").to("a", "Open house").follow("/c/open-house/$")
    keys.to("button", "Join").follow("/welcome/$").to("a", "Go to the threads").follow("/c/open-house/$")
    keys.to("a", "What the estate gave us").follow("/threads/")
    keys.to("textarea", "Text").write("I bring a lamp.").press("Control+Enter")
    page.wait_for_url(re.compile("#post-"))
    post = Post.objects.get(number=3)
    expect(page.locator(f"#post-{post.pk}")).to_contain_text("I bring a lamp.")
    edit_quote_and_delete(keys, post)


def edit_quote_and_delete(keys: Keys, post: Post) -> None:
    page = keys.page
    page.locator(f"#by-{post.pk}").focus()  # where the address led: a link to the post itself
    keys.to("a", "Change").follow("/edit/$")
    page.locator("[role=textbox].ProseMirror").wait_for()
    keys.to("div", "Text").press("Control+End").type(" And a chair.").to("button", "Save").press()
    page.wait_for_url(re.compile("#post-"))
    expect(page.locator(f"#post-{post.pk}")).to_contain_text("I bring a lamp. And a chair.")
    page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    keys.to("a", "Quote").press()
    keys.write("Tea it was.").press("Control+Enter")
    page.wait_for_url(re.compile(rf"#post-(?!{post.pk})"))
    quoting = Post.objects.get(number=4)
    expect(page.locator(f"#post-{quoting.pk} .quote")).to_be_visible()
    page.locator(f"#by-{quoting.pk}").focus()
    keys.to("summary", "More").press().to("a", "Delete").follow("/deletion/$")
    keys.to("button", "Delete the post").press()
    expect(page.locator(f"#post-{quoting.pk}")).to_contain_text("took this post back")
