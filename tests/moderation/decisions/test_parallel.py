"""Ten at once: one decision, nine told. On SQLite and on PostgreSQL."""

import pytest

from forum.models import Complaint, Decision, Letter, LogEntry, PostHiding
from forum.moderation.decisions import actions
from forum.web.errors import Conflict
from tests.cast import person
from tests.moderation.decisions.conftest import decided
from tests.threads.test_parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ten(open_house):
    members = [person(f"judge-{n}") for n in range(10)]
    for member in members:
        open_house.memberships.create(member=member, role="moderator")
    return members


@pytest.mark.parametrize("is_reported", [True, False])
def test_ten_moderators_decide_one_case(is_reported, ten, about, clause, request):
    case = request.getfixturevalue("reported") if is_reported else None
    acts = ["hide"] if case is None else ["hide", "fold", "warn", "fine", "pause"]

    def decide(n):
        try:
            return decided(ten[n], about, acts[n % len(acts)], case=case).by
        except Conflict as conflict:
            return str(conflict.message)

    answers = at_once(10, decide)
    decision = Decision.objects.get()
    assert answers.count(decision.by) == 1
    assert sum(f"{decision.by} decided this first" in str(answer) for answer in answers) == 9
    assert LogEntry.objects.count() == 1
    assert Letter.objects.filter(kind="decision").count() == int(decision.is_restriction)


def test_ten_answers_to_a_complaint_are_one(ten, moderator, about):
    decision = decided(moderator, about, "hide")
    complaint = actions.complain(decision=decision, words="A joke.", language="en")

    def answer(n):
        outcome = ("reversed", "upheld")[n % 2]
        try:
            return actions.answer_complaint(
                complaint=complaint, by=ten[n], outcome=outcome, reasons="Read again."
            ).outcome
        except Conflict:
            return None

    answers = [found for found in at_once(10, answer) if found]
    complaint = Complaint.objects.get()
    assert answers == [complaint.outcome]
    assert PostHiding.objects.exists() == (complaint.outcome == "upheld")


def test_ten_complaints_are_one(moderator, about):
    decision = decided(moderator, about, "hide")
    made = at_once(10, lambda n: actions.complain(decision=decision, words="A joke.", language="en").pk)
    assert len(set(made)) == 1


def test_a_reply_is_in_before_the_pause_or_refused(ten, about, post):
    from forum import text
    from forum.threads import actions as threads
    from forum.web.errors import Refusal

    def deed(n):
        if n == 3:
            return decided(ten[0], about, "pause") and "paused"
        try:
            return threads.reply(
                author=post.author, thread=post.thread, body=text.clean(f"Word {n}.", "markdown")
            ).number
        except Refusal:
            return "refused"

    answers = at_once(8, deed)
    assert answers[3] == "paused"
    assert post.thread.posts.count() == 2 + sum(isinstance(answer, int) for answer in answers)
