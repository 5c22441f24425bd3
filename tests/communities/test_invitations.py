"""Invitations: one person, one address, one use, seven days."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from forum.communities import actions, inviting, rules
from forum.communities.models import Invitation, Membership
from forum.web.errors import Refusal

PAGE = "/c/invited-house/invitations/"


@pytest.fixture
def newcomer(with_address):
    return with_address("newcomer")


@pytest.fixture
def token(steward, invited_house):
    return actions.invite(by=steward, community=invited_house, email="newcomer@cast.example")


def test_the_steward_invites_and_sees_the_link_once(
    client_of, steward, invited_house, settings, django_capture_on_commit_callbacks
):
    browser = client_of(steward)
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(PAGE, {"email": " Newcomer@Cast.example "})
    assert response.status_code == 200
    letter = mail.outbox[0]
    link = next(word for word in letter.body.split() if word.startswith(f"{settings.SITE_URL}/invitations/"))
    assert letter.to == ["newcomer@cast.example"]
    assert "nvited house" in letter.subject
    assert link in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    invitation = Invitation.objects.get()
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert invitation.digest == inviting.digest_of(token)
    assert invitation.sent_at
    assert token not in browser.get(PAGE).content.decode()
    assert not any(token in str(value) for value in vars(invitation).values())


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_fails_is_told(client_of, steward, invited_house, settings, caplog):
    settings.EMAIL_BACKEND = "tests.communities.broken_mail.Backend"
    with caplog.at_level(logging.CRITICAL):
        response = client_of(steward).post(PAGE, {"email": "newcomer@cast.example"})
    assert response.status_code == 200
    assert response.context["invited"].sent_at is None
    assert response.context["link"] in response.content.decode()
    assert Invitation.objects.still_open().count() == 1


def test_accepting(client_of, newcomer, invited_house, token):
    browser = client_of(newcomer)
    assert "nvited house" in browser.get(f"/invitations/{token}/").content.decode()
    response = browser.post(f"/invitations/{token}/")
    assert response["Location"] == "/c/invited-house/welcome/"
    newcomer.refresh_from_db()
    assert rules.role_of(newcomer, invited_house) == "member"
    assert newcomer.vouched_at
    assert browser.get(f"/invitations/{token}/")["Location"] == "/c/invited-house/"


def test_looking_never_uses_it_up(client_of, visitor, newcomer, invited_house, token):
    browser = client_of(newcomer)
    for _ in range(3):
        assert browser.get(f"/invitations/{token}/").status_code == 200
        assert browser.head(f"/invitations/{token}/").status_code == 200
        assert visitor.get(f"/invitations/{token}/").status_code == 200
    assert not Invitation.objects.exclude(accepted_at=None).exists()
    assert browser.post(f"/invitations/{token}/").status_code == 302


def test_somebody_new_signs_up_and_comes_back(visitor, invited_house, token):
    page = visitor.get(f"/invitations/{token}/").content.decode()
    assert f"/accounts/signup/?next=/invitations/{token}/" in page
    assert f"/accounts/login/?next=/invitations/{token}/" in page
    assert visitor.post(f"/invitations/{token}/")["Location"] == f"/accounts/login/?next=/invitations/{token}/"


def test_used_once(client_of, with_address, newcomer, steward, invited_house, token):
    actions.accept_invitation(member=newcomer, token=token)
    assert actions.accept_invitation(member=newcomer, token=token).member == newcomer  # the same button twice
    actions.leave(member=newcomer, community=invited_house)
    with pytest.raises(Refusal):
        actions.accept_invitation(member=newcomer, token=token)
    assert client_of(newcomer).get(f"/invitations/{token}/").status_code == 410
    assert rules.role_of(newcomer, invited_house) is None


@pytest.mark.parametrize("how", ["expired", "withdrawn", "used"])
def test_what_is_over_is_over(client_of, newcomer, invited_house, token, how):
    now = timezone.now()
    changes = {"expired": {"expires_at": now}, "withdrawn": {"withdrawn_at": now}, "used": {"accepted_at": now}}
    browser = client_of(newcomer)
    assert browser.get(f"/invitations/{token}/").status_code == 200  # it worked until now
    Invitation.objects.update(**changes[how])
    for response in (browser.get(f"/invitations/{token}/"), browser.post(f"/invitations/{token}/")):
        assert response.status_code == 410
        assert "nvited house" not in response.content.decode()
    with pytest.raises(Refusal):
        actions.accept_invitation(member=newcomer, token=token)
    assert rules.role_of(newcomer, invited_house) is None


def test_it_lasts_seven_days(token):
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


def test_another_address_does_not_open_it(client_of, with_address, invited_house, token):
    stranger = with_address("stranger")
    browser = client_of(stranger)
    for response in (browser.get(f"/invitations/{token}/"), browser.post(f"/invitations/{token}/")):
        assert "nvited house" not in response.content.decode()
        assert "newcomer@" not in response.content.decode()
    with pytest.raises(Refusal):
        actions.accept_invitation(member=stranger, token=token)
    assert rules.role_of(stranger, invited_house) is None


def test_an_address_nobody_confirmed_does_not_open_it(client_of, with_address, invited_house, token):
    impostor = with_address("newcomer", verified=False)
    client_of(impostor).post(f"/invitations/{token}/")
    assert rules.role_of(impostor, invited_house) is None


def test_an_unknown_link_is_not_there(client_of, newcomer, token):
    assert client_of(newcomer).get(f"/invitations/{token[:-1]}/").status_code == 404
    with pytest.raises(Refusal):
        actions.accept_invitation(member=newcomer, token="made-up")


@pytest.mark.parametrize(
    "address", ["", "nonsense", "a@b.example\nBcc: all@b.example", "a@b.example\r\n\r\nBuy", "a@b.example, c@d.example"]
)
def test_only_one_address_and_nothing_else(client_of, steward, invited_house, address):
    assert client_of(steward).post(PAGE, {"email": address}).status_code == 422
    with pytest.raises(Refusal) as refused:
        actions.invite(by=steward, community=invited_house, email=f"{address} ")
    assert refused.value.field == "email"
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_a_name_of_two_lines_makes_no_header(steward, invited_house, django_capture_on_commit_callbacks):
    invited_house.names = {"en": "House\nBcc: all@b.example", "pl": "House\nBcc: all@b.example"}
    invited_house.save()
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(by=steward, community=invited_house, email="newcomer@cast.example")
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["newcomer@cast.example"]


def test_withdrawing(client_of, steward, newcomer, invited_house, token):
    invitation = Invitation.objects.get()
    browser = client_of(steward)
    assert "newcomer@cast.example" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}{invitation.pk}/withdrawal/")
    assert client_of(newcomer).get(f"/invitations/{token}/").status_code == 410
    assert "newcomer@cast.example" not in browser.get(PAGE).content.decode()


def test_inviting_again_ends_the_first_link(steward, newcomer, invited_house, token):
    second = actions.invite(by=steward, community=invited_house, email="newcomer@cast.example")
    with pytest.raises(Refusal):
        actions.accept_invitation(member=newcomer, token=token)
    actions.accept_invitation(member=newcomer, token=second)


def test_removal_ends_open_invitations(steward, newcomer, invited_house, token):
    actions.accept_invitation(member=newcomer, token=token)
    spare = actions.invite(by=steward, community=invited_house, email="newcomer@cast.example")
    actions.remove_member(by=steward, community=invited_house, member=newcomer, reason="spam")
    with pytest.raises(Refusal):
        actions.accept_invitation(member=newcomer, token=spare)


def test_only_stewards_invite(client_of, cast, outsider, visitor, invited_house, token):
    assert client_of(cast["steward"]).get(PAGE).status_code == 200
    invitation = Invitation.objects.get()
    for browser in (visitor, *(client_of(who) for who in (outsider, cast["author"], cast["moderator"]))):
        assert browser.get(PAGE).status_code == 404
        assert browser.post(PAGE, {"email": "x@cast.example"}).status_code == 404
        assert browser.post(f"{PAGE}{invitation.pk}/withdrawal/").status_code == 404
    with pytest.raises(Refusal):
        actions.invite(by=cast["moderator"], community=invited_house, email="x@cast.example")
    assert Invitation.objects.still_open().count() == 1


def test_a_closed_down_community_lets_nobody_in(steward, newcomer, invited_house, token):
    actions.close_community(by=steward, community=invited_house, reason="Over.")
    with pytest.raises(Refusal):
        actions.accept_invitation(member=newcomer, token=token)
    with pytest.raises(Refusal):
        actions.invite(by=steward, community=invited_house, email="x@cast.example")
    assert not Membership.objects.filter(member=newcomer).exists()
