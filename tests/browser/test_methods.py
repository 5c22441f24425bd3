"""Methods as people meet them: told by keyboard, tried from a phone, read live, printed."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum import changes
from forum.communities.models import Community
from forum.drafts.models import Draft
from forum.files.actions import keep_picture
from forum.methods import actions
from forum.methods.card import CardPicture, Step
from forum.models import Method, Picture, Try
from tests.browser.conftest import PATIENCE, Visit
from tests.browser.test_equality import NORMAL, SEEN
from tests.browser.test_pages import DESK, PHONE, faults
from tests.house.walk import tiny_png
from tests.methods.cards import published, soup
from tests.methods.translated import said

QUICK = {"people": 18, "again": "yes", "sentence": "It rained, and nobody left."}


def tried(method: Method, member: Member, **more: Any) -> Try:
    version = method.versions.get(number=method.version)
    return actions.tell_try(member=member, version=version, month=date(2025, 6, 1), **{**QUICK, **more})


def revised(method: Method, **changed: Any) -> None:
    card = soup(**changed)
    actions.revise_method(
        editor=method.author, method=method, card=card, body=None, based_on=method.version, note="Larger"
    )


def adapted(method: Method, member: Member) -> None:
    parent = method.versions.get(number=method.version)
    card = soup(title="Soup for <forty>")
    actions.adapt_method(
        author=member, parent=parent, community=method.community, card=card, body=None, why="We were forty."
    )


def test_the_sixty_second_report_from_a_phone(
    visit: Callable[..., Visit], author: Member, neighbour: Member, open_house: Community
) -> None:
    """Five taps and one sentence: the door, how many, the sentence, whether again, and telling it."""
    method = published(author, open_house)
    page = visit(neighbour, viewport=PHONE, has_touch=True, is_mobile=True).open(method.get_absolute_url())
    taps = 0

    def tap(what: Any) -> None:
        nonlocal taps
        taps += 1
        what.tap()

    tap(page.get_by_role("link", name="We tried it"))
    tap(page.get_by_label(re.compile("How many people")))
    page.keyboard.type("18")
    tap(page.get_by_label("yes, with changes"))
    tap(page.get_by_label(re.compile("in one sentence")))
    page.keyboard.type("It rained, and nobody left.")
    tap(page.get_by_role("button", name="Tell it"))
    expect(page.locator(".try")).to_contain_text("It rained, and nobody left.")
    assert taps == 5
    told = Try.objects.get()
    assert (told.people, told.again) == (18, "with_changes")
    assert not Draft.objects.exists()


def test_telling_a_method_by_keyboard_alone(visit: Callable[..., Visit], author: Member, open_house: Community) -> None:
    page = visit(author).open(f"/c/{open_house.slug}/methods/new/")
    page.locator(".step-tools").first.wait_for(state="attached")
    page.get_by_label("What is it called?").focus()
    page.keyboard.type("Soup in the courtyard")
    for words in ("Neighbours cook one pot.", "So that people have talked once."):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator("#step-0-title").evaluate("each => each === document.activeElement")
    page.keyboard.type("Cook")
    page.keyboard.press("Tab")
    page.keyboard.type("Everyone brings one thing.")
    page.get_by_role("button", name="Add a step").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Invite")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".steps .step-said")).to_have_text("Now step 1 of 2.")
    page.get_by_role("button", name="Publish").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Soup in the courtyard")
    card = Method.objects.get().versions.get().card
    assert [step.title for step in card.steps] == ["Invite", "Cook"]
    assert not Draft.objects.exists()


def rows(page: Page) -> list[str]:
    return page.locator(".step-row input[name$=title]").evaluate_all("all => all.map(each => each.value)")


def test_steps_are_moved_taken_out_and_brought_back(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    method = published(author, open_house, minutes_min=60, minutes_max=60)
    page = visit(author).open(f"/methods/{method.pk}/edit/")
    page.locator(".step-tools").first.wait_for(state="attached")
    assert rows(page) == ["Invite", "Cook", ""]
    assert page.get_by_label("Place in the order").first.is_hidden()
    expect(page.locator(".step-sum")).to_have_text("All steps together: 80–120 minutes. You say 60 for the whole.")
    page.get_by_role("button", name="Move step 2 up").press("Enter")
    assert rows(page) == ["Cook", "Invite", ""]
    page.get_by_role("button", name="Take step 1 out").click()
    assert rows(page) == ["Invite", ""]
    page.locator(".steps .step-said").get_by_role("button", name="Undo").press("Enter")
    assert rows(page) == ["Cook", "Invite", ""]
    handle = page.get_by_role("button", name="Drag step 1 to another place")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), page.locator(".step-row").nth(1).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + end["height"] - 4, steps=5)
    page.mouse.up()
    assert rows(page) == ["Invite", "Cook", ""]
    expect(page.locator(".steps .step-said")).to_have_text("Now step 2 of 2.")


def test_without_javascript_numbers_say_the_order(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    method = published(author, open_house)
    page = visit(author, java_script_enabled=False).open(f"/methods/{method.pk}/edit/")
    page.locator("#step-0-place").fill("9")
    page.get_by_role("button", name="Sort the steps, and more rows").click()
    assert rows(page)[:2] == ["Cook", "Invite"]


def test_what_is_typed_is_there_on_another_device(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    address = f"/c/{open_house.slug}/methods/new/"
    page = visit(author).open(address)
    page.locator(".step-tools").first.wait_for(state="attached")
    page.get_by_label("What is it called?").fill("Half a soup")
    page.locator("#step-0-title").fill("Invite")
    with page.expect_response(lambda answer: '"once"' in (answer.request.post_data or "")):
        page.get_by_label("tried once").check()
        page.get_by_label("tried once").blur()
    expect(page.locator("[data-saved]")).to_contain_text("draft saved")
    expect(page.get_by_role("button", name="Delete the draft")).to_be_visible()
    other = visit(author).open(address)
    expect(other.get_by_label("What is it called?")).to_have_value("Half a soup")
    expect(other.locator("#step-0-title")).to_have_value("Invite")
    expect(other.get_by_label("How many people, about?")).to_be_visible()


def test_a_session_that_ends_while_writing_loses_nothing(
    visit: Callable[..., Visit], author: Member, neighbour: Member, open_house: Community
) -> None:
    method = published(author, open_house)
    here = visit(neighbour)
    page = here.open(f"/methods/{method.pk}/tries/new/")
    page.get_by_label(re.compile("How many people")).fill("18")
    page.get_by_label(re.compile("in one sentence")).fill("It rained.")
    here.context.clear_cookies()
    page.get_by_role("button", name="Tell it").click()
    expect(page.locator("[data-saved]")).to_contain_text("signed out")
    expect(page.get_by_label(re.compile("in one sentence"))).to_have_value("It rained.")


def test_a_card_is_one_page_of_paper(visit: Callable[..., Visit], author: Member, open_house: Community) -> None:
    """Eight steps of the length the form allows, in black on white, and nothing of the screen around them."""
    steps = tuple(
        Step(title=f"Step number {n}", text="so " * 79 + "on.", minutes_min=n, minutes_max=n + 5) for n in range(8)
    )
    method = published(author, open_house, steps=steps, purpose="So that " * 49 + "it fits.")
    tried(method, author)
    here = visit()
    page = here.open(method.get_absolute_url())
    page.emulate_media(media="print")
    for gone in (".tries", ".site-nav", ".side", ".family"):
        assert page.locator(gone).first.is_hidden()
    expect(page.locator(".method-sheet")).to_contain_text(re.compile(rf"version 1, .* · .*/m/{method.pk}/"))
    code = page.locator(".method-code")
    expect(code).to_be_visible()
    assert code.evaluate("each => each.complete && each.naturalWidth > 0")
    small = page.locator("#card *").evaluate_all(
        "all => all.filter(each => each.checkVisibility() && each.textContent.trim()"
        " && parseFloat(getComputedStyle(each).fontSize) < 13.3).map(each => each.outerHTML)"
    )
    assert small == []
    paper = page.pdf(prefer_css_page_size=True)
    (sheet,) = pypdf.PdfReader(io.BytesIO(paper)).pages
    words = " ".join(sheet.extract_text().split())
    assert all(f"Step number {n}" in words for n in range(8))
    assert f"/m/{method.pk}/" in words
    assert page.request.get(f"{here.url}/methods/{method.pk}/card.pdf").headers["content-type"] == "application/pdf"


REGIONS = ["#card", "#facts", "#tries", "#family"]


def grown(method: Method) -> None:
    told = Try.objects.get()
    actions.grow_try(member=told.member, told=told, city="Łódź", minutes=95, did_not_work="The <pot> burnt.")


def withdrawn(method: Method) -> None:
    told = Try.objects.get()
    actions.withdraw_try(by=told.member, told=told)


def redacted(method: Method) -> None:
    actions.redact_method(by=method.author, method=method, words="Neighbours", reason="A name")


def unpictured(method: Method, by: Member) -> None:
    actions.remove_picture(by=by, method=method, picture=Picture.objects.get().pk, reason="They were asked.")


DEEDS: dict[str, Callable[[Method, Member], object]] = {
    "revise_method": lambda method, member: revised(method, title="Soup <in> the yard", group_max=45),
    "tell_try": lambda method, member: tried(method, member, is_nameless=True),
    "grow_try": lambda method, member: grown(method),
    "withdraw_try": lambda method, member: withdrawn(method),
    "adapt_method": adapted,
    "redact_method": lambda method, member: redacted(method),
    "translate_method": said,
    "check_translation": lambda method, member: actions.check_translation(
        by=member, translation=method.translations.get(), number=1
    ),
    "remove_translation": lambda method, member: actions.remove_translation(
        by=member, translation=method.translations.get(), reason="Something else"
    ),
    "remove_picture": unpictured,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_open_card_becomes_the_card_loaded_afresh(
    deed: str, look: Callable[..., Visit], author: Member, neighbour: Member, moderator: Member, open_house: Community
) -> None:
    """As a visitor, as its author, and as the one who tried it."""
    method = published(author, open_house)
    if deed == "remove_picture":
        picture = keep_picture(uploader=author, file=io.BytesIO(tiny_png()), size=10)
        revised(method, pictures=(CardPicture(id=str(picture.pk), alt="A pot"),))
    if deed in {"grow_try", "withdraw_try"}:
        tried(method, neighbour)
    address = method.get_absolute_url()
    if deed in {"check_translation", "remove_translation"}:
        said(method, neighbour, is_by_machine=True)
        address = f"/methods/{method.pk}/in/de/"
    visits = [look(who) for who in (None, author, neighbour)]
    pages = [visit.open(address) for visit in visits]
    for page in pages:
        page.wait_for_load_state("load")  # a picture on its way while it is removed is a complaint
    before = [page.evaluate(NORMAL, REGIONS) for page in pages]
    DEEDS[deed](method, moderator)
    stream = f"method:{method.pk}"
    for visit, page, was in zip(visits, pages, before, strict=True):
        fresh = visit.open(page.url)
        wanted = fresh.evaluate(NORMAL, REGIONS)
        visit.idle.append(fresh)
        assert wanted != was
        page.wait_for_function(SEEN, arg={stream: changes.head_of(stream)})
        becomes(page, wanted)
        assert visit.complaints == []


def becomes(page: Page, wanted: dict[str, list[str]]) -> None:
    """A region asked for again takes a moment."""
    for _ in range(PATIENCE // 300):
        shown = page.evaluate(NORMAL, REGIONS)
        if shown == wanted:
            return
        page.wait_for_timeout(100)
    assert shown == wanted


def test_every_page_of_methods_by_day_and_by_night(
    look: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    method = published(author, open_house, materials=(), tips="Bring salt.")
    told = tried(method, author)
    said(method, author, is_by_machine=True)
    revised(method, title="Soup for the whole yard")
    adapted(method, author)
    here = look(author)
    method.refresh_from_db()
    wrong: dict[str, list[str]] = {}
    addresses = [
        "/methods/",
        method.get_absolute_url(),
        f"/c/{open_house.slug}/methods/new/",
        *(f"/methods/{method.pk}/{tail}" for tail in ("edit/", "versions/", "adaptations/new/", "tries/new/")),
        f"/tries/{told.pk}/edit/",
        *(f"/methods/{method.pk}/in/de/{tail}" for tail in ("", "edit/")),
    ]
    for address in addresses:
        page = here.open(address)
        page.set_viewport_size(DESK)
        page.locator(".fold > summary").evaluate_all("all => all.forEach(each => each.click())")
        if found := faults(page):
            wrong[address] = found
        here.idle.append(page)
    assert wrong == {}
