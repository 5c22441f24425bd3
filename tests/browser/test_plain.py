"""Without JavaScript: reading, signing in, writing, changing, thanking, starting a thread, adding a picture."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum.models import Community, Picture, Post, Thread
from tests.browser.conftest import Visit


@pytest.fixture
def page(author: Member, open_house: Community, thread_in: Any, visit: Callable[..., Visit]) -> Page:
    """A visitor's, on a thread by the author of three posts."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=author, email=author.email, verified=True, primary=True)
    return visit(java_script_enabled=False).open(thread_in(open_house, 3).get_absolute_url())


def test_a_visit(page: Page, author: Member, open_house: Community, tmp_path: Path) -> None:
    expect(page.locator("#posts > article")).to_have_count(3)
    expect(page.locator("#posts")).to_contain_text("We began with tea.")
    page.get_by_role("link", name="Sign in to reply").click()
    page.get_by_label(re.compile("mail", re.IGNORECASE)).fill(author.email)
    page.get_by_label(re.compile("Password")).fill("a-good-password")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    thread = Thread.objects.get()
    expect(page).to_have_url(re.compile(re.escape(thread.get_absolute_url())))
    preview_and_reply(page)
    change(page)
    thank(page)
    start(page, open_house, tmp_path)


def preview_and_reply(page: Page) -> None:
    page.locator("textarea[name=body]").fill("We had *seven* cups.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("article em")).to_have_text("seven")
    assert not Post.objects.filter(number=4).exists()
    page.get_by_role("link", name="Back to writing").click()
    expect(page.locator("textarea[name=body]")).to_have_value("We had *seven* cups.")
    page.locator("#reply").get_by_role("button", name="Reply").click()
    expect(page.locator("#posts > article").last).to_contain_text("We had seven cups.")
    expect(page.locator("textarea[name=body]")).to_have_value("")


def change(page: Page) -> None:
    page.locator("#posts > article").last.get_by_role("link", name="More").click()
    page.get_by_role("link", name="Change your post").click()
    page.locator("textarea[name=body]").fill("We had *eight* cups.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#posts > article").last).to_contain_text("We had eight cups.")


def thank(page: Page) -> None:
    page.locator("#posts > article").first.get_by_role("link", name="More").click()
    page.get_by_role("button", name="Thank you").click()
    expect(page.locator("#posts > article").first.locator(".reaction-count")).to_have_text("1")


def start(page: Page, house: Community, folder: Path) -> None:
    picture = folder / "cups.png"
    Image.new("RGB", (120, 80), "seagreen").save(picture)
    page.locator("#thread-head").get_by_role("link", name=house.name).click()
    page.get_by_role("link", name="Start a thread").click()
    page.get_by_label(re.compile("Title")).fill("Eight cups")
    page.locator("textarea[name=body]").fill("Here they are.")
    page.get_by_text("Add a picture").click()
    page.locator("input[type=file]").set_input_files(picture)
    page.locator("textarea[name=picture_alt]").fill("Eight cups on a wall")
    page.get_by_role("button", name="Add to the text").click()
    expect(page.locator("textarea[name=body]")).to_have_value(
        re.compile("Here they are.*Eight cups on a wall", re.DOTALL)
    )
    expect(page.get_by_label(re.compile("Title"))).to_have_value("Eight cups")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("h1")).to_have_text("Eight cups")
    shown = page.get_by_role("img", name="Eight cups on a wall")
    expect(shown).to_have_attribute("src", Picture.objects.get().get_absolute_url())
    address = page.url.split("/threads/")[0] + Picture.objects.get().get_absolute_url()
    assert page.context.request.get(address).status == 200
