"""How the reader learns of what is new: without losing the place, the focus or a word of what is being written."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import Member
from forum import text
from forum.models import Community, Membership, Thread
from forum.threads import actions
from tests.browser.conftest import Visit

LONG = "A long word about the courtyard. " * 40


def reply(thread: Thread, author: Member, words: str) -> int:
    return actions.reply(author=author, thread=thread, body=text.clean(words, "markdown")).pk


def open_thread(visit: Visit, thread: Thread) -> Page:
    page = visit.open(thread.get_absolute_url())
    page.wait_for_function("document.querySelector('.live-controls') !== null")
    return page


def to_the_end(page: Page) -> None:
    page.evaluate("document.querySelector('#posts > article:last-child').scrollIntoView({block: 'end'})")


def test_at_the_end_replies_simply_appear(visit, neighbour, open_house: Community, thread_in) -> None:
    thread = thread_in(open_house, posts=2)
    page = open_thread(visit(), thread)
    to_the_end(page)
    pk = reply(thread, neighbour, "Here I am.")
    expect(page.locator(f"#post-{pk}")).to_be_visible()
    expect(page.locator("#live-status")).to_have_text("1 new reply")
    expect(page.locator("#count")).to_contain_text("2 replies")


def test_further_up_they_gather_and_nothing_moves(visit, neighbour, open_house: Community, thread_in) -> None:
    thread = thread_in(open_house, posts=2)
    for _ in range(5):
        reply(thread, neighbour, LONG)
    page = open_thread(visit(), thread)
    page.evaluate("window.scrollTo(0, 40)")
    page.locator("#posts a").first.focus()
    before = page.evaluate("[scrollY, document.activeElement.outerHTML]")
    first = reply(thread, neighbour, "One.")
    expect(page.locator(".pill")).to_have_text("1 new reply")
    reply(thread, neighbour, "Two.")
    expect(page.locator(".pill")).to_have_text("2 new replies")
    assert page.evaluate("[scrollY, document.activeElement.outerHTML]") == before
    expect(page.locator(f"#post-{first}")).to_be_hidden()
    page.locator(".pill").press("Enter")
    expect(page.locator(f"#post-{first}")).to_be_focused()
    expect(page.locator(".pill")).to_be_hidden()


def test_scrolling_to_the_end_shows_them(visit, neighbour, open_house: Community, thread_in) -> None:
    thread = thread_in(open_house, posts=1)
    for _ in range(5):
        reply(thread, neighbour, LONG)
    page = open_thread(visit(), thread)
    pk = reply(thread, neighbour, "One.")
    expect(page.locator(".pill")).to_be_visible()
    to_the_end_of_what_is_shown = "[...document.querySelectorAll('#posts > article:not([hidden])')].at(-1)"
    page.evaluate(f"{to_the_end_of_what_is_shown}.scrollIntoView({{block: 'end'}})")
    expect(page.locator(f"#post-{pk}")).to_be_visible()
    expect(page.locator(".pill")).to_be_hidden()


def test_a_full_page_points_to_the_next(visit, neighbour, open_house: Community, thread_in) -> None:
    thread = thread_in(open_house, posts=20)
    page = open_thread(visit(), thread)
    pk = reply(thread, neighbour, "The twenty-first.")
    expect(page.locator(".pill")).to_have_text("1 new reply")
    expect(page.locator("#pager")).to_contain_text("21")
    assert page.locator("#posts > article").count() == 20
    page.locator(".pill").click()
    expect(page.locator(f"#post-{pk}")).to_be_visible()


def test_what_is_being_written_stays(visit, author: Member, neighbour, open_house, thread_in, moderator) -> None:
    thread = thread_in(open_house, posts=2)
    page = open_thread(visit(author), thread)
    field = page.locator("form#reply textarea[name=body]")
    field.evaluate("field => { field.focus(); field.value = 'Half a sentence'; }")
    pk = reply(thread, neighbour, "Somebody was quicker.")
    expect(page.locator(f"#post-{pk}")).to_be_attached()
    expect(page.locator(f"#post-{pk}")).to_be_hidden()
    actions.lock_thread(by=moderator, thread=thread, reason="Enough for today")
    expect(page.locator("#thread-state")).to_contain_text("Enough for today")
    page.wait_for_timeout(1500)
    assert "Half a sentence" in field.input_value()  # the editor may have made a paragraph of it


def test_on_hold_nothing_changes_and_it_is_remembered(visit, neighbour, open_house: Community, thread_in) -> None:
    thread = thread_in(open_house, posts=2)
    reader = visit()
    page = open_thread(reader, thread)
    page.get_by_role("button", name="Hold new replies").click()
    expect(page.locator(".live-state")).to_have_text("New replies are on hold.")
    pk = reply(thread, neighbour, "Not yet.")
    page.wait_for_timeout(1500)
    assert page.locator(f"#post-{pk}").count() == 0
    other = open_thread(reader, thread_in(open_house, posts=1))
    expect(other.locator(".live-state")).to_have_text("New replies are on hold.")
    page.get_by_role("button", name="Show new replies").click()
    expect(page.locator(f"#post-{pk}")).to_be_attached()
    expect(other.locator(".live-state")).to_have_text("New replies appear by themselves.")


def test_losing_access_is_said_quietly(visit, neighbour, author, closed_house: Community, thread_in) -> None:
    thread = thread_in(closed_house, posts=2)
    page = open_thread(visit(neighbour), thread)
    page.wait_for_timeout(1000)
    Membership.objects.filter(member=neighbour).delete()
    pk = reply(thread, author, "Between us.")
    expect(page.locator(".notice", has_text="You can no longer read this.")).to_be_visible()
    assert page.locator(f"#post-{pk}").count() == 0


def test_a_page_that_was_offline_misses_nothing(visit, neighbour, open_house: Community, thread_in) -> None:
    thread = thread_in(open_house, posts=2)
    reader = visit()
    page = reader.open("/healthz")
    sockets = (
        "class Cut extends WebSocket { constructor(...args) { super(...args); (window.lines ??= []).push(this); } }"
    )
    page.add_init_script(f"{sockets}; window.WebSocket = Cut;")
    page = open_thread_on(page, reader, thread)
    page.wait_for_function("window.lines.at(-1).readyState === 1")
    reader.context.set_offline(True)
    page.evaluate("window.lines.at(-1).close()")
    pks = [reply(thread, neighbour, f"Missed {n}.") for n in range(3)]
    page.wait_for_timeout(3500)
    reader.context.set_offline(False)
    for pk in pks:
        expect(page.locator(f"#post-{pk}")).to_be_attached()
    shown = page.locator("#posts > article").evaluate_all("posts => posts.map(post => post.dataset.number)")
    assert shown == ["1", "2", "3", "4", "5"]
    expect(page.locator("#live-status")).to_have_text(re.compile("(Reconnected, )?3 new replies"))


def open_thread_on(page: Page, reader: Visit, thread: Thread) -> Page:
    page.goto(reader.url + thread.get_absolute_url())
    page.wait_for_function("document.querySelector('.live-controls') !== null")
    return page


def test_the_list_keeps_the_focus(visit, author, neighbour, open_house: Community, thread_in: Callable) -> None:
    first, second = thread_in(open_house, title="Tea"), thread_in(open_house, title="Coffee")
    page = visit(neighbour).open(open_house.get_absolute_url())
    page.wait_for_function("document.querySelector('.live-controls') !== null")
    page.locator(f"#thread-{second.pk} a").first.focus()
    reply(first, author, "Tea again.")
    expect(page.locator("#threads > article").first).to_have_attribute("id", f"thread-{first.pk}")
    assert page.evaluate("document.activeElement.closest('article').id") == f"thread-{second.pk}"
