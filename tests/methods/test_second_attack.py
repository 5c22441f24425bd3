"""What an attack on what is told, asked, mailed and shown found, and finds no more."""

import io
import time
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from forum.files.actions import keep_picture
from forum.methods.questions.mail import send_weekly_questions
from forum.methods.telling.pictures import described, undescribed
from forum.models import Membership, Method, MethodPicture, MethodVersion, Picture, QuestionMailStop
from tests.house.walk import tiny_png
from tests.methods.cards import published
from tests.methods.test_wishes import begun, send, wished

pytestmark = pytest.mark.django_db
PICTURE = "01234567-0123-0123-0123-0123456789ab"


@pytest.mark.parametrize(
    "part", ["<img ", "![", '<img src="/pictures/x', f'src="/pictures/{PICTURE}/" ', '<img alt="', "![ "]
)
def test_a_text_of_nothing_but_beginnings_is_read_at_once(part):
    words = "<img " + part * (250_000 // len(part))
    before = time.process_time()
    assert undescribed(words) == []
    assert described(words, {PICTURE: "A pot"}) == words
    assert time.process_time() - before < 2


@pytest.fixture
def asked(author, closed_house) -> Method:
    method = published(author, closed_house, group_max=None, group_min=None)
    Method.objects.update(published_at=timezone.now() - timedelta(days=9))
    EmailAddress.objects.create(user=author, email=author.email, verified=True, primary=True)
    return method


@pytest.mark.parametrize("why", ["left", "suspended", "answered", "another address"])
def test_a_mail_that_failed_is_not_sent_to_whom_it_no_longer_concerns(asked, author, client_of, why):
    with patch("django.core.mail.EmailMessage.send", side_effect=SMTPRecipientsRefused({})):
        send_weekly_questions()
    if why == "left":
        Membership.objects.filter(member=author).delete()
    elif why == "suspended":
        author.is_active = False
        author.save(update_fields=["is_active"])
    elif why == "another address":
        EmailAddress.objects.update(verified=False)
    else:
        client_of(author).post(f"/methods/{asked.pk}/questions/group_max/", {"answer": "12"})
    assert send_weekly_questions() == 0
    assert not mail.outbox


def test_whoever_left_can_still_stop_the_mails(asked, author, visitor):
    send_weekly_questions()
    link = "/questions/" + mail.outbox[0].body.split("/questions/")[1].split()[0]
    Membership.objects.filter(member=author).delete()
    assert visitor.get(link).status_code == 404
    assert visitor.get(f"{link}stop/").status_code == 200
    assert visitor.post(f"{link}stop/").status_code == 200
    assert QuestionMailStop.objects.get().member == author


def test_whoever_made_a_card_of_a_post_does_not_destroy_its_pictures(
    client_of, author, neighbour, moderator, open_house, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    picture = keep_picture(uploader=author, file=io.BytesIO(tiny_png()), size=10)
    body = f"Everybody brings a cup.\n\n![Cups](/pictures/{picture.pk}/)"
    post = begun(author, open_house, body)
    wished(neighbour, post, "yes")
    send(client_of(neighbour), post, body=body)
    MethodPicture.objects.get_or_create(version=Method.objects.get().versions.get(), picture=picture)
    MethodVersion.objects.update(html=post.html)
    address = f"/methods/{Method.objects.get().pk}/picture-removals/new/"
    assert client_of(neighbour).post(address, {"picture": str(picture.pk), "reason": "x"}).status_code == 404
    assert Picture.objects.exists()
    assert str(picture.pk) in client_of(author).get(post.thread.get_absolute_url()).content.decode()
    assert client_of(moderator).post(address, {"picture": str(picture.pk), "reason": "Promised."}).status_code == 302
    assert not Picture.objects.exists()
