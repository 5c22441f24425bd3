"""Answering a post far up a long thread: what one answers stays a press away, before and after sending."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum.models import Community, Post, Thread
from tests.browser.conftest import Visit
from tests.browser.test_pages import PHONE


@pytest.fixture
def thread(open_house: Community, thread_in: Callable[..., Thread]) -> Thread:
    return thread_in(open_house, 20)


def goes_back(page: Page, post: Post, name: str) -> None:
    page.get_by_role("link", name=name).last.click()
    expect(page.locator(f"#post-{post.pk}")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(rf"#post-{post.pk}$"))


def test_there_and_back(thread: Thread, visit: Callable[..., Visit], neighbour: Member) -> None:
    post = thread.posts.get(number=12)
    page = visit(neighbour, viewport=PHONE).open(thread.get_absolute_url())
    page.locator(f"#post-{post.pk} .reply-button").click()
    editor = page.locator("[role=textbox].ProseMirror")
    expect(editor).to_be_focused()
    expect(page.locator(".answering")).to_contain_text("You are answering Author, post 12.")
    page.keyboard.type("A lamp.")
    goes_back(page, post, "Back to post 12")
    expect(editor).to_have_text("A lamp.")  # nothing was lost on the way
    page.locator("[data-send]").click()
    page.wait_for_url(re.compile(r"from=21#post-\d+$"))
    answer = Post.objects.get(thread=thread, number=21)
    expect(page.locator(f"#post-{answer.pk}")).to_be_in_viewport()
    goes_back(page, post, "to Author, 12")


def test_without_scripts(thread: Thread, visit: Callable[..., Visit], neighbour: Member) -> None:
    post = thread.posts.get(number=12)
    page = visit(neighbour, java_script_enabled=False).open(f"/posts/{post.pk}/reply/")
    expect(page.locator("#answering")).to_contain_text("You are answering Author, post 12.")
    goes_back(page, post, "Back to post 12")
