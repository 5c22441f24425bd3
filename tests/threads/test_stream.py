"""What a thread's stream says: one document for all its readers, nothing for those outside."""

import pytest

from forum import text
from forum.threads import actions

pytestmark = pytest.mark.django_db


def news(client, thread, since):
    return client.get("/changes/", {"stream": f"thread:{thread.pk}", "since": since})


def test_every_kind_arrives_as_the_page_shows_it(visitor, author, neighbour, moderator, thread_in, open_house):
    thread = thread_in(open_house)
    post = actions.reply(author=neighbour, thread=thread, body=text.clean("A key.", "markdown"))
    actions.edit_post(editor=neighbour, post=post, body=text.clean("Two keys.", "markdown"), based_on=1)
    actions.react(member=author, post=post, kind="thanks")
    actions.retitle_thread(by=moderator, thread=thread, title="Keys", section=None, language="en")
    actions.lock_thread(by=moderator, thread=thread, reason="Found.")
    actions.pin_thread(by=moderator, thread=thread)
    document = news(visitor, thread, 0).json()
    assert document["head"] == 6
    assert [(c["n"], c["kind"], c["op"], c["target"]) for c in document["changes"]] == [
        (1, "post.published", "append", "#posts"),
        (2, "post.edited", "replace", f"#post-{post.pk}"),
        (3, "post.reacted", "replace", f"#post-{post.pk}"),
        (4, "thread.retitled", "replace", "#thread-head"),
        (5, "thread.locked", "replace", "#thread-head"),
        (6, "thread.pinned", "replace", "#thread-head"),
    ]
    thread.refresh_from_db()
    page = visitor.get(thread.get_absolute_url()).content.decode()
    for change in document["changes"]:
        assert " ".join(change["html"].split()) in " ".join(page.split()), change["kind"]


def test_the_document_is_the_same_for_every_reader(
    client_of, visitor, author, neighbour, outsider, thread_in, open_house
):
    thread = thread_in(open_house)
    post = actions.reply(author=neighbour, thread=thread, body=text.clean("Hello @author.", "markdown"))
    actions.react(member=author, post=post, kind="thanks")
    readers = [visitor, client_of(author), client_of(neighbour), client_of(outsider)]
    answers = {news(client, thread, 0).content for client in readers}
    assert len(answers) == 1
    assert b"csrf" not in answers.pop()


def test_the_unseen_and_the_absent_are_the_same_404(client_of, visitor, outsider, author, thread_in, closed_house):
    thread = thread_in(closed_house)
    actions.reply(author=author, thread=thread, body=text.clean("Between us.", "markdown"))
    assert news(client_of(author), thread, 0).json()["head"] == 1
    for client in (visitor, client_of(outsider)):
        hidden = news(client, thread, 0)
        absent = client.get("/changes/", {"stream": "thread:999999", "since": 0})
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


def test_a_deleted_posts_words_leave_the_stream(visitor, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    post = actions.reply(author=neighbour, thread=thread, body=text.clean("Regretted.", "markdown"))
    actions.delete_post(by=neighbour, post=post)
    answer = news(visitor, thread, 0)
    assert [change["kind"] for change in answer.json()["changes"]] == ["post.published", "post.deleted"]
    assert "Regretted" not in answer.content.decode()


def test_the_numbers_of_queries_do_not_grow(visitor, author, thread_in, open_house, django_assert_max_num_queries):
    thread = thread_in(open_house)
    for n in range(15):
        actions.reply(
            author=author, thread=thread, body=text.clean(f"@neighbour {n}", "markdown"), at=thread.started_at
        )
    with django_assert_max_num_queries(7):
        assert len(news(visitor, thread, 0).json()["changes"]) == 15
