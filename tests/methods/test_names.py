"""Methods called by their names in posts: "[[Soup in the courtyard]]"."""

import io
import re
from dataclasses import replace

import pytest
from django.core.management import call_command

from forum import text
from forum.methods import actions as methods
from forum.models import Change, Method, MethodName, Post, PostName
from forum.threads import actions
from tests.methods.cards import published, soup

PLACE = '<span data-name="Soup in the yard"></span>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[[Soup in the yard]]", f"<p>{PLACE}</p>"),
        ("We did [[Soup  in the yard ]], twice.", f"<p>We did {PLACE}, twice.</p>"),
        ("- **[[Soup in the yard]]**", f"<ul><li><strong>{PLACE}</strong></li></ul>"),
        ("[[[Soup in the yard]]]", f"<p>[{PLACE}]</p>"),
        ('[[a "b" & c]]', '<p><span data-name="a &quot;b&quot; &amp; c"></span></p>'),
        ("`[[Soup]]`", "<p><code>[[Soup]]</code></p>"),
        ("[[]] [[ ]] [[a|b]] [[a\nb]] [[a]", "<p>[[]] [[ ]] [[a|b]] [[a<br>b]] [[a]</p>"),
        (f"[[{'x' * 121}]]", f"<p>[[{'x' * 121}]]</p>"),
    ],
)
def test_a_name_is_an_empty_place(source: str, html: str) -> None:
    once = text.clean(source, "markdown")
    assert once.html == html
    assert text.clean(once.html, "html").html == html


@pytest.mark.parametrize(
    "html",
    [
        '<p>x <span data-name="&lt;script&gt;"></span></p>',
        '<p>x <span data-name="a" onclick="x">words</span></p>',
        '<p>x <a href="/y/"><span data-name="a"></span></a></p>',
        '<pre><span data-name="a"></span></pre>',
        '<p>x <span data-name="' + "y" * 500 + '"></span></p>',
        '<p>x <span data-name="&#x202e;a&#10;b"></span></p>',
    ],
)
def test_a_forged_place_is_tame_and_settles(html: str) -> None:
    once = text.clean(html, "html").html
    assert text.clean(once, "html").html == once
    assert "onclick" not in once
    assert "script" not in once
    assert "</span></a>" not in once


def test_names_beyond_the_limit_stay_as_they_were_typed() -> None:
    cleaned = text.clean(" ".join(f"[[Name {n}]]" for n in range(90)), "markdown")
    assert len(cleaned.names) == 50
    assert "[[Name 89]]" in cleaned.html
    assert text.clean(cleaned.html, "html").html == cleaned.html


def test_its_words_are_words_of_the_text() -> None:
    assert text.clean("We did [[Soup & tea]] by @anna.", "markdown").plain == "We did Soup & tea by @anna."


def say(author, thread, words: str) -> Post:
    return actions.reply(author=author, thread=thread, body=text.clean(words, "markdown"))


@pytest.fixture
def seen(client_of):
    def seen(member, thread) -> str:
        return client_of(member).get(thread.get_absolute_url()).content.decode()

    return seen


@pytest.mark.django_db
class TestNames:
    def test_it_shows_the_present_title_to_all_who_may_see_it(self, author, neighbour, seen, thread_in, open_house):
        method, thread = published(author, open_house), thread_in(open_house)
        say(neighbour, thread, "Like [[soup in the COURTYARD]].")
        assert f'<a href="{method.get_absolute_url()}" lang="en">Soup in the courtyard</a>' in seen(author, thread)
        renamed = replace(soup(), title="Soup for all")
        methods.revise_method(editor=author, method=method, card=renamed, body=None, based_on=1, note="x")
        assert ">Soup for all</a>" in seen(neighbour, thread)
        last = Change.objects.filter(stream__key=f"thread:{thread.pk}").order_by("-pk").first()
        assert last.kind == "post.edited"

    def test_one_that_is_told_later_connects(self, client_of, author, neighbour, seen, thread_in, open_house):
        thread = thread_in(open_house)
        post = say(neighbour, thread, "Has anyone told [[Żółw na podwórku]]?")
        page = seen(neighbour, thread)
        assert "not told yet: tell it" in page
        form = client_of(author).get("/c/open-house/methods/new/?title=Żółw na podwórku").content.decode()
        assert 'value="Żółw na podwórku"' in form
        before = Change.objects.count()
        method = published(author, open_house, title="Zolw na podworku")
        assert Change.objects.filter(pk__gt=0, kind="post.edited", about={"post": post.pk}).exists()
        assert Change.objects.count() > before
        assert f'<a href="{method.get_absolute_url()}"' in seen(neighbour, thread)
        assert "not told yet" not in seen(neighbour, thread)

    def test_one_that_is_hidden_prints_like_one_that_never_was(
        self, author, outsider, visitor, thread_in, open_house, closed_house
    ):
        published(author, closed_house, title="A closed thing")
        thread = thread_in(open_house)
        say(author, thread, "See [[A closed thing]] and [[A never thing]].")
        page = visitor.get(thread.get_absolute_url()).content.decode()
        names = re.findall(r'<span class="method-name".*?</span></span>', page)
        assert len(names) == 2
        assert names[0].replace("closed", "never") == names[1]

    def test_one_of_the_same_community_comes_first(self, author, seen, thread_in, open_house, closed_house):
        there, thread = published(author, open_house), thread_in(closed_house)
        say(author, thread, "See [[Soup in the courtyard]].")
        assert there.get_absolute_url() in seen(author, thread)
        here = published(author, closed_house)
        assert here.get_absolute_url() in seen(author, thread)

    def test_an_edit_keeps_what_a_name_meant(self, author, thread_in, open_house):
        method, thread = published(author, open_house), thread_in(open_house)
        post = say(author, thread, "[[Soup in the courtyard]] and [[Tea]]")
        renamed = replace(soup(), title="Broth")
        methods.revise_method(editor=author, method=method, card=renamed, body=None, based_on=1, note="x")
        body = text.clean("[[Soup in the courtyard]], again", "markdown")
        actions.edit_post(editor=author, post=post, body=body, based_on=1)
        assert [*PostName.objects.values_list("folded", "method")] == [("soup in the courtyard", method.pk)]

    def test_texts_written_before_are_connected(self, author, thread_in, open_house):
        method, thread = published(author, open_house), thread_in(open_house)
        source = "See [[Soup in the courtyard]]"
        thread.posts.update(source=source, html=f"<p>{source}</p>", text_version=2)
        call_command("clean_texts", stdout=io.StringIO())
        assert PostName.objects.get().method == method

    def test_a_redacted_name_is_gone(self, author, open_house):
        method = published(author, open_house, title="Zosia's soup")
        methods.redact_method(by=author, method=method, words="Zosia", reason="A child.")
        assert "zosia" not in MethodName.objects.get().folded
        assert Method.objects.get().title.startswith("█")

    def test_while_typing(self, client_of, author, outsider, visitor, thread_in, open_house, closed_house):
        published(author, open_house)
        published(author, closed_house, title="Soup behind the door")
        thread, inside = thread_in(open_house), thread_in(closed_house)

        def offered(client, place) -> list[str]:
            answer = client.get("/methods/names/", {"place": f"thread:{place.pk}", "q": "sou"})
            return [each["title"] for each in answer.json()["methods"]]

        assert offered(client_of(author), thread) == ["Soup in the courtyard"]
        assert offered(client_of(author), inside) == ["Soup behind the door", "Soup in the courtyard"]
        assert offered(client_of(outsider), thread) == ["Soup in the courtyard"]
        assert offered(client_of(outsider), inside) == []
        assert visitor.get("/methods/names/").status_code == 302


@pytest.mark.django_db
class TestWhereItWasDiscussed:
    def test_by_link_and_by_name_and_once_a_thread(self, client_of, author, visitor, thread_in, open_house):
        method = published(author, open_house)
        by_link, by_name, neither = (thread_in(open_house, title=title) for title in ("By link", "By name", "Neither"))
        say(author, by_link, f"See\n\n/methods/{method.pk}/")
        say(author, by_name, "See [[Soup in the courtyard]]")
        last = say(author, by_name, "Again [[soup in the courtyard]]")
        for address in (method.get_absolute_url(), f"/methods/{method.pk}/discussions/"):
            page = visitor.get(address).content.decode()
            assert page.index("By name") < page.index("By link")
            assert page.count(">By name<") == 1
            assert f'href="/posts/{last.pk}/"' in page
            assert neither.title not in page
        actions.delete_post(by=author, post=last)
        assert f'href="/posts/{last.pk}/"' not in visitor.get(method.get_absolute_url()).content.decode()

    def test_only_where_one_may_read(self, client_of, author, outsider, visitor, thread_in, open_house, closed_house):
        method, secret = published(author, open_house), thread_in(closed_house, title="Between us")
        for number in range(7):
            thread = thread_in(closed_house, title=f"Between us {number}")
            say(author, thread, "Like [[Soup in the courtyard]]")
        say(author, secret, f"See\n\n/methods/{method.pk}/")
        for address in (method.get_absolute_url(), f"/methods/{method.pk}/discussions/"):
            for client in (client_of(outsider), visitor):
                page = client.get(address).content.decode()
                assert "Between us" not in page
                assert 'id="discussed"' not in page
            assert "Between us" in client_of(author).get(address).content.decode()
        assert "All of them" in client_of(author).get(method.get_absolute_url()).content.decode()
        assert visitor.get(f"/methods/{published(author, closed_house).pk}/discussions/").status_code == 404
