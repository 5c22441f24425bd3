"""What is done to a community's rules. A version never changes: every change is a version more."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, log, notifications
from forum.communities.models import Community
from forum.communities.steps import hold, only_for_stewards
from forum.log.models import LogEntry
from forum.moderation.rulebook import queries, steps
from forum.moderation.rulebook.models import RuleBook
from forum.moderation.rulebook.written import Written, problems
from forum.web.errors import Conflict, Refusal

CHANGED = "rules.changed"


def change_rules(
    *, by: Member, community: Community, clauses: Sequence[Written], note: str, is_significant: bool, based_on: int
) -> RuleBook:
    """The next version, in force at once; of `is_significant` ones the members are told (Digital Services Act,
    article 14(2)). The same clauses again are the version there is.

    Refusal: who is no steward; what is wrong with the clauses (field "clauses"). Conflict, with the version in force:
    the writer began from an earlier one.
    """
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        if wrong := problems(clauses):
            raise Refusal(next(iter(wrong.values())), field="clauses")
        present = queries.book_in_force(community)
        if queries.written(present) == tuple(clauses):
            return present
        if present.number != based_on:
            raise Conflict(present)
        book = _next(by, present, tuple(clauses), note.strip()[:300], is_significant=is_significant)
        log.enter(CHANGED, by=by, community=community.pk, words=book.note, house=community, more={"book": book.pk})
        if is_significant:
            notifications.notify(kind=CHANGED, actor=by, topic=community.pk, community=community.pk, about=book.pk)
        return book


def bring_back_rules(*, by: Member, book: RuleBook) -> RuleBook:
    """Undoes a change: what was in force before is again, as a version more, and who was told is told no more.
    Refusal when somebody changed the rules since."""
    with changes.writing():
        community = hold(book.community)
        only_for_stewards(by, community)
        present = queries.book_in_force(community)
        if present.pk != book.pk or book.number < 2:
            raise Refusal(_("The rules were changed again meanwhile. Change them once more instead."))
        earlier = queries.written(queries.load_book(community, book.number - 1))
        notifications.withdraw(CHANGED, about=book.pk)
        note = _("Back to version %(number)s.") % {"number": book.number - 1}
        return _next(by, present, earlier, note, is_significant=False)


def undo_change(entry: LogEntry, by: Member) -> None:
    bring_back_rules(by=by, book=RuleBook.objects.select_related("community").get(pk=entry.more["book"]))


def _next(by: Member, present: RuleBook, clauses: tuple[Written, ...], note: str, *, is_significant: bool) -> RuleBook:
    """One version more; the open pages hear of it."""
    said = {"by": by, "note": note, "is_significant": is_significant}
    book = steps.put(present.community, present.number + 1, clauses, **said)
    changes.record(f"community:{book.community_id}", CHANGED, book=book.pk)
    return book
