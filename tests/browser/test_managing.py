"""Managing threads by the keyboard and by the thumb: choose, do, undo; what was done is said."""

from collections.abc import Callable

from playwright.sync_api import expect

from accounts.models import Member
from forum.models import Community, Lock, Pin, Thread
from forum.threads import actions
from tests.browser.conftest import Visit
from tests.browser.equality import words
from tests.browser.test_pages import PHONE


def test_by_the_keyboard(
    look: Callable[..., Visit], moderator: Member, open_house: Community, thread_in: Callable[..., Thread]
) -> None:
    """A row that changes meanwhile keeps its mark; the bar is said once, and gives everything back."""
    first, second = (thread_in(open_house, title=title) for title in ("One", "Two"))
    visit = look(moderator)
    page = visit.open(f"{open_house.get_absolute_url()}?select=1")
    for title in ("One", "Two"):
        page.get_by_label(f"Choose: {title}").press("Space")
    actions.reply(author=moderator, thread=first, body=words("Meanwhile."))
    expect(page.locator(f"#thread-{first.pk} .thread-count")).to_contain_text("1 reply")
    expect(page.get_by_label("Choose: One")).to_be_checked()
    page.get_by_label("Reason").fill("It is over.")
    page.keyboard.press("Enter")
    expect(page.locator("#live-status")).to_contain_text("2 threads are done.")
    assert Lock.objects.count() == 2
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("Undone in 2 threads.")).to_be_visible()
    assert not Lock.objects.exists()
    assert second.title == "Two"
    assert visit.complaints == []


def test_by_the_thumb_without_scripts(
    visit: Callable[..., Visit], moderator: Member, open_house: Community, thread_in: Callable[..., Thread]
) -> None:
    thread_in(open_house, title="One")
    page = visit(moderator, viewport=PHONE, java_script_enabled=False).open(f"{open_house.get_absolute_url()}?select=1")
    box = page.locator(".pick").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    page.locator(".pick").click()
    button = page.get_by_role("button", name="Do it")
    expect(button).to_be_in_viewport()  # within reach as soon as one is chosen
    page.get_by_label("With the chosen").select_option("pin")
    button.click()
    assert Pin.objects.count() == 1
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert not Pin.objects.exists()
