"""A quote is a reference: it shows what its source says now may be shown, to these readers."""

import pytest

from forum import text
from forum.models import Membership
from forum.threads import actions

pytestmark = pytest.mark.django_db

PREVIEW, SCRIPT = "/preview/", {"accept": "application/json"}


def say(author, thread, words):
    return actions.reply(author=author, thread=thread, body=text.clean(words, "markdown"))


def page_of(client, thread):
    return client.get(thread.get_absolute_url()).content.decode()


def test_a_range_of_a_post_is_quoted(visitor, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    first = thread.posts.get()
    say(neighbour, thread, f">>{first.pk}.1:9-13\n\nWhy not?")
    page = page_of(visitor, thread)
    assert "<p>with</p>" in page[page.index('class="quote"') :]
    assert page.count("We began with tea.") == 1


def typed(client, thread, words):
    return client.post(f"/threads/{thread.pk}/posts/", {"place": f"thread:{thread.pk}", "body": words})


def test_a_quote_typed_by_hand_is_one_of_the_present_revision(client_of, author, neighbour, thread_in, open_house):
    thread, client = thread_in(open_house), client_of(neighbour)
    first = thread.posts.get()
    actions.edit_post(editor=author, post=first, body=text.clean("We began with soup.", "markdown"), based_on=1)
    words = f">>{first.pk}\n\nWhy not?"
    preview = client.post(PREVIEW, {"place": f"thread:{thread.pk}", "body": words}, headers=SCRIPT).json()
    assert "We began with soup." in preview["html"]
    assert typed(client, thread, words).status_code == 302
    assert f'data-quote="{first.pk}.2"' in thread.posts.get(number=2).html
    assert page_of(client, thread).count("We began with soup.") == 2


def test_it_stays_that_revision_when_the_text_around_it_is_changed(client_of, author, neighbour, thread_in, open_house):
    thread, client = thread_in(open_house), client_of(neighbour)
    first = thread.posts.get()
    typed(client, thread, f">>{first.pk}\n\nWhy not?")
    mine = thread.posts.get(number=2)
    actions.edit_post(editor=author, post=first, body=text.clean("We began with soup.", "markdown"), based_on=1)
    changed = {"place": f"post:{mine.pk}", "body": f">>{first.pk}\n\nWhy not, indeed?", "based_on": 1}
    assert client.post(f"/posts/{mine.pk}/edit/", changed).status_code == 302
    mine.refresh_from_db()
    assert "indeed" in mine.html
    assert f'data-quote="{first.pk}.1"' in mine.html


def test_a_number_typed_by_hand_tells_nothing_of_what_one_may_not_read(
    client_of, outsider, author, thread_in, open_house, closed_house
):
    Membership.objects.create(community=open_house, member=outsider)
    secret, public = thread_in(closed_house), thread_in(open_house)
    for pk in (secret.posts.get().pk, 987654):
        answer = client_of(outsider).post(
            PREVIEW, {"place": f"thread:{public.pk}", "body": f">>{pk}\n\nHm."}, headers=SCRIPT
        )
        assert f'data-quote="{pk}"' in answer.json()["stored"]


def test_a_quote_alone_is_sent_back_with_what_to_do(client_of, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    answer = typed(client_of(neighbour), thread, f">>{thread.posts.get().pk}")
    assert answer.status_code == 422
    assert "Please write something of your own below the quote." in answer.content.decode()
    assert f"&gt;&gt;{thread.posts.get().pk}" in answer.content.decode()


def test_an_edit_does_not_change_what_was_quoted(visitor, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    first = thread.posts.get()
    say(neighbour, thread, f">>{first.pk}.1\n\nYes.")
    actions.edit_post(editor=author, post=first, body=text.clean("We began with soup.", "markdown"), based_on=1)
    page = page_of(visitor, thread)
    assert page.count("We began with tea.") == 1
    assert page.count("We began with soup.") == 1


def test_an_open_page_never_shows_a_closed_communitys_words(
    client_of, visitor, author, thread_in, open_house, closed_house
):
    secret, public = thread_in(closed_house), thread_in(open_house)
    say(author, secret, "The budget is 12 000.")
    quoted = secret.posts.get(number=2)
    say(author, public, f">>{quoted.pk}.1\n\nHm.")
    assert "12 000" in page_of(client_of(author), secret)
    assert "12 000" not in page_of(visitor, public)
    assert "12 000" not in page_of(client_of(author), public)  # the page is the same for every reader


def test_a_closed_page_may_quote_an_open_one(client_of, author, thread_in, open_house, closed_house):
    public, closed = thread_in(open_house), thread_in(closed_house)
    say(author, closed, f">>{public.posts.get().pk}.1\n\nSo they say.")
    assert page_of(client_of(author), closed).count("We began with tea.") == 2


def test_mentions_show_the_present_name(visitor, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    say(author, thread, "Thank you @neighbour, and @nobody-at-all.")
    assert ">Neighbour</a>" in page_of(visitor, thread)
    neighbour.display_name = "Olena <i>K</i>"
    neighbour.save()
    page = page_of(visitor, thread)
    assert "Olena &lt;i&gt;K&lt;/i&gt;" in page
    assert "@nobody-at-all" in page


@pytest.mark.parametrize("how", ["quote", "reply"])
def test_the_buttons_work_without_javascript(client_of, neighbour, thread_in, open_house, how):
    post = thread_in(open_house).posts.get()
    page = client_of(neighbour).get(f"/posts/{post.pk}/{how}/", follow=True)
    html = page.content.decode()
    assert f'name="reply_to" value="{post.pk}"' in html
    assert (f"&gt;&gt;{post.pk}.1" in html) == (how == "quote")


def test_a_page_full_of_quotes_still_opens(visitor, neighbour, author, thread_in, open_house):
    """One condition a quote would be more than SQLite takes, and a long post quoted often more than a page bears."""
    thread = thread_in(open_house)
    long = say(author, thread, "word " * 5900)
    for first in range(0, 180, 30):
        say(neighbour, thread, "".join(f">>{long.pk}.1:{n}-30000\n\n" for n in range(first, first + 30)) + "So much.")
    page = page_of(visitor, thread)
    assert page.count('class="quote"') == 180
    assert len(page) < 1_500_000
