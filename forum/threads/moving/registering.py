"""What the rooms below must know of moving."""

from django.utils.translation import gettext_lazy as _

from forum.threads.managing.undoing import register_words
from forum.threads.moving import notices, undoing


def register() -> None:
    notices.register()
    undoing.register()
    register_words("thread.moved", _("It moved."))
    register_words("thread.split", _("The posts have a new place."))
    register_words("thread.merged", _("The threads are one."))
    register_words("move.asked", _("The authors are asked."))
