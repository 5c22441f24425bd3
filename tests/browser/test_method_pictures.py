"""Pictures of a method, as somebody with a keyboard adds, orders and says them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import Member
from forum.communities.models import Community
from forum.drafts.models import Draft
from forum.models import Method
from tests.browser.conftest import Visit
from tests.browser.test_pages import faults
from tests.house.walk import tiny_png


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_pictures_are_added_by_keyboard_and_published(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    page = visit(author).open(f"/c/{open_house.slug}/methods/new/")
    page.locator(".step-tools").first.wait_for(state="attached")
    page.get_by_label("What is it called?").fill("Soup in the courtyard")
    page.get_by_label("In one or two sentences").fill("Neighbours cook one pot.")
    page.get_by_label("What is it for?").fill("So that people have talked once.")
    page.get_by_label("Or in your own words").focus()
    page.locator(".ProseMirror").wait_for()
    page.keyboard.type("Everyone brings one thing, and one pot is enough.")
    page.locator("#pictures > summary").press("Enter")
    page.get_by_label(re.compile("Add pictures")).focus()
    page.locator(":focus").set_input_files(
        [{"name": f"{n}.png", "mimeType": "image/png", "buffer": tiny_png()} for n in (1, 2)]
    )
    expect(page.locator("#picture-alt-1")).to_be_focused()
    assert faults(page) == []
    page.keyboard.type("A ladle")
    page.locator("#picture-alt-0").focus()
    page.keyboard.type("Two cooks")
    page.get_by_label("People can be recognised in it").first.press("Space")
    page.get_by_role("button", name="Move picture 2 up").press("Enter")
    expect(page.locator("#pictures [role=status]")).to_have_text("Now picture 1 of 2.")
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.locator("#picture-consent-1-wrong")).to_contain_text("only when they agreed")
    page.locator("#picture-consent-1").press("Space")
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Soup in the courtyard")
    expect(page.locator(".method-pictures img").first).to_have_js_property("naturalWidth", 4)
    card = Method.objects.get().versions.get().card
    assert [(each.alt, each.people, each.consent) for each in card.pictures] == [
        ("A ladle", False, False),
        ("Two cooks", True, True),
    ]
    assert card.body_format == "html"
    assert not Draft.objects.exists()


def test_a_picture_taken_out_comes_back_and_stands_in_the_draft(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    address = f"/c/{open_house.slug}/methods/new/"
    page = visit(author).open(address)
    page.locator(".step-tools").first.wait_for(state="attached")
    page.locator("#pictures > summary").click()
    page.locator("#add-pictures").set_input_files([{"name": "1.png", "mimeType": "image/png", "buffer": tiny_png()}])
    page.get_by_role("button", name="Take picture 1 out").click()
    expect(page.locator(".picture-row")).to_have_count(0)
    page.locator("#pictures [role=status]").get_by_role("button", name="Undo").press("Enter")
    with page.expect_response(lambda answer: "A ladle" in (answer.request.post_data or "")):
        page.locator("#picture-alt-0").fill("A ladle")
        page.locator("#picture-alt-0").blur()
    other = visit(author).open(address)
    expect(other.locator("#picture-alt-0")).to_have_value("A ladle")
    expect(other.locator(".picture-row > img")).to_have_js_property("naturalWidth", 4)
