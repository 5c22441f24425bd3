"""How a version of the rules becomes rows."""

from typing import Any

from forum import changes
from forum.communities.models import Community
from forum.communities.steps import hold
from forum.moderation.rulebook.house import house_clauses
from forum.moderation.rulebook.models import Clause, RuleBook
from forum.moderation.rulebook.written import Written


def latest(community: Community) -> RuleBook | None:
    rows = RuleBook.objects.filter(community=community).order_by("-number")
    return rows.select_related("community").prefetch_related("clauses").first()


def begin(community: Community) -> RuleBook:
    """Two first readers at once: the second finds what the first wrote."""
    with changes.writing():
        hold(community)
        return latest(community) or put(community, 1, house_clauses(), is_significant=False)


def put(community: Community, number: int, clauses: tuple[Written, ...], **fields: Any) -> RuleBook:
    """A version as rows. For those who hold the community."""
    book = RuleBook.objects.create(community=community, number=number, **fields)
    Clause.objects.bulk_create(
        Clause(book=book, number=place, titles=dict(each.titles), texts=dict(each.texts))
        for place, each in enumerate(clauses, 1)
    )
    return book
