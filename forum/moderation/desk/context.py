"""All one needs to decide without leaving: the text as on its page, what stood before it, who says what about it, and
what there was with its author."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.utils.safestring import SafeString

from accounts.models import Member
from forum import text
from forum.communities.models import Membership
from forum.communities.restrictions import Restriction
from forum.log.targets import Targeted
from forum.moderation.decisions.forms import DecisionForm
from forum.moderation.decisions.models import Decision
from forum.moderation.desk import history
from forum.moderation.reports.models import Case, Report
from forum.moderation.subjects import Subject, subject
from forum.threads.hiding.steps import same_words
from forum.threads.models import Post, Revision

BEFORE = 3
DECISIONS = 5


@dataclass
class Person:
    """The author, here. `since` None: no member of this community now."""

    member: Member
    since: Any
    decisions: list[Decision]
    restrictions: list[Restriction]
    has_history: bool


@dataclass
class Shown:
    """`about` None: it was a picture that is gone. `post`: with `.filled`, where the thing is one or begins with one;
    `plain`: its words, where not. `as_reported`: the text then, where it was changed since."""

    about: Subject | None
    post: Any = None
    before: list[Any] = field(default_factory=list)
    plain: str = ""
    as_reported: SafeString | None = None
    same: list[Post] = field(default_factory=list)
    person: Person | None = None


def shown(viewer: Any, targeted: Targeted, reports: list[Report]) -> Shown:
    about = subject(targeted)
    found = Shown(about)
    if about is None:
        return found
    if about.column in {"post", "thread"}:
        _put_posts(found, about, reports)
    else:
        found.plain = about.words
    if about.author and not about.author.is_house:
        found.person = _person(viewer, about.author, about)
    return found


def _put_posts(found: Shown, about: Subject, reports: list[Report]) -> None:
    thread = about.row.thread if about.column == "post" else about.row
    number = about.row.number if about.column == "post" else 1
    rows = thread.posts.filter(number__gt=number - 1 - BEFORE, number__lte=number).select_related("author", "deletion")
    posts = list(rows.order_by("number"))
    for post in posts:
        post.thread = thread
    *found.before, found.post = [*posts]
    changed = [report.revision for report in reports if report.revision and report.revision < found.post.revision]
    then = _revision(found.post, changed[0]) if changed else None
    text.fill([*(post for post in posts if not post.is_deleted), *([then] if then else [])])
    found.as_reported = then.filled if then else None
    found.same = same_words(found.post)


def _revision(post: Post, number: int) -> Any:
    row = Revision.objects.filter(post=post, number=number).first()
    return SimpleNamespace(html=row.html, thread=post.thread, filled="") if row else None


def _person(viewer: Any, member: Member, about: Subject) -> Person:
    since = Membership.objects.filter(member=member, community=about.community).values_list("since", flat=True).first()
    return Person(
        member=member,
        since=since,
        decisions=list(history.decisions_about(viewer, member)[:DECISIONS]),
        restrictions=list(history.restrictions_on(viewer, member)),
        has_history=history.may_look(viewer, member),
    )


def decision_form(viewer: Any, about: Subject | None, case: Case | None) -> DecisionForm | None:
    return DecisionForm(member=viewer, about=about, case=case) if about else None


def reports_of(case: Case) -> list[Report]:
    """The newest first."""
    return list(case.reports.select_related("member").order_by("-at", "-pk"))
