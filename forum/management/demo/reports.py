"""Two reports that wait for the demo's moderators: a neighbour's, and one by somebody without an account."""

from datetime import datetime, timedelta

from accounts.models import Member
from forum.mail.models import Letter
from forum.moderation.duty.models import Call
from forum.moderation.reports import actions
from forum.moderation.reports.addresses import address_of
from forum.moderation.reports.models import Case, Report
from forum.moderation.subjects import subject_of
from forum.threads.models import Post

#: (title of a thread, number of the post, who reports or a name and an address, ground, words, hours ago)
REPORTS = (
    (
        "Śmieci, odcinek kolejny",
        1,
        "adam",
        "",
        Report.Ground.INSULT,
        "Wszyscy wiedzą, o kogo chodzi. Można do niego zejść piętro niżej zamiast pisać tutaj.",
        3,
    ),
    (
        "Galeria w mieszkaniu: jak nie pokłócić się z sąsiadami z dołu",
        1,
        "Jerzy",
        "jerzy@elsewhere.example",
        Report.Ground.PRIVACY,
        "Ten pan, który wstaje o czwartej, to mój ojciec. Po tym opisie poznaje go cała ulica.",
        26,
    ),
)


def report_things(people: dict[str, Member], now: datetime) -> int:
    """How many. Nobody is mailed: what they would be told stands on the desk."""
    for title, number, name, email, ground, words, hours in REPORTS:
        post = Post.objects.select_related("thread__community", "author").get(thread__title=title, number=number)
        about, at = subject_of("post", post), now - timedelta(hours=hours)
        row, _token = actions.report(
            about=about,
            ground=ground,
            words=words,
            address=address_of(about),
            member=None if email else people[name],
            name=name if email else "",
            email=email,
            language="pl",
            is_good_faith=True,
        )
        Report.objects.filter(pk=row.pk).update(at=at)
        Case.objects.filter(pk=row.case_id).update(opened_at=at)
        Call.objects.filter(case=row.case_id).update(at=at)
    Letter.objects.filter(sent_at=None).update(withdrawn_at=now)
    return len(REPORTS)
