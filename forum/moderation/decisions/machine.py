"""What the house does by itself: three independent reports fold a post until a person looks, within a day."""

from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from accounts.actions import open_account
from accounts.models import Member
from forum import changes
from forum.moderation.decisions import effects, letters, steps
from forum.moderation.decisions.models import Act, Decision
from forum.moderation.decisions.rules import Choice
from forum.moderation.reports import rules as reports
from forum.moderation.reports.models import Case, Report
from forum.moderation.reports.telling import tell_desk
from forum.moderation.rulebook.models import Clause
from forum.moderation.rulebook.queries import clauses_in_force
from forum.moderation.subjects import subject
from forum.threads.hiding.models import PostHiding

ORDER = tuple(Report.Ground(each) for each in ("insult", "hate", "advertising", "privacy", "rights"))
LOOKED_AT_WITHIN = timedelta(hours=24)


@changes.writing()
def fold_by_machine(*, case: Case) -> Decision | None:
    """Folds the post of this open case when enough people reported it independently; None when not, when it is no post
    or hidden already, or when a person decided before. Twice is once."""
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    about = subject(case)
    if about is None or about.column != "post" or case.closed_at or case.decisions.exists():
        return None
    if reports.independent(case) < reports.FOLD_AFTER or PostHiding.objects.filter(post=about.row).exists():
        return None
    clause = _clause(case)
    if clause is None:
        return None
    choice = Choice(Act.FOLD, clause)
    decision = steps.create(
        by=None, about=about, case=case, choice=choice, language=settings.LANGUAGE_CODE, is_by_machine=True
    )
    decision.effects = effects.apply(decision, house())
    decision.save(update_fields=["effects"])
    case.follow_up_at = timezone.now() + LOOKED_AT_WITHIN
    case.save(update_fields=["follow_up_at"])
    tell_desk(case)
    letters.tell(decision, timedelta(0))
    steps.enter(decision, by=None)
    return decision


def after_report(case: Case) -> None:
    fold_by_machine(case=case)


def _clause(case: Case) -> Clause | None:
    """The rule we rely on until a person says which: the house's rules stand in this order."""
    clauses = clauses_in_force(case.community) if case.community else []
    grounds = Counter(case.reports.values_list("ground", flat=True)).most_common(1)
    place = ORDER.index(grounds[0][0]) if grounds and grounds[0][0] in ORDER else 0
    return clauses[min(place, len(clauses) - 1)] if clauses else None


def house() -> Member:
    """The account in whose name the house acts; opened when it is first needed, and nobody signs in to it."""
    address = f"house@{urlsplit(settings.SITE_URL).hostname}"
    found = Member.objects.filter(email=address, is_house=True).first()
    return found or open_account(email=address, display_name=settings.SITE_NAME, is_house=True)
