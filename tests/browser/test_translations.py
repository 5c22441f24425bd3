"""Reading in one's own language, and choosing with the counts at hand."""

from collections.abc import Callable

from playwright.sync_api import expect

from accounts.models import Member
from forum.communities.models import Community
from forum.models import TranslationState
from tests.browser.conftest import Visit
from tests.browser.test_pages import PHONE
from tests.methods.cards import published
from tests.methods.translated import said


def test_a_card_in_ones_own_language_and_the_original_one_click_away(
    visit: Callable[..., Visit], author: Member, neighbour: Member, open_house: Community
) -> None:
    method = published(author, open_house)
    said(method, neighbour)
    page = visit(None, locale="de", viewport=PHONE).open(method.get_absolute_url())
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Suppe im Hof")
    expect(heading).to_have_attribute("lang", "de")
    page.locator(".method-reading a").first.click()
    expect(heading).to_have_text("Soup in the courtyard")
    expect(page.locator(".method-tongues [aria-current]")).to_have_text("English")
    page.locator(".method-tongues").get_by_role("link", name="Deutsch").click()
    expect(heading).to_have_text("Suppe im Hof")


def test_translating_goes_on_where_it_stopped(
    visit: Callable[..., Visit], author: Member, neighbour: Member, open_house: Community
) -> None:
    method = published(author, open_house)
    page = visit(neighbour).open(method.get_absolute_url())
    page.locator(".method-tongues").get_by_role("link", name="Deutsch").click()
    page.wait_for_url("**/in/de/edit/")  # with its modules: what is typed before them is kept with the next key
    page.get_by_label("Title").fill("Suppe im Hof")
    with page.expect_response(lambda answer: "Topf" in (answer.request.post_data or "")):
        page.get_by_label("Summary").fill("Ein Topf für alle.")
        page.get_by_label("Summary").blur()
    expect(page.locator("[data-saved]")).to_contain_text("draft saved")
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Suppe im Hof")
    page.get_by_role("button", name="Publish the translation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Suppe im Hof")
    assert TranslationState.objects.get().texts["summary"] == "Ein Topf für alle."


def test_while_choosing_the_library_says_how_many_there_are(
    visit: Callable[..., Visit], author: Member, open_house: Community
) -> None:
    published(author, open_house, purposes=("meet",))
    published(author, open_house, title="For many", group_min=50, group_max=90)
    here = visit()
    page = here.open("/methods/")
    status = page.locator("[data-fits]")
    expect(status).to_be_empty()
    page.get_by_text("More choices").click()
    page.locator(".library-list > summary").first.click()
    meeting = page.locator("input[name=purpose][value=meet]")
    expect(page.locator("label", has=meeting).locator(".choice-count")).to_have_text("1")
    page.get_by_label("People", exact=True).fill("60")
    expect(status).to_have_text("1 method")
    page.get_by_label("People", exact=True).fill("20")
    meeting.check()
    expect(status).to_have_text("1 method")
    page.get_by_label("People", exact=True).fill("9000")
    expect(status).to_have_text("No method says all of this")
    page.context.set_offline(True)
    page.get_by_label("People", exact=True).fill("9")
    expect(status).to_be_empty()
    page.context.set_offline(False)
    page.locator(".library-foot").get_by_role("button", name="Find").click()
    expect(page.locator(".method-row")).to_have_count(1)
