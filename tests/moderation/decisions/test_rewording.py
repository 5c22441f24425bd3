"""Asked to reword: a sentence and a draft, no statement; the post stands, and a change settles it."""

from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.utils import timezone

from forum import log, text
from forum.drafts.actions import keep_draft
from forum.mail import sending
from forum.models import Case, Draft, Letter, LogEntry, PostHiding
from forum.notifications.spreading import spread
from forum.threads import actions as threads
from forum.threads.models import Lock
from forum.web.errors import Conflict, Refusal
from tests.moderation.decisions.conftest import decided

pytestmark = pytest.mark.django_db


def edit(post, words="A kinder word."):
    body = text.clean(words, "markdown")
    return threads.edit_post(editor=post.author, post=post, body=body, based_on=post.revision)


def test_the_author_finds_the_sentence_and_the_text(moderator, about, post, client_of):
    decision = decided(moderator, about, "reword")
    assert not PostHiding.objects.exists()
    assert Draft.objects.get(member=post.author).place == f"post:{post.pk}"
    browser = client_of(post.author)
    page = browser.get(f"/posts/{post.pk}/edit/").content.decode()
    assert "Could you say this without the nickname?" in page
    assert "Word 2." in page
    spread()
    assert f"/posts/{post.pk}/edit/" in browser.get("/notifications/").content.decode()
    Letter.objects.update(due_at=timezone.now())
    sending.send_due()
    (message,) = mailbox.outbox
    assert "Could you say this without the nickname?" in message.body
    assert "Moderator" not in message.body.replace("The moderators of", "")
    assert browser.get(decision.get_absolute_url()).status_code == 200


def test_a_change_settles_it_and_the_moderator_looks_now(moderator, about, post, reported, client_of):
    decision = decided(moderator, about, "reword", case=reported)
    reported.refresh_from_db()
    assert reported.closed_at is None
    assert reported.follow_up_at == decision.asking.until > timezone.now() + timedelta(hours=23)
    edit(post)
    reported.refresh_from_db()
    decision.asking.refresh_from_db()
    assert decision.asking.settled_at
    assert reported.follow_up_at <= timezone.now()
    assert "nickname" not in client_of(post.author).get(f"/posts/{post.pk}/edit/").content.decode()
    decided(moderator, about, "fine", case=reported)
    assert Case.objects.get().closed_at


def test_of_ones_own_accord_somebody_comes_back_to_it(moderator, about):
    decided(moderator, about, "reword")
    assert Case.objects.get().follow_up_at > timezone.now()
    assert not Case.objects.get().reports.exists()


def test_another_waits_until_it_was_looked_at(moderator, other, about, post, reported):
    decided(moderator, about, "reword", case=reported)
    with pytest.raises(Conflict):
        decided(other, about, "hide", case=reported)
    edit(post)
    decided(other, about, "hide", case=reported)


def test_ones_own_draft_stays_and_an_untouched_one_goes_with_the_undoing(moderator, about, post):
    keep_draft(member=post.author, place=f"post:{post.pk}", body="My own attempt.")
    decided(moderator, about, "reword")
    entry = LogEntry.objects.get()
    log.undo(entry=entry, by=moderator)
    assert Draft.objects.get().body == "My own attempt."
    Draft.objects.all().delete()
    assert Case.objects.get().closed_at  # nobody had reported it
    decided(moderator, about, "reword")
    assert Draft.objects.exists()
    log.undo(entry=LogEntry.objects.latest("pk"), by=moderator)
    assert not Draft.objects.exists()
    assert not Letter.objects.waiting().exists()


def test_not_where_its_author_could_not_change_it(moderator, about, post):
    Lock.objects.create(thread=post.thread, by=moderator)
    with pytest.raises(Refusal) as refused:
        decided(moderator, about, "reword")
    assert refused.value.field == "act"
    assert not Case.objects.exists()
