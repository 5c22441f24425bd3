"""Trusted flaggers; and reporters of what is manifestly unfounded: warned, then paused, never by others' words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as mailbox
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import log
from forum.log.models import LogEntry
from forum.mail import sending
from forum.models import Case, Community, Letter, Report, ReporterStep, Thread, TrustedFlagger
from forum.moderation.flagging import actions
from forum.moderation.flagging.standing import PAUSE, State, is_trusted, reporter_standing
from forum.web.errors import Refusal
from tests.cast import person

ClientOf = Callable[[Member], Client]


@pytest.fixture
def reports(thread_in: Callable[..., Thread], open_house: Community) -> Callable[..., list[Report]]:
    """So many reports by one person, each of a case of its own."""

    def reports(count: int, member: Member | None = None, email: str = "", language: str = "en") -> list[Report]:
        thread, now = thread_in(open_house), timezone.now()
        made = []
        for n in range(count):
            case = Case.objects.create(thread=thread, community=open_house, closed_at=now)
            digest = f"{member}{email}{n}{case.pk}"
            said = {"ground": "other", "address": "https://x.example/", "language": language, "digest": digest}
            made.append(Report.objects.create(case=case, member=member, email=email, **said))
        return made

    return reports


def send_all() -> list[str]:
    Letter.objects.update(due_at=timezone.now())
    sending.send_due()
    return [message.subject for message in mailbox.outbox]


def test_warned_after_three_and_paused_after_five(
    reports: Callable[..., list[Report]], moderator: Member, neighbour: Member
) -> None:
    states = []
    for report in reports(5, neighbour):
        actions.find_unfounded(by=moderator, report=report)
        actions.find_unfounded(by=moderator, report=report)
        states.append(reporter_standing(neighbour, "").state)
    assert states == [State.FINE, State.FINE, State.WARNED, State.WARNED, State.PAUSED]
    until = reporter_standing(neighbour, "").until
    assert until
    assert timedelta(0) <= timezone.now() + PAUSE - until < timedelta(minutes=5)
    assert LogEntry.objects.filter(kind=actions.UNFOUNDED).count() == 5
    assert send_all() == ["About your reports to Courtyard", "Your reports to Courtyard are paused"]
    ReporterStep.objects.filter(kind="pause").update(until=timezone.now())
    assert reporter_standing(neighbour, "").state == State.WARNED


def test_what_was_found_long_ago_counts_no_more(
    reports: Callable[..., list[Report]], moderator: Member, neighbour: Member
) -> None:
    old = reports(2, neighbour)
    Report.objects.filter(pk__in=[each.pk for each in old]).update(unfounded_at=timezone.now() - timedelta(days=91))
    actions.find_unfounded(by=moderator, report=reports(1, neighbour)[0])
    assert reporter_standing(neighbour, "").state == State.FINE


def test_a_finding_is_undone_with_its_letter(
    reports: Callable[..., list[Report]], moderator: Member, neighbour: Member
) -> None:
    for report in reports(3, neighbour):
        actions.find_unfounded(by=moderator, report=report)
    log.undo(entry=LogEntry.objects.filter(kind=actions.UNFOUNDED).latest("pk"), by=moderator)
    assert Report.objects.filter(unfounded_at__isnull=False).count() == 2
    assert reporter_standing(neighbour, "").state == State.FINE
    assert send_all() == []


def test_an_address_somebody_typed_puts_no_member_in_the_wrong(
    reports: Callable[..., list[Report]], moderator: Member, neighbour: Member
) -> None:
    EmailAddress.objects.create(user=neighbour, email=neighbour.email, verified=True, primary=True)
    for report in reports(3, email=neighbour.email.upper(), language="pl"):
        actions.find_unfounded(by=moderator, report=report)
    assert reporter_standing(None, neighbour.email).state == State.WARNED
    assert reporter_standing(neighbour, neighbour.email).state == State.FINE
    for report in reports(3, neighbour):
        actions.find_unfounded(by=moderator, report=report)
    assert reporter_standing(None, "").state == State.FINE
    assert Letter.objects.get(member=None).language == "pl"


def test_only_who_judges_the_case_finds_it_unfounded(
    reports: Callable[..., list[Report]],
    cast: dict[str, Member],
    outsider: Member,
    client_of: ClientOf,
) -> None:
    (report,) = reports(1, cast["neighbour"])
    address = f"/moderation/reports/{report.pk}/finding/"
    for member in (cast["neighbour"], cast["author"], outsider):
        assert client_of(member).post(address, {"found": "unfounded"}).status_code == 404
        with pytest.raises(Refusal):
            actions.find_unfounded(by=member, report=report)
    answer = client_of(cast["moderator"]).post(address, {"found": "unfounded"})
    assert answer["Location"] == f"/moderation/cases/{report.case_id}/"
    assert Report.objects.get().unfounded_at
    client_of(cast["moderator"]).post(address)
    assert Report.objects.get().unfounded_at is None


def test_trusted_are_a_member_or_a_confirmed_address(author: Member, outsider: Member, client_of: ClientOf) -> None:
    administrator = person("overseer", is_staff=True)
    address, said = "/moderation/trusted/", {"reason": "Named by the coordinator."}
    assert client_of(author).post(address, {"whom": "author", **said}).status_code == 404
    browser = client_of(administrator)
    assert browser.post(address, {"whom": "nobody here", **said}).status_code == 422
    assert browser.post(address, {"whom": "author", **said}).status_code == 302
    assert browser.post(address, {"whom": "@Police.example", **said}).status_code == 302
    assert browser.post(address, {"whom": "@police.example", **said}).status_code == 302
    assert TrustedFlagger.objects.count() == 2
    assert is_trusted(author, "")
    assert not is_trusted(outsider, "")
    officer = person("officer")
    row = EmailAddress.objects.create(user=officer, email="desk@police.example", verified=False, primary=True)
    assert not is_trusted(officer, "desk@police.example")
    EmailAddress.objects.filter(pk=row.pk).update(verified=True)
    assert is_trusted(officer, "")
    assert not is_trusted(None, "desk@police.example")
    assert is_trusted(None, "Desk@police.example", is_confirmed=True)
    assert not is_trusted(None, "desk@police.example.org", is_confirmed=True)
    trusted = TrustedFlagger.objects.get(member=author)
    assert client_of(author).post(f"/moderation/trusted/{trusted.pk}/ending/").status_code == 404
    assert browser.post(f"/moderation/trusted/{trusted.pk}/ending/").status_code == 302
    assert not is_trusted(author, "")
