"""A complaint is answered by another person than decided, once, with reasons; and a reversal restores everything."""

from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.utils import timezone

from forum.mail import sending
from forum.models import Case, Complaint, Decision, Letter, LogEntry, Membership, PostHiding
from forum.moderation.decisions import actions, rules, tokens
from forum.notifications.spreading import spread
from forum.web.errors import Conflict, Refusal
from tests.moderation.decisions.conftest import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(moderator, about, reported):
    return decided(moderator, about, "hide", case=reported)


def complained(decision, report=None, words="It was a joke between friends."):
    return actions.complain(decision=decision, words=words, report=report, language="en")


def answered(complaint, by, outcome="reversed"):
    return actions.answer_complaint(complaint=complaint, by=by, outcome=outcome, reasons="We read it again.")


def letters():
    Letter.objects.update(due_at=timezone.now())
    sending.send_due()
    return {(message.to[0].split("@")[0], message.subject) for message in mailbox.outbox}


def test_from_the_link_of_the_mail_without_an_account(decision, visitor, post):
    address = f"/statements/{tokens.token_of(decision)}/"
    assert "complaint/" in visitor.get(address).content.decode()
    assert visitor.post(f"{address}complaint/", {"words": " "}).status_code == 422
    assert visitor.post(f"{address}complaint/", {"words": "It was a joke."}).status_code == 302
    assert visitor.post(f"{address}complaint/", {"words": "It was a joke."}).status_code == 302
    assert Complaint.objects.get().decision == decision
    assert visitor.post(f"{address}complaint/", {"words": "And another thing."}).status_code == 422
    assert LogEntry.objects.filter(kind="complaint.made").count() == 1


def test_another_moderator_reverses_it_and_both_are_told(decision, other, moderator, post, client_of):
    complaint = complained(decision)
    browser = client_of(other)
    page = browser.get(complaint.get_absolute_url()).content.decode()
    assert "It was a joke between friends." in page
    assert "Word 2." in page
    assert "/statements/" not in page  # its link is the addressee's
    assert "/statements/" not in browser.get(decision.get_absolute_url()).content.decode()
    good = {"outcome": "reversed", "reasons": "We read it again."}
    assert browser.post(complaint.get_absolute_url(), good | {"reasons": ""}).status_code == 422
    assert browser.post(complaint.get_absolute_url(), good).status_code == 302
    assert not PostHiding.objects.exists()
    told = letters()
    assert ("author", "The answer to your complaint") in told
    assert ("neighbour", "A decision was changed") in told
    spread()
    assert "Your complaint was answered" in client_of(post.author).get("/notifications/").content.decode()
    statement = client_of(post.author).get(decision.get_absolute_url()).content.decode()
    assert "taken back" in statement
    assert "Other" not in statement
    assert client_of(moderator).get(complaint.get_absolute_url()).status_code == 404


def test_it_may_stand(decision, other, post):
    answered(complained(decision), other, "upheld")
    assert PostHiding.objects.filter(post=post).exists()
    assert Complaint.objects.get().outcome == "upheld"


@pytest.mark.parametrize("who", ["moderator", "author", "neighbour", "outsider"])
def test_never_who_decided_and_never_a_party(who, decision, request):
    with pytest.raises(Refusal):
        answered(complained(decision), request.getfixturevalue(who))
    assert PostHiding.objects.exists()


def test_with_one_moderator_the_steward_then_the_administrator(decision, steward, administrator, open_house):
    complaint = complained(decision)
    assert [*rules.answerers(complaint)] == [steward]
    Membership.objects.filter(community=open_house, member=steward).delete()
    assert [*rules.answerers(complaint)] == [administrator]


def test_the_second_to_answer_is_told_who_was_first(decision, other, steward):
    complaint = complained(decision)
    answered(complaint, other)
    assert answered(complaint, other).decided_by == other
    with pytest.raises(Conflict) as told:
        answered(complaint, steward, "upheld")
    assert "Other" in str(told.value.message)


def test_a_reporter_complains_that_nothing_was_done(moderator, other, about, reported):
    decision = decided(moderator, about, "fine", case=reported)
    report = reported.reports.get()
    complaint = complained(decision, report)
    assert LogEntry.objects.get(kind="complaint.made").by is None
    answered(complaint, other)
    assert Case.objects.get().closed_at is None
    assert ("neighbour", "The answer to your complaint") in letters()
    assert not any(who == "author" for who, _subject in letters())


def test_too_late_or_about_nothing(decision, other, moderator):
    Decision.objects.update(at=timezone.now() - timedelta(days=200))
    with pytest.raises(Refusal):
        complained(decision)
    Decision.objects.update(at=timezone.now() - timedelta(days=180))
    actions.reverse(decision=decision, by=moderator, reason="No.")
    with pytest.raises(Refusal):
        complained(decision)
    assert not Complaint.objects.exists()


def test_an_undoing_does_not_overtake_a_complaint(decision, moderator):
    complained(decision)
    with pytest.raises(Refusal):
        actions.undo(LogEntry.objects.get(kind="post.hidden"), moderator)
