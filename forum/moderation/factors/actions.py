"""A lost second factor is taken away, after somebody made sure whose account it is."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from accounts.models import Member
from forum import changes, log, mail
from forum.log import LogEntry
from forum.moderation.factors import notices
from forum.moderation.factors.rules import SAY_HOW, why_not_reset
from forum.web.errors import Refusal

LONGEST_CHECK = 300


@changes.writing()
def reset_second_factor(*, by: Member | None, member: Member, checked: str, reason: str = "") -> LogEntry:
    """Every factor of the member goes, and with them what any session has shown; their sessions end. They are told.

    `checked`: how it was made sure that it is them, for the log. Refusal (field "checked" where that is empty).
    `by` None: whoever runs the server.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if not checked.strip():
        raise Refusal(SAY_HOW, field="checked")
    if why_not := why_not_reset(by, member):
        raise Refusal(why_not)
    Authenticator.objects.filter(user=member).delete()
    for session in UserSession.objects.filter(user=member):
        session.end()
    entry = log.enter(
        "factor.reset",
        by=by,
        community=None,
        person=member,
        words=reason.strip(),
        more={"checked": checked.strip()[:LONGEST_CHECK]},
    )
    mail.write("factor.reset", to=member, about=entry.pk)
    notices.reset(member)
    return entry
