"""A long form that came back, on a phone: one lands at what is wrong, and a link leads to each wrong field."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum.models import Community
from tests.browser.conftest import Visit
from tests.browser.test_pages import PHONE

SUMMARY = "main [role=alert]"


def leads(page: Page, label: str) -> None:
    """The summary has the focus, and its link brings the field called `label` into view, ready to be mended."""
    expect(page.locator(SUMMARY)).to_be_focused()
    expect(page.locator(SUMMARY)).to_be_in_viewport()
    page.locator(SUMMARY).get_by_role("link", name=re.compile(label)).click()
    field = page.locator("main form [aria-invalid=true]").first
    expect(field).to_be_in_viewport(ratio=1)
    expect(field).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_signing_up(visit: Callable[..., Visit], author: Member, scripts: bool) -> None:
    page = visit(viewport=PHONE, java_script_enabled=scripts).open("/accounts/signup/")
    page.get_by_label(re.compile("Your name")).fill("Nela Nowak")
    page.get_by_label(re.compile("mail")).fill("nela@cast.example")
    page.locator("input[type=password]").fill("1234")
    page.get_by_role("main").get_by_role("button").last.click()
    leads(page, "Password")


@pytest.mark.parametrize("scripts", [True, False])
def test_settings(visit: Callable[..., Visit], steward: Member, open_house: Community, scripts: bool) -> None:
    page = visit(steward, viewport=PHONE, java_script_enabled=scripts).open(
        reverse("community_settings", args=[open_house.slug])
    )
    name = page.locator("main form input[name^=name]:visible").first
    name.evaluate("field => field.removeAttribute('maxlength')")
    name.fill("x" * 300)
    page.get_by_role("button", name="Save").click()
    leads(page, ".")


def test_a_new_thread(visit: Callable[..., Visit], neighbour: Member, open_house: Community) -> None:
    """The editor's page sends by itself and stays: the first wrong field has the focus."""
    page = visit(neighbour, viewport=PHONE).open(reverse("new_thread", args=[open_house.slug]))
    page.locator("textarea[name=body]").click()
    page.locator("[role=textbox].ProseMirror").wait_for()
    page.keyboard.type("We need twelve tables.")
    page.locator("[data-send]").click()
    title = page.get_by_label(re.compile("Title"))
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport(ratio=1)
    expect(page.locator(".field-error")).to_be_in_viewport()
