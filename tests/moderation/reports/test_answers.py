"""What those who reported are told, when, and how it is taken back; danger to life; three reports and the house."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum.mail import sending
from forum.models import Case, Clause, Complaint, Decision, Letter, LogEntry, Post, Report, RuleBook
from forum.moderation.reports import actions, complaining
from forum.moderation.reports.letters import CARE_AGAIN_AFTER
from forum.moderation.subjects import subject_of
from forum.notifications.spreading import spread
from tests.cast import person
from tests.moderation.reports.helpers import address_of, reported

Clients = Callable[[Member], Client]


def decided(case: Case, by: Member | None = None, act: str = "hide") -> Decision:
    book, _made = RuleBook.objects.get_or_create(community=case.community, number=1)
    clause, _made = Clause.objects.get_or_create(book=book, number=3, defaults={"titles": {"en": "Be kind"}})
    return Decision.objects.create(
        case=case,
        community=case.community,
        by=by,
        act=act,
        facts="Zqfacts",
        clause=clause,
        language="en",
        digest=f"{case.pk}-{act}",
        **{case.target_kind: case.target},
    )


@pytest.fixture
def answered(post: Post, neighbour: Member, moderator: Member) -> Case:
    """Reported by the neighbour and by Nela, who has no account; then hidden."""
    case = reported(post, neighbour)[0].case
    reported(post)
    sending.send_due()
    mailbox.outbox.clear()
    assert actions.answer_reports(case=case, decision=decided(case, moderator)) == 2
    case.refresh_from_db()
    return case


def later() -> None:
    Letter.objects.update(due_at=timezone.now())
    sending.send_due()


def test_everybody_who_reported_is_told_after_the_undo_time(answered: Case, neighbour: Member) -> None:
    assert answered.closed_at
    assert sending.send_due() == 0
    later()
    assert {each.to[0] for each in mailbox.outbox} == {neighbour.email, "nela@elsewhere.example"}
    for letter in mailbox.outbox:
        assert "took it out of sight" in letter.body
        assert "3. Be kind" in letter.body
        assert "six months" in letter.body
        assert "/reports/" in letter.body
        for secret in ("Zqfacts", "Zqwords", "Moderator", "Word 2", "Author"):
            assert secret not in letter.body
    assert actions.answer_reports(case=answered, decision=Decision.objects.get()) == 0


def test_the_page_and_the_notice_say_it(answered: Case, neighbour: Member, client_of: Clients) -> None:
    spread()
    page = client_of(neighbour).get("/notifications/").content.decode()
    assert "Your report was decided." in page
    row = answered.reports.get(member=neighbour)
    link = f"/reports/{actions.token_of(row)}/"
    assert f'href="{link}"' in page
    said = Client().get(link).content.decode()
    assert "took it out of sight" in said
    assert "If you disagree" in said
    assert "Zqfacts" not in said


def test_undone_nobody_is_told(answered: Case, neighbour: Member, client_of: Clients) -> None:
    actions.reopen(case=answered)
    actions.reopen(case=answered)
    later()
    spread()
    assert mailbox.outbox == []
    assert "Your report was decided." not in client_of(neighbour).get("/notifications/").content.decode()
    answered.refresh_from_db()
    assert answered.closed_at is None
    row = answered.reports.get(member=neighbour)
    assert "has arrived" in Client().get(f"/reports/{actions.token_of(row)}/").content.decode()


def test_with_what_was_reported_anew_meanwhile_it_waits_together(
    answered: Case, post: Post, outsider: Member, neighbour: Member
) -> None:
    anew = reported(post, outsider)[0].case
    reported(post, neighbour)
    actions.reopen(case=answered)
    answered.refresh_from_db()
    assert answered.closed_at
    assert anew.reports.count() == 3  # the neighbour's once
    assert not anew.reports.exclude(answered_at=None).exists()


@pytest.mark.parametrize(("act", "words"), [("fine", "left it as it is"), ("suspend", "acted on it")])
def test_about_a_person_no_more_than_needed(act: str, words: str, post: Post, neighbour: Member) -> None:
    row, token = reported(post, neighbour)
    actions.answer_reports(case=row.case, decision=decided(row.case, act=act))
    page = Client().get(f"/reports/{token}/").content.decode()
    assert words in page
    assert "suspend" not in page


def test_danger_to_life_reaches_everybody_at_once(
    post: Post, author: Member, neighbour: Member, moderator: Member, steward: Member, settings: object
) -> None:
    settings.MODERATION_EMAIL = "help@institution.example"  # type: ignore[attr-defined]
    admin = person("admin", is_staff=True)
    row, token = reported(post, neighbour, "danger")
    assert sending.send_due() == 6
    told = {each.to[0]: each for each in mailbox.outbox}
    judges = {moderator.email, steward.email, admin.email, "help@institution.example"}
    assert told.keys() == judges | {neighbour.email, author.email}
    for address in judges:
        assert "life may be in danger" in told[address].body
        assert "Zqwords" not in told[address].body + told[address].subject
    assert "116 123" in Client().get(f"/reports/{token}/").content.decode()
    care = told[author.email]
    assert "112" in care.body
    assert "116 111" in care.body
    assert "report" not in (care.body + care.subject).lower()
    assert not any(word in care.body for word in ("Neighbour", "post", "wrote", "said"))
    row.case.refresh_from_db()
    assert row.case.urgency == 3


def test_care_comes_once_a_week(post: Post, neighbour: Member, steward: Member, author: Member) -> None:
    reported(post, neighbour, "danger")
    other = Post.objects.exclude(pk=post.pk).get()
    reported(other, neighbour, "danger")
    assert Letter.objects.filter(kind="care.numbers", member=author).count() == 1
    Letter.objects.update(written_at=timezone.now() - CARE_AGAIN_AFTER - timedelta(hours=1))
    Case.objects.update(closed_at=timezone.now())
    reported(post, steward, "danger")
    assert Letter.objects.filter(kind="care.numbers").count() == 2


def test_danger_said_later_is_as_urgent(post: Post, neighbour: Member, outsider: Member, moderator: Member) -> None:
    reported(post, neighbour)
    reported(post, outsider, "danger")
    assert Letter.objects.filter(kind="duty.danger", member=moderator).count() == 1


@pytest.fixture
def folded() -> Iterator[list[int]]:
    found: list[int] = []

    def hook(case: Case) -> None:
        found.append(case.pk)

    actions.AFTER[:], kept = [hook], [*actions.AFTER]
    yield found
    actions.AFTER[:] = kept


def test_three_who_are_independent_call_the_house(
    post: Post, neighbour: Member, steward: Member, outsider: Member, folded: list[int]
) -> None:
    case = reported(post, neighbour)[0].case
    for n in range(3):
        reported(post, person(f"newcomer-{n}", vouched_at=None))
        reported(post, email=f"{n}@elsewhere.example")
    assert folded == []  # one member, and strangers, who count once together
    reported(post, steward)
    assert folded == [case.pk]
    case.refresh_from_db()
    assert timezone.now() < case.follow_up_at <= timezone.now() + timedelta(hours=24)
    reported(post, outsider)
    assert folded == [case.pk]


def test_a_thread_is_not_folded_by_a_machine(
    post: Post, neighbour: Member, steward: Member, outsider: Member, folded: list[int]
) -> None:
    about = subject_of("thread", post.thread)
    for member in (neighbour, steward, outsider):
        actions.report(
            about=about,
            ground="insult",
            words="",
            address=address_of(post),
            member=member,
            language="en",
            is_good_faith=True,
        )
    assert folded == []


def test_the_log_names_no_reporter(answered: Case, neighbour: Member) -> None:
    for entry in LogEntry.objects.all():
        assert entry.by != neighbour
        assert "eighbour" not in f"{entry.words}{entry.more}"


@pytest.fixture
def complaints() -> Iterator[None]:
    """Stands for the decisions' verb."""

    def complain(*, decision: Decision, words: str, report: Report | None = None, language: str) -> Complaint:
        return Complaint.objects.get_or_create(
            decision=decision, report=report, defaults={"words": words, "language": language}
        )[0]

    kept = [*complaining._verbs]
    complaining.register(complain)
    yield
    complaining._verbs[:] = kept


def test_who_reported_complains_from_their_link(answered: Case, neighbour: Member, complaints: None) -> None:
    row = answered.reports.get(member=None)
    link, browser = f"/reports/{actions.token_of(row)}/", Client()
    assert f'href="{link}complaint/"' in browser.get(link).content.decode()
    assert browser.post(f"{link}complaint/", {"words": " "}).status_code == 422
    assert not Complaint.objects.exists()
    for _ in range(2):
        answer = browser.post(f"{link}complaint/", {"words": "It is still there."})
        assert answer["Location"] == link
    assert Complaint.objects.get().report == row
    assert "Somebody else than the first time looks at it" in browser.get(link).content.decode()
    assert browser.get("/reports/made-up/complaint/").status_code == 404


def test_before_a_decision_there_is_nothing_to_complain_about(post: Post, complaints: None) -> None:
    _row, token = reported(post)
    assert Client().get(f"/reports/{token}/complaint/").status_code == 404
