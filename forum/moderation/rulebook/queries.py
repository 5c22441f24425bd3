"""The rules as pages, decisions and statements need them."""

from django.http import Http404

from forum.communities.models import Community
from forum.moderation.rulebook import steps
from forum.moderation.rulebook.models import Clause, RuleBook
from forum.moderation.rulebook.written import Written


def book_in_force(community: Community) -> RuleBook:
    """With its clauses; the house's own rules where the community wrote none: they are there from the first need on."""
    return steps.latest(community) or steps.begin(community)


def clauses_in_force(community: Community) -> list[Clause]:
    """In their order, each with its book."""
    return list(book_in_force(community).clauses.all())


def load_book(community: Community, number: int) -> RuleBook:
    """One version, with its clauses. Http404 when there is none of this number."""
    rows = community.rule_books.filter(number=number).select_related("community").prefetch_related("clauses")
    book = rows.first()
    if book is None:
        raise Http404
    return book


def books(community: Community) -> list[RuleBook]:
    """Every version, the newest first."""
    rows = list(community.rule_books.select_related("by").order_by("-number"))
    return rows or [steps.begin(community)]


def written(book: RuleBook) -> tuple[Written, ...]:
    return tuple(Written(titles=each.titles, texts=each.texts) for each in book.clauses.all())
