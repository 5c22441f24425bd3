"""Replying: through the form any thread page carries."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from forum import text
from forum.communities import actions as communities
from forum.models import Change, Draft, Post, Revision, Thread
from forum.threads import actions, rules
from forum.threads.holding import actions as holding

pytestmark = pytest.mark.django_db


def inputs(page):
    """The reply form as a browser would send it: every input, and an empty text."""
    html = page.content.decode()
    form = re.search(r'<form[^>]*id="reply".*?</form>', html, re.DOTALL).group()
    values = dict.fromkeys(re.findall(r'<textarea[^>]*name="(\w+)"', form), "")
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and 'type="file"' not in tag:
            values[name.group(1)] = value.group(1) if value else ""
    return re.search(r'action="([^"]+)"', form).group(1), values


def send(client, thread, body, **changed):
    action, values = inputs(client.get(thread.get_absolute_url()))
    return client.post(action, values | {"body": body} | changed, follow=True)


def test_words_taken_back_and_sent_once_more_stand_again(client_of, neighbour, thread_in, open_house):
    """Deleted, then back to the form and sent: an answer "you said that before" would lose them."""
    thread, browser = thread_in(open_house), client_of(neighbour)
    action, values = inputs(browser.get(thread.get_absolute_url()))
    filled = values | {"body": "We have a spare key."}
    browser.post(action, filled)
    actions.delete_post(by=neighbour, post=thread.posts.get(number=2))
    for _ in range(2):  # and still two of the same are one
        browser.post(action, filled)
    assert [post.is_deleted for post in thread.posts.order_by("number")] == [False, True, False]


def test_a_reply_ends_on_the_page_that_holds_it(client_of, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    page = send(client_of(neighbour), thread, "We have a **spare key**.")
    post = thread.posts.get(number=2)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == f"{thread.get_absolute_url()}#post-{post.pk}"
    assert f'<article class="post" id="post-{post.pk}"' in page.content.decode()
    assert "<strong>spare key</strong>" in page.content.decode()


def test_a_reply_records_one_change_on_its_thread(client_of, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    before = Change.objects.filter(stream=f"thread:{thread.pk}").count()
    send(client_of(neighbour), thread, "One.")
    post = thread.posts.get(number=2)
    changes = list(Change.objects.filter(stream=f"thread:{thread.pk}").order_by("n"))[before:]
    assert [(change.kind, change.about) for change in changes] == [("post.published", {"post": post.pk})]
    thread.refresh_from_db()
    assert (thread.last_number, thread.last_author, thread.last_at) == (2, neighbour, post.published_at)


def test_the_page_of_a_long_thread_holds_the_new_reply(client_of, neighbour, thread_in, open_house):
    thread = thread_in(open_house, posts=20)
    page = send(client_of(neighbour), thread, "The twenty-first.")
    assert page.redirect_chain[-1][0].startswith(f"{thread.get_absolute_url()}?from=21#post-")
    assert len(re.findall("<article", page.content.decode())) == 1


def test_the_same_form_twice_is_one_reply(client_of, neighbour, thread_in, open_house):
    thread, client = thread_in(open_house), client_of(neighbour)
    action, values = inputs(client.get(thread.get_absolute_url()))
    first = client.post(action, values | {"body": "Once."})
    second = client.post(action, values | {"body": "Once."})
    assert first["Location"] == second["Location"]
    assert thread.posts.count() == 2


def test_who_may_not_write_changes_nothing(client_of, outsider, visitor, thread_in, open_house, closed_house):
    open_thread, closed_thread = thread_in(open_house), thread_in(closed_house)
    outside = client_of(outsider)
    assert 'id="reply"' not in outside.get(open_thread.get_absolute_url()).content.decode()
    refused = outside.post(f"/threads/{open_thread.pk}/posts/", {"body": "my words"})
    assert refused.status_code == 422
    assert "my words" in refused.content.decode()
    for client, status in ((outside, 404), (visitor, 401)):
        for pk in (closed_thread.pk, 999999):
            typed = {"place": f"thread:{pk}", "body": "x"}
            assert client.post(f"/threads/{pk}/posts/", typed).status_code == status
    assert Post.objects.count() == 2


def test_signed_out_meanwhile_the_text_comes_back_after_signing_in(client_of, neighbour, thread_in, open_house):
    thread, client = thread_in(open_house), client_of(neighbour)
    action, values = inputs(client.get(thread.get_absolute_url()))
    client.logout()
    page = client.post(action, values | {"body": "Words from before."})
    assert page.status_code == 401
    assert "Words from before." in page.content.decode()
    client.force_login(neighbour, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Words from before." in client.get(thread.get_absolute_url()).content.decode()


def test_locked_meanwhile_the_text_is_kept(client_of, neighbour, moderator, thread_in, open_house):
    thread, client = thread_in(open_house), client_of(neighbour)
    action, values = inputs(client.get(thread.get_absolute_url()))
    actions.lock_thread(by=moderator, thread=thread, reason="It went in circles.")
    page = client.post(action, values | {"body": "My late words."})
    assert page.status_code == 422
    assert "My late words." in page.content.decode()
    assert Draft.objects.get(member=neighbour, place=f"thread:{thread.pk}").body == "My late words."
    assert thread.posts.count() == 1


def test_too_fast_is_429_and_keeps_the_text(client_of, neighbour, thread_in, open_house, author):
    thread, client = thread_in(open_house), client_of(neighbour)
    for _ in range(30):
        assert send(client, thread, "Quick.").status_code == 200
    page = send(client, thread, "One too many.")
    assert page.status_code == 429
    assert 1 <= int(page["Retry-After"]) <= 61
    assert "One too many." in page.content.decode()
    Post.objects.filter(author=neighbour).update(published_at=timezone.now() - timedelta(minutes=2))
    assert send(client, thread, "Later.").status_code == 200


def test_too_fast_is_said_before_the_text_is_read(client_of, neighbour, thread_in, open_house, monkeypatch):
    thread, client = thread_in(open_house), client_of(neighbour)
    action, values = inputs(client.get(thread.get_absolute_url()))
    for n in range(30):
        last = client.post(action, values | {"body": f"Quick {n}."})
    again = client.post(action, values | {"body": "Quick 29."})  # sent twice: it has its answer
    assert (again.status_code, again["Location"]) == (302, last["Location"])
    post = thread.posts.get(number=2)

    def fail(*_, **__):
        pytest.fail("the text was read before the limit was asked")

    monkeypatch.setattr(text, "clean", fail)
    assert client.post(action, values | {"body": "One too many."}).status_code == 429
    start = f"/c/{open_house.slug}/threads/new/"
    assert client.post(start, {"title": "T", "body": "One too many."}).status_code == 429
    monkeypatch.setattr(rules, "SPEED", ((timedelta(minutes=1), 0),))
    Revision.objects.create(post=post, number=2, by=neighbour, source="x", format="markdown", html="<p>x</p>")
    refused = client.post(f"/posts/{post.pk}/edit/", {"body": "Once more.", "based_on": 1})
    assert refused.status_code == 429
    assert "Once more." in refused.content.decode()


def test_closed_meanwhile_the_text_is_kept_and_nothing_shown_that_is_no_longer_theirs(
    client_of, neighbour, steward, thread_in, closed_house, monkeypatch
):
    """Somebody is removed between loading the thread and writing in it: then they see none of it."""
    thread, client = thread_in(closed_house), client_of(neighbour)
    action, values = inputs(client.get(thread.get_absolute_url()))
    real = holding.publish_reply

    def removed_first(**said):
        communities.remove_member(by=steward, community=closed_house, member=neighbour, reason="Asked twice.")
        return real(**said)

    monkeypatch.setattr(holding, "publish_reply", removed_first)
    page = client.post(action, values | {"body": "My late words."})
    assert page.status_code == 404
    assert "My late words." in page.content.decode()
    assert "We began with tea." not in page.content.decode()
    assert thread.posts.count() == 1


def test_a_newcomer_nobody_invited_meets_a_tenth_of_it(client_of, neighbour, thread_in, open_house):
    thread, client = thread_in(open_house), client_of(neighbour)
    neighbour.vouched_at = None
    neighbour.save()
    for _ in range(3):
        assert send(client, thread, "Quick.").status_code == 200
    assert send(client, thread, "Four.").status_code == 429


def test_forged_hidden_fields_do_no_harm(client_of, neighbour, thread_in, open_house, closed_house):
    thread, other = thread_in(open_house), thread_in(closed_house)
    client = client_of(neighbour)
    forged = {"reply_to": str(other.posts.get().pk), "submission": "'; DROP", "body_format": "svg", "based_on": "-7"}
    page = client.post(f"/threads/{thread.pk}/posts/", {"body": "Fine.", **forged}, follow=True)
    assert page.status_code in {200, 422}
    assert "Fine." in page.content.decode()
    page = send(client, thread, "Good.", reply_to=forged["reply_to"])
    assert page.status_code == 200
    assert Thread.objects.get(pk=thread.pk).posts.order_by("number").last().reply_to is None


def test_words_for_members_stay_with_members_when_the_community_opens(
    client_of, visitor, author, thread_in, closed_house
):
    thread = thread_in(closed_house)
    closed_house.audience = "anyone"
    closed_house.save()
    assert visitor.get(f"/c/{closed_house.slug}/").status_code == 200
    assert visitor.get(thread.get_absolute_url()).status_code == 404
    assert client_of(author).get(thread.get_absolute_url()).status_code == 200


def test_another_text_in_the_same_form_is_another_reply(client_of, neighbour, thread_in, open_house):
    """Somebody goes back to the page they sent from and writes something else there: no word of it is swallowed."""
    thread, elsewhere, client = thread_in(open_house), thread_in(open_house), client_of(neighbour)
    action, values = inputs(client.get(thread.get_absolute_url()))
    client.post(action, values | {"body": "The first."})
    client.post(action, values | {"body": "The second."})
    client.post(f"/threads/{elsewhere.pk}/posts/", values | {"body": "The first."})
    assert [post.source for post in thread.posts.order_by("number")[1:]] == ["The first.", "The second."]
    assert elsewhere.posts.count() == 2


def test_nobody_publishes_to_more_people_than_they_were_told(client_of, visitor, neighbour, thread_in, closed_house):
    """The line under the text said "only the members"; meanwhile the community opened."""
    thread, client = thread_in(closed_house), client_of(neighbour)
    Thread.objects.update(audience="anyone")  # it was started while the community was open
    action, values = inputs(client.get(thread.get_absolute_url()))
    assert values["readers"] == "members"
    closed_house.audience = "anyone"
    closed_house.save()
    refused = client.post(action, values | {"body": "Between us."})
    assert refused.status_code == 422
    assert "Everyone on the internet" in refused.content.decode()
    assert thread.posts.count() == 1
    action, values = inputs(refused)
    assert client.post(action, values | {"body": "Then for all."}).status_code == 302
    assert "Then for all." in visitor.get(thread.get_absolute_url()).content.decode()
