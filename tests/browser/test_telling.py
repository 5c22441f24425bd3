"""Tell, on a phone with a photo and without JavaScript; wishes for cards, and the cards made, on open pages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from accounts.models import Member
from forum import changes, text
from forum.methods import actions
from forum.models import Community, Draft, Method, Thread
from forum.threads import actions as threads
from tests.browser.conftest import Visit
from tests.browser.test_equality import SEEN
from tests.methods.cards import soup

PHONE = {"width": 360, "height": 640}
SAID = "We put a table on the stairs. Everybody who came home sat down."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    Image.new("RGB", (640, 480), "brown").save(tmp_path / "photo.jpg")
    return tmp_path / "photo.jpg"


def test_from_a_phone_a_photo_and_two_sentences_become_a_method(
    visit: Callable[..., Visit], author: Member, open_house: Community, photo: Path
) -> None:
    here = visit(author, viewport=PHONE, has_touch=True)
    page = here.open("/")
    page.get_by_role("link", name="Tell", exact=True).click()
    page.get_by_label("Photos").set_input_files(photo)
    page.get_by_role("dialog").get_by_role("textbox").fill("A table between two doors")
    page.get_by_role("button", name="Add the picture").click()
    expect(page.locator(".editor-text img[src]")).to_be_visible()
    page.get_by_role("textbox", name="And in your words").press("Control+End")
    page.keyboard.type(SAID)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Open house")).to_be_checked()
    expect(page.get_by_text("Everyone on the internet will be able to read this.")).to_be_visible()
    page.get_by_label("A way others can repeat").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label(re.compile("What is it called"))).to_have_value("We put a table on the stairs")
    expect(page.get_by_label("Or in your own words")).to_have_value(
        re.compile(rf"^!\[A table between two doors\]\(/pictures/\S+/\)\n\n{re.escape(SAID)}$")
    )
    assert not Method.objects.exists()
    page.go_back()
    page.get_by_role("link", name="Back to my words").click()
    expect(page.locator(".editor-text")).to_contain_text(SAID)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("A way others can repeat").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label(re.compile("What is it for")).fill("So that neighbours talk.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#card")).to_contain_text(SAID)
    expect(page.locator("#card img:not(.method-code)")).to_have_attribute("alt", "A table between two doors")
    assert not Draft.objects.exists()
    assert here.complaints == []


def test_a_photo_chosen_before_the_modules_arrive_is_taken_when_they_do(
    visit: Callable[..., Visit], author: Member, open_house: Community, photo: Path
) -> None:
    page = visit(author, viewport=PHONE).context.new_page()
    held: list[Route] = []
    page.route("**/js/composer.*js", lambda route: held.append(route))  # noqa: PLW0108  Playwright wants a function
    page.goto(f"{visit().url}/tell/", wait_until="commit")
    page.get_by_label("Photos").set_input_files(photo)
    while not held:
        page.wait_for_timeout(20)
    for each in held:
        each.continue_()
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()


def test_without_javascript_it_becomes_a_conversation(
    visit: Callable[..., Visit], author: Member, open_house: Community, photo: Path
) -> None:
    page = visit(author, viewport=PHONE, java_script_enabled=False).open("/methods/")
    page.get_by_role("link", name="Tell", exact=True).click()
    page.get_by_label("Photos").set_input_files(photo)
    page.locator("textarea[name=body]").fill(SAID)
    page.get_by_role("button", name="Next").click()
    page.get_by_label(re.compile("What can be seen in it")).fill("A table between two doors")
    page.get_by_label(re.compile("A conversation")).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label(re.compile("Title"))).to_have_value("We put a table on the stairs")
    assert not Thread.objects.exists()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#posts > article")).to_contain_text(SAID)
    expect(page.locator("#posts img")).to_have_attribute("alt", "A table between two doors")
    assert not Draft.objects.exists()


def caught_up(page: Page, *streams: str) -> None:
    page.wait_for_function(SEEN, arg={stream: changes.head_of(stream) for stream in streams})


def test_wishes_and_their_cards_come_by_themselves(
    look: Callable[..., Visit], author: Member, neighbour: Member, open_house: Community
) -> None:
    body = text.clean(SAID, "markdown")
    thread = threads.start_thread(author=author, community=open_house, title="Tea", body=body, language="en")
    post = thread.posts.get()
    visits = [look(author), look(neighbour), look()]
    mine, theirs = (visit.open("/") for visit in visits[:2])
    open_thread = visits[2].open(thread.get_absolute_url())
    wish = actions.wish_card(member=neighbour, post=post)
    expect(mine.locator("#wishes")).to_contain_text("Neighbour would like to make a card")
    actions.answer_wish(by=author, wish=wish, answer="yes")
    caught_up(mine, f"member:{author.pk}")
    expect(mine.locator("#wishes")).not_to_contain_text("Neighbour")
    expect(theirs.locator("#wishes")).to_contain_text("Author said yes")
    actions.publish_method(author=neighbour, community=open_house, card=soup(), body=None, of=post)
    expect(open_thread.locator(f"#post-{post.pk} .post-card a")).to_have_text("Soup in the courtyard")
    expect(theirs.locator("#wishes")).not_to_contain_text("said yes")
    assert [visit.complaints for visit in visits] == [[], [], []]
