"""One question a visit or a week to the author of a method, answered by a number; nobody else learns of it."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from forum.methods.card import Card
from forum.methods.questions.answering import token_of
from forum.methods.questions.catalogue import BY_KEY, next_question
from forum.methods.questions.mail import send_weekly_questions
from forum.models import MailedQuestion, Membership, Method, QuestionMailStop, SkippedQuestion
from forum.web.errors import Refusal
from tests.methods.cards import published, soup

OPEN = {"group_max": None, "group_min": None}


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("12", 12), ("12 osób", 12), ("ok. 12", 12), ("10-15", 15), ("10–15 people", 15),
        ("od 10 do 15", 15), ("2.", 2),
        ("Hi,\n\nabout 30\n\n> How many people? 99", 30),
    ],
)  # fmt: skip
def test_an_answer_in_somebodys_own_way(words: str, most: int) -> None:
    assert BY_KEY["group_max"].put(Card(), words).group_max == most


@pytest.mark.parametrize("words", ["", "many", "12.5", "1,5", "-3", "3 or 4 or 5", "15-10", "0", "9" * 30, "٣", "1h30"])
def test_an_answer_that_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(Refusal):
        BY_KEY["group_max"].put(Card(), words)


def test_ranges_hours_and_choices() -> None:
    time = BY_KEY["minutes_max"]
    assert (time.put(Card(), "60-90").minutes_min, time.put(Card(), "60-90").minutes_max) == (60, 90)
    assert time.put(Card(), "2 godziny").minutes_min == 120
    assert BY_KEY["skill"].put(Card(), "2.").skill == "2"
    assert BY_KEY["space"].put(Card(), "2, 4 and 2").space == ("courtyard", "park")
    assert BY_KEY["access:seated"].put(Card(), "3").access[0].answer == "depends"
    assert [each.name for each in BY_KEY["materials"].put(Card(), " chalk \n\nrope\nchalk").materials] == [
        "chalk",
        "rope",
    ]
    for key, words in (("skill", "4"), ("skill", "1 2"), ("purposes", "1 2 3 4"), ("access:seated", "maybe")):
        with pytest.raises(Refusal):
            BY_KEY[key].put(Card(), words)


def test_only_what_the_card_does_not_state_is_asked() -> None:
    assert next_question(Card(), ()).key == "group_max"
    assert next_question(soup(), ()).key == "purposes"
    assert next_question(soup(), ("purposes",)).key == "skill"


pytestmark = pytest.mark.django_db


@pytest.fixture
def method(author, open_house) -> Method:
    method = published(author, open_house, **OPEN)
    Method.objects.update(published_at=timezone.now() - timedelta(days=9))
    return method


def page(client: Client, method: Method) -> str:
    return client.get(method.get_absolute_url(), follow=True).content.decode()


class TestOnThePage:
    def test_its_author_alone_is_asked_one_thing_a_visit(
        self, client_of, author, neighbour, moderator, visitor, method
    ):
        mine, question = client_of(author), f"/methods/{method.pk}/questions/group_max/"
        assert "How many people at most?" in page(mine, method)
        for other in (client_of(neighbour), client_of(moderator), visitor):
            assert 'id="question"' not in page(other, method)
        assert client_of(moderator).post(question, {"answer": "12"}).status_code == 404
        assert mine.post(question, {"answer": "about 12"}).status_code == 302
        method.refresh_from_db()
        assert (method.group_max, method.version) == (12, 2)
        assert method.versions.get(number=2).note == "People, at most: 12"
        assert method.thread.posts.count() == 1
        assert 'id="question"' not in page(mine, method)
        assert "How many people does it need at least?" not in page(client_of(neighbour), method)
        assert 'id="question"' in page(client_of(author), method)  # the next visit

    def test_the_note_is_in_the_language_of_the_card(self, client_of, author, open_house):
        method = published(author, open_house, language="pl", **OPEN)
        client_of(author).post(f"/methods/{method.pk}/questions/skill/", {"answer": "1"})
        note = method.versions.get(number=2).note
        assert note
        assert "How hard" not in note

    def test_not_now_and_never(self, client_of, author, neighbour, method):
        client, question = client_of(author), f"/methods/{method.pk}/questions/group_max/"
        client.post(question, {"later": "1"})
        assert 'id="question"' not in page(client, method)
        assert "How many people at most?" in page(client_of(author), method)
        client.post(question, {"skip": "1"})
        client.post(question, {"skip": "1"})
        assert SkippedQuestion.objects.get().question == "group_max"
        assert "How many people at most?" not in page(client_of(author), method)
        assert method.versions.count() == 1
        assert client_of(neighbour).post(question, {"skip": "1"}).status_code == 404

    def test_what_cannot_be_read_stays_on_its_field(self, client_of, author, method):
        answer = client_of(author).post(f"/methods/{method.pk}/questions/group_max/", {"answer": "quite <many>"})
        assert answer.status_code == 422
        assert "quite &lt;many&gt;" in answer.content.decode()
        assert "one whole number" in answer.content.decode()

    def test_what_was_said_meanwhile_is_not_overwritten(self, client_of, author, method):
        client, question = client_of(author), f"/methods/{method.pk}/questions/group_max/"
        client.post(question, {"answer": "12"})
        assert client.post(question, {"answer": "12"}).status_code == 302  # the same, sent twice
        assert client.post(question, {"answer": "40"}).status_code == 409
        method.refresh_from_db()
        assert (method.group_max, method.version) == (12, 2)

    def test_whoever_left_is_not_asked(self, client_of, author, method):
        Membership.objects.filter(member=author).delete()
        assert 'id="question"' not in page(client_of(author), method)
        assert client_of(author).post(f"/methods/{method.pk}/questions/skill/", {"answer": "1"}).status_code == 422
        assert method.versions.count() == 1


@pytest.fixture
def verified(author) -> None:
    EmailAddress.objects.update_or_create(user=author, email=author.email, defaults={"verified": True, "primary": True})


def link_of(message) -> str:
    return "/questions/" + message.body.split("/questions/")[1].split()[0]


@pytest.mark.usefixtures("verified")
class TestByMail:
    def test_one_a_week_and_each_thing_once(self, author, method):
        now = timezone.now()
        assert [send_weekly_questions(now), send_weekly_questions(now)] == [1, 0]
        assert send_weekly_questions(now + timedelta(days=6)) == 0
        assert send_weekly_questions(now + timedelta(days=8)) == 1
        first, second = mail.outbox
        assert "How many people at most?" in first.subject
        assert "How many people at most?" not in second.subject
        assert first.to == [author.email]
        assert first.extra_headers["Auto-Submitted"] == "auto-generated"
        assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert first.extra_headers["List-Unsubscribe"].endswith("/stop/>")

    def test_in_the_members_language_with_its_numbers(self, author, method):
        author.interface_language = "de"
        author.save(update_fields=["interface_language"])
        for key in ("group_max", "purposes"):
            SkippedQuestion.objects.create(method=method, question=key, member=author)
        send_weekly_questions()
        assert "1  " in mail.outbox[0].body
        assert "How hard" not in mail.outbox[0].body

    @pytest.mark.parametrize("why", ["unverified", "stopped", "young", "left", "inactive", "house"])
    def test_who_gets_none(self, author, method, why):
        if why == "unverified":
            EmailAddress.objects.update(verified=False)
        elif why == "stopped":
            QuestionMailStop.objects.create(member=author)
        elif why == "young":
            Method.objects.update(published_at=timezone.now())
        elif why == "left":
            Membership.objects.filter(member=author).delete()
        else:
            setattr(author, "is_active" if why == "inactive" else "is_house", why != "inactive")
            author.save()
        assert send_weekly_questions() == 0
        assert not mail.outbox

    def test_a_failure_is_tried_again_and_a_crash_is_not(self, author, method):
        now = timezone.now()
        with patch("django.core.mail.EmailMessage.send", side_effect=SMTPRecipientsRefused({})):
            assert send_weekly_questions(now) == 0
        assert MailedQuestion.objects.get().failures == 1
        with patch("django.core.mail.EmailMessage.send", side_effect=SystemExit), pytest.raises(SystemExit):
            send_weekly_questions(now)
        assert send_weekly_questions(now) == 0
        assert not mail.outbox
        assert MailedQuestion.objects.get().sent_at is None
        MailedQuestion.objects.update(claimed_at=None)
        assert send_weekly_questions(now) == 1
        assert MailedQuestion.objects.get().sent_at is not None

    def test_the_link_answers_one_thing_without_signing_in(self, visitor, author, method):
        send_weekly_questions()
        link = link_of(mail.outbox[0])
        assert "How many people at most?" in visitor.get(link).content.decode()
        assert method.versions.count() == 1
        assert visitor.post(link, {"answer": "lots"}).status_code == 422
        assert visitor.post(link, {"answer": "ok. 25", "title": "Mine"}, follow=True).status_code == 200
        method.refresh_from_db()
        assert (method.group_max, method.version, method.title) == (25, 2, "Soup in the courtyard")
        assert method.versions.get(number=2).editor == author
        assert "People, at most: 25" in visitor.get(link).content.decode()

    def test_a_link_of_ones_own_making_is_none(self, visitor, author, method):
        send_weekly_questions()
        token = token_of(MailedQuestion.objects.get())
        for forged in (f"{token}x", "1", token.replace(":", "."), "x" * 5000):
            assert visitor.get(f"/questions/{forged}/").status_code == 404
            assert visitor.post(f"/questions/{forged}/stop/").status_code == 404
        author.is_active = False
        author.save(update_fields=["is_active"])
        assert visitor.get(f"/questions/{token}/").status_code == 404

    def test_the_link_can_say_never(self, visitor, method):
        send_weekly_questions()
        assert "will not be asked again" in visitor.post(link_of(mail.outbox[0]), {"skip": "1"}).content.decode()
        assert SkippedQuestion.objects.get().question == "group_max"

    def test_a_mail_program_stops_it_with_one_post_and_no_look(self, method, author):
        send_weekly_questions()
        stop, strict = f"{link_of(mail.outbox[0])}stop/", Client(enforce_csrf_checks=True)
        shown = strict.get(stop).content.decode()
        assert "Author gets" in shown
        assert not QuestionMailStop.objects.exists()
        assert strict.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert QuestionMailStop.objects.get().member == author
        assert send_weekly_questions(timezone.now() + timedelta(days=8)) == 0

    def test_a_member_chooses(self, client_of, author, method):
        client = client_of(author)
        assert "/questions/" in client.get(author.get_absolute_url()).content.decode()
        client.post("/questions/", {"mail": "no"})
        assert QuestionMailStop.objects.exists()
        client.post("/questions/", {"mail": "yes"})
        assert not QuestionMailStop.objects.exists()
