"""What became of a report, in words for whoever sent it: enough to understand and to complain, and no more about the
person reported than anybody can see."""

from django.utils.translation import gettext as _

from forum.moderation.decisions.models import RESTRICTIONS, Act, Decision


def outcome(decision: Decision) -> str:
    if hasattr(decision, "reversal"):
        return _("It was decided, and that decision was taken back afterwards.")
    match decision.act:
        case Act.FINE:
            return _("We looked at it and left it as it is: we found nothing that our rules or the law forbid.")
        case Act.REWORD:
            return _("We looked at it and asked its author to change it.")
        case Act.FOLD:
            return _("We looked at it and folded it: it stands behind a click, with a word about why.")
        case Act.HIDE:
            return _("We looked at it and took it out of sight.")
    return _("We looked at it, found that it is not allowed, and acted on it.")


def ground(decision: Decision) -> str:
    """Of a restriction: the rule or the law."""
    if decision.act not in RESTRICTIONS or hasattr(decision, "reversal"):
        return ""
    return f"{decision.clause.number}. {decision.clause.title}" if decision.clause else decision.law


def how(decision: Decision) -> str:
    """DSA, article 16(6): whether a machine decided."""
    if decision.is_by_machine:
        return _("This was decided automatically.")
    return _("This was decided by a person.")
