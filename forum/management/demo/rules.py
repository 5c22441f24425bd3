"""The demo's rules: the house's clauses, and what each community added, by its steward."""

import tomllib
from datetime import datetime, timedelta

from accounts.models import Member
from forum.communities.models import Community
from forum.management.demo.content import HERE
from forum.moderation.rulebook import actions, queries
from forum.moderation.rulebook.models import RuleBook
from forum.moderation.rulebook.written import Written


def write_rules(people: dict[str, Member], now: datetime) -> int:
    """How many communities have rules of their own."""
    said = tomllib.loads((HERE / "rules.toml").read_text(encoding="utf-8"))["community"]
    for n, each in enumerate(said):
        community = Community.objects.get(slug=each["slug"])
        present = queries.book_in_force(community)
        own = [Written(titles=clause["titles"], texts=clause["texts"]) for clause in each["clause"]]
        book = actions.change_rules(
            by=people["steward"],
            community=community,
            clauses=[*queries.written(present), *own],
            note=each["note"],
            is_significant=False,
            based_on=present.number,
        )
        RuleBook.objects.filter(pk=present.pk).update(at=community.created_at)
        RuleBook.objects.filter(pk=book.pk).update(at=now - timedelta(days=90 - 11 * n))
    return len(said)
