"""Whose second factor may be reset, and by whom."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import factors
from accounts.models import Member

SAY_HOW = _("Please write how you made sure that it is this person.")
Reason = str | Promise | None


def why_not_reset(by: Member | None, member: Member) -> Reason:
    """`by` None: whoever runs the server, by a command."""
    if by is not None and not (by.is_staff and by.is_active):
        return _("Only administrators can do this.")
    if by == member:
        return _("Another administrator has to do this for you: one person alone does not check themselves.")
    if member.is_house or not factors.has_factor(member):
        return _("There is no second factor to reset.")
    return None
