"""The composer in a real browser: what is typed is kept, sent once, and formatted without a sign to learn."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum import text
from forum.drafts.actions import keep_draft
from forum.models import Community, Draft, Post, Thread
from forum.threads import actions
from tests.browser.conftest import sign_in

EDITOR = "[role=textbox].ProseMirror"
EXPECTED = "Failed to load resource"  # a refusal, which the console mentions


@pytest.fixture
def thread(open_house: Community, thread_in: Callable[..., Thread]) -> Thread:
    return thread_in(open_house)


@pytest.fixture
def visit(visit: Callable[..., Any], thread: Thread) -> Iterator[Callable[..., Any]]:
    """Pages are left before the tables are emptied: what is saved on leaving needs its writer."""
    visits: list[Any] = []

    def remembered(member: Member, **options: Any) -> Any:
        visits.append(visit(member, **options))
        return visits[-1]

    yield remembered
    for page in (page for one in visits for page in one.context.pages):
        page.goto("about:blank")
        page.wait_for_timeout(150)


def complaints(here: Any) -> list[str]:
    return [said for said in here.complaints if EXPECTED not in said]


def write(page: Page, words: str) -> None:
    page.locator("textarea[name=body]").click()
    page.locator(EDITOR).wait_for()
    page.keyboard.type(words)


def writing(here: Any, thread: Thread, words: str) -> Page:
    """The thread's page, with these words begun in its editor."""
    page: Page = here.open(thread.get_absolute_url())
    write(page, words)
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("draft saved")


def test_written_formatted_kept_and_sent(visit: Any, thread: Thread, neighbour: Member) -> None:
    here = visit(neighbour)
    page = here.open(thread.get_absolute_url())
    assert not page.locator(EDITOR).count()  # nothing is loaded before somebody writes
    write(page, "We carried the ")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("lamp")
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    saved(page)
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
    assert not complaints(here)


def test_what_was_typed_before_it_was_loaded_is_taken_over(visit: Any, thread: Thread, neighbour: Member) -> None:
    here = visit(neighbour)
    page = here.open(thread.get_absolute_url())
    page.locator("textarea[name=body]").click()
    page.keyboard.type("**lamp**\n\n- chalk\n- paper", delay=5)
    page.locator(EDITOR).wait_for()
    expect(page.locator(f"{EDITOR} strong")).to_have_text("lamp")
    expect(page.locator(f"{EDITOR} li")).to_have_count(2)
    page.keyboard.type("!")  # the cursor stands where it stood
    expect(page.locator(f"{EDITOR} li").last).to_have_text("paper!")
    assert not complaints(here)


def test_without_the_editor_the_plain_field_goes_on(visit: Any, thread: Thread, neighbour: Member) -> None:
    here = visit(neighbour)
    here.context.route(re.compile(r"/editor[^/]*\.js"), lambda route: route.abort())
    page = here.open(thread.get_absolute_url())
    page.locator("textarea[name=body]").click()
    page.keyboard.type("**lamp**")
    page.wait_for_timeout(800)
    expect(page.locator("textarea[name=body]")).to_be_visible()
    page.locator("[data-send]").dblclick()  # twice is once
    page.wait_for_url(re.compile(r"#post-\d+"))
    assert [post.html for post in Post.objects.filter(thread=thread, number__gt=1)] == ["<p><strong>lamp</strong></p>"]


def test_quoting_selected_words(visit: Any, thread: Thread, author: Member, neighbour: Member) -> None:
    source = "One.\n\n- zażółć 🦔 gęślą\n- **jaźń** & more"
    post = actions.reply(author=author, thread=thread, body=text.clean(source, "markdown"))
    here = visit(neighbour)
    page = here.open(thread.get_absolute_url())
    page.evaluate(
        """id => {
          const [first, last] = document.querySelectorAll(`#post-${id} .body li`);
          getSelection().setBaseAndExtent(first.firstChild, 7, last.lastChild, 2);
        }""",
        post.pk,
    )
    page.locator(f"#post-{post.pk} .quote-button").click()
    expect(page.locator(".editor-quote .quote-words")).to_have_text("🦔 gęślą\njaźń &", use_inner_text=True)
    expect(page.locator(".answering")).to_contain_text("Author")
    page.keyboard.type("This is it")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"#post-\d+"))
    answer = Post.objects.get(thread=thread, number=3)
    span = re.search(rf'data-quote="{post.pk}\.1:(\d+)-(\d+)"', answer.html)
    assert span, answer.html
    assert text.plain(post.html)[int(span[1]) : int(span[2])] == "🦔 gęślą\njaźń &"
    assert answer.reply_to_id == post.pk
    assert not complaints(here)


def test_quoting_into_a_text_that_is_being_opened(visit: Any, thread: Thread, neighbour: Member) -> None:
    keep_draft(member=neighbour, place=f"thread:{thread.pk}", body="<p>Begun <em>before</em></p>", body_format="html")
    here = visit(neighbour)
    page = here.open(thread.get_absolute_url())
    page.locator(".quote-button").click()
    expect(page.locator(".editor-quote .quote-words")).to_have_text("We began with tea.")
    page.keyboard.type("After it")
    ref = f"{thread.posts.get().pk}.1"
    expect(page.locator("textarea[name=body]")).to_have_value(
        f'<p>Begun <em>before</em></p><blockquote data-quote="{ref}"></blockquote><p>After it</p>'
    )
    assert not complaints(here)


def test_the_page_counts_words_as_the_server_does(
    visit: Any, thread: Thread, author: Member, neighbour: Member
) -> None:
    sources = [
        "One\ntwo\n\n### Three\n\nfour",
        "- a\n  - b\n\n    c\n- d\n\n1. e\n2. f",
        "> quoted\n> words\n\nafter @author and `code`\n\n```\nx\n  y\n```\n\n---\n\nend",
        "| a | b |\n|---|---|\n| 1 | **2** |\n| 3 |  |\n\nafter",
        f">>{thread.posts.get().pk}.1\n\nafter a quote 🦔",
    ]
    posts = [actions.reply(author=author, thread=thread, body=text.clean(words, "markdown")) for words in sources]
    page = visit(neighbour).open(thread.get_absolute_url())
    for post in posts:
        counted = page.evaluate(
            """async id => (await import("courtyard/composer-quotes"))
              .plainOf(document.querySelector(`#post-${id} .body`)).words""",
            post.pk,
        )
        assert counted == text.plain(post.html)


def test_two_pages_and_one_draft(visit: Any, thread: Thread, neighbour: Member) -> None:
    desk, phone = (visit(neighbour).open(thread.get_absolute_url()) for _ in range(2))
    write(desk, "At the desk")
    saved(desk)
    write(phone, "On the phone")
    notice = phone.get_by_role("alert")
    expect(notice).to_contain_text("At the desk")
    assert Draft.objects.get().body == "<p>At the desk</p>"
    notice.get_by_role("button", name="Both, one after the other").click()
    expect(phone.locator(EDITOR)).to_contain_text("On the phone")
    expect(phone.locator(EDITOR)).to_contain_text("At the desk")
    saved(phone)
    assert Draft.objects.get().body == "<p>On the phone</p><hr><p>At the desk</p>"


def test_a_lost_session_loses_no_word(visit: Any, thread: Thread, neighbour: Member) -> None:
    here = visit(neighbour)
    page = writing(here, thread, "Written")
    saved(page)
    here.context.clear_cookies()
    page.locator(EDITOR).click()
    page.keyboard.press("End")
    page.keyboard.type(" and lost")
    expect(page.locator("[data-saved]")).to_contain_text("signed out")
    page.locator("[data-send]").click()
    expect(page.get_by_role("link", name="Sign in and go on")).to_be_visible()
    sign_in(here.context, neighbour, here.url)
    page.reload()
    expect(page.locator(EDITOR)).to_have_text("Written and lost")
    saved(page)
    assert Draft.objects.get().body == "<p>Written and lost</p>"


def test_without_a_connection(visit: Any, thread: Thread, neighbour: Member) -> None:
    here = visit(neighbour)
    page = writing(here, thread, "Underground")
    here.context.set_offline(True)
    page.locator("[data-send]").click()
    expect(page.locator("[data-saved]")).to_contain_text("no connection")
    expect(page.locator(EDITOR)).to_have_text("Underground")
    here.context.set_offline(False)
    page.locator("[data-send]").click()
    page.wait_for_url(re.compile(r"#post-\d+"))
    assert Post.objects.filter(thread=thread).count() == 2


def test_a_refused_text_stays_with_the_reason(visit: Any, thread: Thread, neighbour: Member, moderator: Member) -> None:
    page = writing(visit(neighbour), thread, "A minute too late")
    actions.lock_thread(by=moderator, thread=thread, reason="Enough said")
    page.locator("[data-send]").click()
    expect(page.locator(".field-error")).to_contain_text("locked")
    expect(page.locator(EDITOR)).to_have_text("A minute too late")


WORD = """<html xmlns:o="urn:o"><head><style>p{color:red}</style></head><body><!--StartFragment-->
<h1 style="font-size:20pt">Title<o:p></o:p></h1>
<p class=MsoNormal><b>Bold</b> <span style="color:red; font-style: italic">red</span></p>
<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.<span> </span></span>first</p>
<p class=MsoListParagraph style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">·<span> </span></span>inner</p>
<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">2.</span>second</p>
<p class=MsoNormal>&nbsp;</p><p onclick="x()">End <img src="file:///c:/x.png"><script>alert(1)</script></p></body>"""


def test_pasting_from_a_word_processor(visit: Any, thread: Thread, neighbour: Member) -> None:
    here = visit(neighbour)
    page = writing(here, thread, "")
    page.evaluate(
        """([selector, html]) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          document.querySelector(selector).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [EDITOR, WORD],
    )
    expect(page.locator(f"{EDITOR} h3")).to_have_text("Title")
    assert page.locator("textarea[name=body]").input_value() == (
        "<h3>Title</h3><p><strong>Bold</strong> <em>red</em></p><ol><li><p>first</p><ul><li><p>inner</p></li></ul></li>"
        "<li><p>second</p></li></ol><p>End</p>"
    )
    assert not complaints(here)


def test_mentioning_somebody(visit: Any, thread: Thread, neighbour: Member, author: Member) -> None:
    here = visit(neighbour)
    page = writing(here, thread, "Ask @aut")
    option = page.get_by_role("option", name=re.compile("Author"))
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.type("about it")
    assert page.locator("textarea[name=body]").input_value() == (
        '<p>Ask <span data-member="author">@Author</span> about it</p>'
    )
    page.locator("[data-send]").click()
    page.wait_for_url(re.compile(r"#post-\d+"))
    expect(page.locator(".body a.mention")).to_have_text("Author")
    assert not complaints(here)


def test_a_picture_with_what_can_be_seen_in_it(visit: Any, thread: Thread, neighbour: Member, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    Image.new("RGB", (80, 60), "teal").save(photo)
    here = visit(neighbour)
    page = writing(here, thread, "Look: ")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture").click()
    chooser.value.set_files(photo)
    page.get_by_role("dialog").get_by_role("textbox").fill("The lamp at night")
    page.get_by_role("button", name="Add the picture").click()
    expect(page.locator(f"{EDITOR} img[src]")).to_have_attribute("alt", "The lamp at night")
    page.locator("[data-send]").click()
    page.wait_for_url(re.compile(r"#post-\d+"))
    shown = page.locator(".body img")
    expect(shown).to_have_attribute("alt", "The lamp at night")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 80
    assert not complaints(here)


def test_the_toolbar_is_one_stop_for_the_keyboard(visit: Any, thread: Thread, neighbour: Member) -> None:
    page = writing(visit(neighbour), thread, "words")
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Redo")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(EDITOR)).to_be_focused()


def test_on_a_phone_the_toolbar_covers_no_text(visit: Any, thread: Thread, neighbour: Member) -> None:
    page = visit(neighbour, viewport={"width": 320, "height": 560}, has_touch=True).open(thread.get_absolute_url())
    write(page, "line")
    for n in range(30):
        page.keyboard.press("Enter")
        page.keyboard.type(f"line {n}")
    toolbar, line = page.get_by_role("toolbar").bounding_box(), page.locator(f"{EDITOR} p").last.bounding_box()
    assert toolbar
    assert line
    assert line["y"] + line["height"] <= toolbar["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(EDITOR).evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 16
