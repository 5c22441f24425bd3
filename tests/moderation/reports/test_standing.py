"""Whoever often reported without any ground waits; whom the house trusts is marked; danger is heard in any case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Member
from forum.models import Community, Report, ReporterStep, Thread, TrustedFlagger
from forum.moderation.reports.actions import report
from forum.moderation.subjects import subject_of
from forum.web.errors import Refusal

SAID: dict[str, Any] = {"words": "", "address": "http://localhost/", "language": "en", "is_good_faith": True}


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community) -> Thread:
    return thread_in(open_house)


def test_a_paused_reporter_waits_but_for_danger(neighbour: Member, moderator: Member, thread: Thread) -> None:
    about = subject_of("thread", thread)
    first, _token = report(about=subject_of("post", thread.posts.get()), member=neighbour, ground="hate", **SAID)
    until = timezone.now() + timedelta(days=9)
    ReporterStep.objects.create(member=neighbour, report=first, kind=ReporterStep.Kind.PAUSE, until=until)
    with pytest.raises(Refusal) as refused:
        report(about=about, member=neighbour, ground="insult", **SAID)
    assert "paused until" in str(refused.value.message)
    assert Report.objects.get() == first
    report(about=about, member=neighbour, ground="danger", **SAID)
    assert Report.objects.filter(ground="danger", member=neighbour).exists()


def test_a_trusted_flaggers_report_is_marked(
    neighbour: Member, outsider: Member, moderator: Member, thread: Thread
) -> None:
    about = subject_of("thread", thread)
    TrustedFlagger.objects.create(member=neighbour, by=moderator, reason="The city's office")
    report(about=about, member=neighbour, ground="insult", **SAID)
    report(about=about, member=outsider, ground="insult", **SAID)
    assert dict(Report.objects.values_list("member__username", "is_trusted")) == {"neighbour": True, "outsider": False}
