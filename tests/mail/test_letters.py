"""Letters: written with the deed, taken back until they go, sent once, and again when the mail server was away."""

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as mailbox
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.models import Member
from forum import changes, mail
from forum.mail import registry, sending
from forum.mail.models import Letter


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    mail.register("test", lambda letter: mail.Words(f"Hello\n{letter.about}", "Words.") if letter.about else None)
    yield
    registry._kinds.pop("test")


def written(**more: object) -> Letter:
    with changes.writing():
        return mail.write("test", **{"about": 7, **more})  # type: ignore[arg-type]


def test_a_letter_goes_to_one_person_once(author: Member) -> None:
    letter = written(to=author)
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    (message,) = mailbox.outbox
    assert message.to == [author.email]
    assert message.subject == "Hello 7"
    assert message.extra_headers["Message-ID"] == letter.message_id
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_to_an_address_without_an_account() -> None:
    written(address="somebody@elsewhere.example")
    assert sending.send_due() == 1
    assert mailbox.outbox[0].to == ["somebody@elsewhere.example"]


def test_it_waits_and_can_be_taken_back_until_then(author: Member) -> None:
    written(to=author, wait=timedelta(minutes=1))
    assert sending.send_due() == 0
    with changes.writing():
        assert mail.withdraw("test", about=7) == 1
    Letter.objects.update(due_at=timezone.now())
    assert sending.send_due() == 0
    assert mailbox.outbox == []


def test_what_has_nothing_left_to_say_is_not_sent(author: Member) -> None:
    written(to=author, about=0)
    assert sending.send_due() == 0
    assert Letter.objects.get().withdrawn_at
    assert mailbox.outbox == []


def test_a_mail_server_that_is_away_gets_it_later(author: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = written(to=author)
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", _refuse)
        assert sending.send_due() == 0
    letter.refresh_from_db()
    assert letter.attempts == 1
    assert "SMTPServerDisconnected" in letter.problem
    assert letter.due_at > timezone.now()
    assert sending.send_due() == 0
    Letter.objects.update(due_at=timezone.now())
    assert sending.send_due() == 1
    assert len(mailbox.outbox) == 1


def test_a_letter_in_a_dead_workers_hand_goes_out_under_its_own_id(author: Member) -> None:
    letter = written(to=author)
    assert sending._claim() == letter
    assert sending.send_due() == 0
    Letter.objects.update(claimed_at=timezone.now() - sending.LEASE * 2)
    assert sending.send_due() == 1
    assert mailbox.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_it_is_given_up_after_days(author: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    written(to=author)
    Letter.objects.update(written_at=timezone.now() - sending.GIVE_UP_AFTER * 2)
    monkeypatch.setattr(EmailBackend, "send_messages", _refuse)
    assert sending.send_due() == 0
    assert Letter.objects.get().given_up_at
    assert not Letter.objects.waiting().exists()


def _refuse(_self: EmailBackend, _messages: object) -> int:
    raise SMTPServerDisconnected("gone")
