"""The composer in a real browser: what is typed is kept, sent once, and formatted without a sign to learn."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import Member
from forum import text
from forum.models import Community, Draft, Post, Thread
from forum.threads import actions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="NO CHROMIUM WAS FOUND: the composer is not tested in a browser"),
]
EDITOR = "[role=textbox].ProseMirror"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def thread(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_house: Community, thread_in: Any
) -> Thread:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop stands in this thread
    settings.MEDIA_ROOT = tmp_path
    return thread_in(open_house)


class Visit:
    """A member's browser on the thread's page, and what its console complained about."""

    def __init__(self, browser: Browser, address: str, client: Client, **options: Any) -> None:
        self.address, self.client = address, client
        self.context: BrowserContext = browser.new_context(locale="en-GB", **options)
        self.complaints: list[str] = []
        self.sign_in()

    def sign_in(self) -> None:
        session = self.client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + path)
        return page


@pytest.fixture
def visit(
    thread: Thread, chromium: Browser, live_server: Any, client_of: Callable[[Member], Client]
) -> Iterator[Callable[..., Visit]]:
    visits: list[Visit] = []

    def visit(member: Member, **options: Any) -> Visit:
        visits.append(Visit(chromium, live_server.url, client_of(member), **options))
        return visits[-1]

    yield visit
    for one in visits:
        one.context.close()


def write(page: Page, words: str) -> None:
    page.locator("textarea[name=body]").click()
    page.locator(EDITOR).wait_for()
    page.keyboard.type(words)


def test_written_formatted_kept_and_sent(visit: Any, thread: Thread, neighbour: Member) -> None:
    here = visit(neighbour)
    page = here.open(thread.get_absolute_url())
    assert not page.locator(EDITOR).count()  # nothing is loaded before somebody writes
    write(page, "We carried the ")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("lamp")
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-saved]")).to_contain_text("draft saved")
    assert Draft.objects.get(member=neighbour).body == "<p>We carried the <strong>lamp</strong></p>"
    page.reload()
    expect(page.locator(EDITOR)).to_have_text("We carried the lamp")
    page.locator(EDITOR).click()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"#post-\d+"))
    post = Post.objects.get(thread=thread, number=2)
    assert post.html == "<p>We carried the <strong>lamp</strong></p>"
    assert not Draft.objects.exists()
    page.wait_for_timeout(300)
    assert not Draft.objects.exists()  # nor does a late save bring it back
    assert not here.complaints
