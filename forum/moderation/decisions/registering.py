"""What the rooms below must know of decisions."""

from django.utils.translation import gettext_lazy as _

from accounts import standing
from forum.moderation.decisions import actions, letters, restricting, rewording, steps
from forum.moderation.reports import complaining
from forum.threads import rewording as threads
from forum.threads.managing.undoing import register_words


def register() -> None:
    letters.register()
    actions.register()
    standing.register(restricting.suspension_of)
    complaining.register(actions.complain)
    for kind in steps.LOGGED:
        register_words(kind, _("It is decided, and nothing was mailed yet."))
    threads.register(threads.Rewording(asked=rewording.asked, edited=rewording.edited))
