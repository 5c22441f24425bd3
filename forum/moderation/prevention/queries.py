"""What the page of a community's own eyes shows: what each list did, how often a human saw it otherwise, and what it
would have done to the texts of the last weeks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from forum import text
from forum.communities.models import Community
from forum.moderation.decisions.models import RESTRICTIONS, Decision
from forum.moderation.prevention.judging import matches
from forum.moderation.prevention.models import Catch, Watchword
from forum.threads.holding.models import HeldText
from forum.threads.models import Post

TESTED = 1000  # texts, the latest
SINCE = timedelta(days=60)
SHOWN = 10

_restricted = Decision.objects.filter(case=OuterRef("case"), act__in=[act.value for act in RESTRICTIONS])
#: A human saw it otherwise: let it out as it was, or closed the case and restricted nothing.
WRONG = Q(held__outcome=HeldText.Outcome.RELEASED) | Q(case__closed_at__isnull=False) & ~Q(Exists(_restricted))
LOOKED_AT = Q(held__outcome__in=[HeldText.Outcome.RELEASED, HeldText.Outcome.RETURNED]) | Q(
    case__closed_at__isnull=False
)


@dataclass(frozen=True)
class Counted:
    caught: int
    looked_at: int
    wrong: int


def watchwords_of(community: Community) -> list[Watchword]:
    """Those in use, newest first, each with `.counted`."""
    words = list(Watchword.objects.filter(community=community, retired_at=None).order_by("-pk").select_related("by"))
    counts = {
        row["watchword"]: _counted(row) for row in _counts(Catch.objects.filter(watchword__in=words), "watchword")
    }
    for word in words:
        word.counted = counts.get(word.pk, Counted(0, 0, 0))  # type: ignore[attr-defined]  # for the page alone
    return words


def of_newcomers(community: Community) -> Counted:
    rows = Catch.objects.filter(community=community, watchword=None)
    return next((_counted(row) for row in _counts(rows, "community")), Counted(0, 0, 0))


def _counts(rows: "QuerySet[Catch]", by: str) -> list[dict[str, int]]:
    looked, wrong = Count("pk", filter=LOOKED_AT), Count("pk", filter=WRONG)
    return list(rows.order_by().values(by).annotate(caught=Count("pk"), looked_at=looked, wrong=wrong))


def _counted(row: dict[str, int]) -> Counted:
    return Counted(row["caught"], row["looked_at"], row["wrong"])


def tested(word: Watchword) -> tuple[int, list[Post]]:
    """(how many of the community's latest texts it would have met, some of them). Texts that anybody there may read."""
    since = timezone.now() - SINCE
    rows = Post.objects.filter(thread__community=word.community, deletion=None, published_at__gt=since)
    latest = rows.order_by("-published_at").select_related("thread", "author")[:TESTED]
    met = [post for post in latest if matches(word, f"{_title(post)}\n{text.plain(post.html)}", post.html)]
    return len(met), met[:SHOWN]


def _title(post: Post) -> str:
    return post.thread.title if post.number == 1 else ""
