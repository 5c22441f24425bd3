"""What a visitor's page weighs on the wire, and that the editor comes only to who writes; and the README's picture."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import Member
from forum.management.demo import seeding
from forum.threads.models import Thread
from tests.browser.conftest import Visit
from tests.realtime.served import ROOT

SCREENSHOT = ROOT / "docs" / "screenshot.png"
ENGINE = "django_prose_editor"


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True
    seeding.build(lambda words: None)


class Scales:
    """Every answer's bytes as they travelled, with their heads: {address: (kind, bytes)}."""

    def __init__(self, page: Page) -> None:
        self.weights: dict[str, tuple[str, int]] = {}
        self.asked: dict[str, tuple[str, str]] = {}
        line = page.context.new_cdp_session(page)
        line.on("Network.responseReceived", self.begins)
        line.on("Network.loadingFinished", self.ends)
        line.send("Network.enable")

    def begins(self, event: dict[str, Any]) -> None:
        self.asked[event["requestId"]] = (event["response"]["url"], event["type"])

    def ends(self, event: dict[str, Any]) -> None:
        url, kind = self.asked.get(event["requestId"], ("", "Other"))
        self.weights[url] = (kind, int(event["encodedDataLength"]))

    def total(self, *kinds: str) -> int:
        return sum(weight for kind, weight in self.weights.values() if not kinds or kind in kinds)

    def __str__(self) -> str:
        lines = sorted(self.weights.items(), key=lambda item: -item[1][1])
        return "\n".join(f"{weight:7} {kind:10} {url}" for url, (kind, weight) in lines)


def test_a_thread_of_twenty_posts_is_light(demo: None, visit: Callable[..., Visit]) -> None:
    thread = Thread.objects.order_by("-last_number").first()
    assert thread
    here = visit()
    page = here.context.new_page()
    scales = Scales(page)
    page.goto(here.url + thread.get_absolute_url(), wait_until="networkidle")
    assert page.locator("#posts > article").count() == 20
    pictures = sum(weight for url, (_, weight) in scales.weights.items() if "/pictures/" in url)
    print(f"\n{scales}\nall {scales.total() - pictures}, CSS and JS {scales.total('Stylesheet', 'Script')}")
    assert scales.total() - pictures <= 60_000, f"\n{scales}"
    assert scales.total("Stylesheet", "Script") <= 35_000, f"\n{scales}"


def test_the_editor_comes_when_it_is_wanted(demo: None, visit: Callable[..., Visit]) -> None:
    thread = Thread.objects.filter(lock=None).order_by("-last_number").first()
    assert thread
    here = visit(Member.objects.get(email=seeding.address("animator")))
    page = here.context.new_page()
    scales = Scales(page)
    page.goto(here.url + thread.get_absolute_url(), wait_until="networkidle")
    assert page.locator("textarea[name=body]").count() == 1
    assert not [url for url in scales.weights if ENGINE in url or "/editor" in url]
    page.locator("textarea[name=body]").focus()
    page.locator("[role=textbox].ProseMirror").wait_for()
    assert [url for url in scales.weights if ENGINE in url]


def test_the_picture_of_the_readme(request: pytest.FixtureRequest) -> None:
    """`COURTYARD_SCREENSHOT=1` takes it anew; otherwise it has to be there."""
    if os.environ.get("COURTYARD_SCREENSHOT"):
        request.getfixturevalue("demo")
        visit = request.getfixturevalue("visit")
        thread = Thread.objects.filter(language="en", community__slug="ecoc-family").order_by("-last_number").first()
        assert thread
        reader = Member.objects.get(email=seeding.address("steward"))
        options = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
        page = visit(reader, **options).open(thread.get_absolute_url())
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SCREENSHOT)
    assert SCREENSHOT.read_bytes().startswith(b"\x89PNG\r\n")
    assert SCREENSHOT.stat().st_size <= 300_000
