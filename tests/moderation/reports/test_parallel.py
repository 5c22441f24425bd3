"""Many at once: one case, every report in it."""

from collections.abc import Callable

import pytest

from accounts.models import Member
from forum.models import Case, Community, LogEntry, Report, Thread
from tests.cast import person
from tests.communities.test_parallel import at_once
from tests.moderation.reports.helpers import reported

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_at_once_are_one_case(thread_in: Callable[..., Thread], open_house: Community, neighbour: Member) -> None:
    post = thread_in(open_house).posts.get()
    people = [person(f"reporter-{n}") for n in range(8)]
    who = [*people, neighbour, neighbour]
    rows = at_once(*[lambda member=member: reported(post, member)[0].pk for member in who])
    assert len(set(rows)) == 9
    case = Case.objects.get()
    assert case.reports.count() == Report.objects.count() == 9
    assert LogEntry.objects.filter(kind="case.opened").count() == 1
    assert case.calls.count() == 1
