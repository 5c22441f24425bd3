"""A lost second factor: an administrator who made sure takes it away, the log says so, the member is told."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Member
from forum.log.models import LogEntry
from forum.mail.models import Letter
from forum.mail.sending import send_due
from forum.moderation.factors.actions import reset_second_factor
from forum.notifications.spreading import spread
from forum.web.errors import Refusal
from tests.accounts.factors import INDEX, with_app, with_passkey
from tests.accounts.helpers import PASSWORD
from tests.cast import person

pytestmark = pytest.mark.django_db

PAGE = "/moderation/members/anna-wrona/second-factor/"
FORM = {"checked": "Called back on the number in the members' book.", "reason": "The phone fell into the Odra."}


@pytest.fixture
def admin(db: None) -> Member:
    return person("admin", is_staff=True)


@pytest.fixture
def lost(anna: Member, signed_in: Client) -> Member:
    """Anna, who has factors, and is signed in somewhere."""
    with_app(anna)
    with_passkey(anna)
    assert f"/moderation/members/{anna.username}/second-factor/" == PAGE
    return anna


def test_the_factors_go_the_sessions_end_and_she_is_told(
    lost: Member, admin: Member, signed_in: Client, client_of: Callable[[Member], Client]
) -> None:
    browser = client_of(admin)
    assert "Reset a second factor" in browser.get(PAGE).content.decode()
    page = browser.post(PAGE, FORM, follow=True)
    assert "no second factor" in page.content.decode()
    assert not Authenticator.objects.filter(user=lost).exists()
    assert signed_in.get("/accounts/profile/").status_code == 302
    entry = LogEntry.objects.get(kind="factor.reset")
    assert (entry.by, entry.person, entry.words, entry.more) == (
        admin,
        lost,
        FORM["reason"],
        {"checked": FORM["checked"]},
    )
    send_due()
    letter = next(each for each in mail.outbox if each.to == [lost.email])
    assert "was reset" in letter.subject
    assert INDEX in letter.body
    assert not any(word in letter.body for word in (str(admin), admin.email, FORM["checked"]))
    spread()
    again = Client(headers={"accept-language": "en"})
    again.post("/accounts/login/", {"login": lost.email, "password": PASSWORD})
    said = again.get("/notifications/").content.decode()
    assert "Your second factor was reset by an administrator." in said
    assert str(admin) not in said


def test_how_it_was_checked_has_to_be_said(lost: Member, admin: Member, client_of: Callable[[Member], Client]) -> None:
    page = client_of(admin).post(PAGE, {"checked": "  ", "reason": FORM["reason"]})
    assert page.status_code == 422
    assert page.context["form"].errors["checked"]
    assert FORM["reason"] in page.content.decode()
    assert Authenticator.objects.filter(user=lost).count() == 3
    with pytest.raises(Refusal) as refusal:
        reset_second_factor(by=admin, member=lost, checked=" ")
    assert refusal.value.field == "checked"


def test_the_same_form_twice_is_one_reset(lost: Member, admin: Member, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(admin)
    answers = [browser.post(PAGE, FORM).status_code for _ in range(2)]
    assert answers == [302, 422]
    assert LogEntry.objects.filter(kind="factor.reset").count() == Letter.objects.count() == 1


def test_only_administrators_and_not_for_themselves(
    lost: Member, admin: Member, neighbour: Member, client_of: Callable[[Member], Client]
) -> None:
    assert client_of(neighbour).post(PAGE, FORM).status_code == 404
    with_app(admin)
    assert client_of(admin).post("/moderation/members/admin/second-factor/", FORM).status_code == 422
    for by, member in ((neighbour, lost), (admin, admin), (admin, neighbour)):
        with pytest.raises(Refusal):
            reset_second_factor(by=by, member=member, checked="Seen.")
    assert Authenticator.objects.count() == 5
    assert not LogEntry.objects.exists()


def test_nobody_by_that_name_and_the_house_are_the_same_404(
    admin: Member, client_of: Callable[[Member], Client]
) -> None:
    person("importer", is_house=True)
    browser = client_of(admin)
    for name in ("importer", "nobody"):
        assert browser.get(f"/moderation/members/{name}/second-factor/").status_code == 404


def test_whoever_runs_the_server_can_help_the_only_administrator(admin: Member, capsys: pytest.CaptureFixture) -> None:
    with_app(admin)
    call_command("reset_second_factor", "Admin@cast.example", checked="It is me.")
    assert not Authenticator.objects.exists()
    assert LogEntry.objects.get().by is None
    for address in ("nobody@cast.example", admin.email):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", address, checked="It is me.")
