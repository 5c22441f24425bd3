"""The bare address of a method, alone in its paragraph, is its small card; everywhere else it stays a link."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command

from forum import text
from forum.models import PostMethod
from tests.methods.cards import published

PLACE = '<blockquote data-method="12"></blockquote>'


def cleaned(words: str, kind: str = "markdown") -> str:
    return text.clean(words, kind).html


@pytest.mark.parametrize(
    "words",
    [
        "/methods/12/",
        "/methods/12/soup-in-the-yard/",
        f"{settings.SITE_URL}/methods/12/",
        f"{settings.SITE_URL}/methods/12/soup-in-the-yard/",
        f"<{settings.SITE_URL}/methods/12/>",
    ],
)
def test_alone_it_is_a_card(words: str) -> None:
    assert cleaned(f"Try this:\n\n{words}\n\nGood?") == f"<p>Try this:</p>{PLACE}<p>Good?</p>"
    assert text.clean(words, "markdown").methods == ("12",)


def test_alone_in_the_editor_it_is_a_card() -> None:
    url = f"{settings.SITE_URL}/methods/12/"
    for words in ("<p>/methods/12/</p>", f'<p><a href="{url}">{url}</a></p>', PLACE):
        assert cleaned(f"<p>See</p>{words}", "html") == f"<p>See</p>{PLACE}"


@pytest.mark.parametrize(
    "words",
    [
        "We did /methods/12/ twice.",
        f"We did {settings.SITE_URL}/methods/12/ twice.",
        "[soup](/methods/12/)",
        "- /methods/12/\n- /methods/13/",
        "https://elsewhere.example/methods/12/",
        f"{settings.SITE_URL}.evil.example/methods/12/",
        f"{settings.SITE_URL}@evil.example/methods/12/",
        "/methods/12/edit/now/",
        "/methods/0/",
        "/methods/012/",
        "/methods/9999999999999999999/",
        "/methods/12/?x=1",
        "/methods/",
        "`/methods/12/`",
        "# /methods/12/",
    ],
)
def test_elsewhere_it_is_none(words: str) -> None:
    found = text.clean(words, "markdown")
    assert "data-method" not in found.html
    assert found.methods == ()


@pytest.mark.parametrize("words", ["/methods/12/", "a\n\n/methods/12/\n\n> /methods/13/", "- a\n\n  /methods/12/"])
def test_cleaned_twice_is_cleaned_once(words: str) -> None:
    once = cleaned(words)
    assert cleaned(once, "html") == once


def test_a_forged_place_is_no_place() -> None:
    for number in ("x", "0", "-1", "1 onclick=alert(1)", "9" * 19, "1'"):
        html = cleaned(f'<p>See</p><blockquote data-method="{number}">words</blockquote>', "html")
        assert "data-method" not in html


def test_more_cards_than_quotes_may_stand_are_refused() -> None:
    words = "\n\n".join(f"/methods/{n}/" for n in range(1, 500))
    with pytest.raises(text.TextRefused):
        text.clean(words, "markdown")


@pytest.mark.django_db
class TestPrinted:
    def test_a_preview_shows_the_card(self, client_of, author, thread_in, open_house):
        method, thread = published(author, open_house), thread_in(open_house)
        form = {"body": f"See\n\n/methods/{method.pk}/", "place": f"thread:{thread.pk}"}
        assert "Neighbours cook one pot" in client_of(author).post("/preview/", form).content.decode()

    def test_the_preview_of_a_closed_one_in_the_open_tells_nothing(
        self, client_of, author, thread_in, open_house, closed_house
    ):
        method, thread = published(author, closed_house), thread_in(open_house)
        form = {"body": f"See\n\n/methods/{method.pk}/", "place": f"thread:{thread.pk}"}
        assert "Neighbours cook" not in client_of(author).post("/preview/", form).content.decode()

    def test_what_is_closed_and_what_never_was_print_the_same(self, author, closed_house):
        method = published(author, closed_house)
        closed, never = (text.filled(cleaned(f"x\n\n/methods/{pk}/")) for pk in (method.pk, 987654))
        assert closed.replace(str(method.pk), "987654") == never
        assert 'href="/methods/987654/"' in never

    def test_one_that_is_told_later_appears(self, author, open_house):
        first = published(author, open_house)
        html = cleaned(f"x\n\n/methods/{first.pk + 1}/")
        assert "method-cite is-folded" in text.filled(html)
        published(author, open_house, title="Told later")
        assert "Told later" in text.filled(html)

    def test_addresses_written_before_there_were_cards_become_some(self, author, thread_in, open_house):
        method, thread = published(author, open_house), thread_in(open_house)
        words = f"See\n\n/methods/{method.pk}/"
        html = f"<p>See</p><p>/methods/{method.pk}/</p>"
        thread.posts.update(source=words, html=html, text_version=1)
        call_command("clean_texts", stdout=io.StringIO())
        assert [*PostMethod.objects.filter(post__thread=thread).values_list("number", flat=True)] == [method.pk]

    def test_markup_in_a_card_is_words(self, author, open_house):
        method = published(author, open_house, title="<img src=x>", summary='"><script>x</script>')
        shown = text.filled(cleaned(f"x\n\n/methods/{method.pk}/"))
        assert "<img" not in shown
        assert "<script" not in shown
