"""How often one comes, asks and invites: far beyond people, and no further."""

import pytest
from django.core import mail

from forum.communities import rules
from forum.communities.models import Invitation, JoinRequest, Membership

ASK = "/communities/closed-house/request/"
INVITATIONS = "/c/invited-house/invitations/"


@pytest.fixture(autouse=True)
def few_an_hour(monkeypatch):
    monkeypatch.setattr(rules, "MOST_COMINGS", 3)
    monkeypatch.setattr(rules, "MOST_INVITATIONS", 6)


def test_asking_and_taking_it_back_wears_nobody_out(client_of, outsider, listed_house):
    browser = client_of(outsider)
    for _again in range(3):
        browser.post(ASK, {"note": "May I?"})
        browser.post(f"{ASK}withdrawal/")
    refused = browser.post(ASK, {"note": "And may I now?"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "That was very quick" in refused.content.decode()
    assert "And may I now?" in refused.content.decode()
    assert not JoinRequest.objects.filter(outcome="waiting").exists()


def test_coming_and_going_neither(client_of, outsider, open_house):
    browser = client_of(outsider)
    for _again in range(3):
        browser.post("/c/open-house/membership/")
        browser.post("/c/open-house/departure/")
    page = browser.post("/c/open-house/membership/", follow=True)
    assert "That was very quick" in page.content.decode()
    assert not Membership.objects.filter(member=outsider).exists()


def test_one_address_gets_five_invitations_a_day(client_of, steward, invited_house, django_capture_on_commit_callbacks):
    browser = client_of(steward)
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(5):
            assert browser.post(INVITATIONS, {"email": "somebody@cast.example"}).status_code == 200
        refused = browser.post(INVITATIONS, {"email": "Somebody@cast.example"})
    assert refused.status_code == 429
    assert "invited several times today" in refused.content.decode()
    assert len(mail.outbox) == 5
    assert Invitation.objects.still_open().count() == 1  # the last that was sent still works


def test_a_steward_invites_so_many_people_an_hour(client_of, steward, invited_house):
    browser = client_of(steward)
    for number in range(6):
        assert browser.post(INVITATIONS, {"email": f"n{number}@cast.example"}).status_code == 200
    refused = browser.post(INVITATIONS, {"email": "one-more@cast.example"})
    assert refused.status_code == 429
    assert 'value="one-more@cast.example"' in refused.content.decode()
    assert Invitation.objects.count() == 6
