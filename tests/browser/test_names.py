""" "[[" and the beginning of a name offer methods, by keyboard alone; one that is told later shows in the open page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from accounts.models import Member
from forum.models import Community, Thread
from tests.methods.cards import published


def test_a_method_is_named_while_typing_and_another_is_told_later(
    visit: Callable[..., Any],
    author: Member,
    neighbour: Member,
    open_house: Community,
    thread_in: Callable[..., Thread],
) -> None:
    method, thread = published(author, open_house), thread_in(open_house)
    page = visit(neighbour).open(thread.get_absolute_url())
    field = page.locator("form#reply textarea[name=body]")
    field.focus()
    editor = page.locator("form#reply .editor [role=textbox]")
    expect(editor).to_be_focused()
    page.keyboard.type("Like [[cou")
    option = page.get_by_role("listbox", name="Methods to name").get_by_role("option")
    expect(option).to_have_text("Soup in the courtyard Open house")
    expect(editor).to_have_attribute("aria-activedescendant", "reply-methods-0")
    page.keyboard.press("Enter")
    expect(option).to_have_count(0)
    page.keyboard.type("or [[Tea at noon]].")
    page.get_by_role("button", name="Reply", exact=True).last.click()
    post = page.locator("#posts article.post").last
    expect(post.get_by_role("link", name="Soup in the courtyard")).to_have_attribute("href", method.get_absolute_url())
    expect(post.get_by_role("link", name="not told yet: tell it")).to_be_visible()
    later = published(author, open_house, title="Tea at Noon")
    expect(post.get_by_role("link", name="Tea at Noon")).to_have_attribute("href", later.get_absolute_url())
    page.goto("about:blank")
