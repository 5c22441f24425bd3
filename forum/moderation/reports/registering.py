"""What the rooms of reports and of duty tell the rooms below them."""

from forum.moderation.duty import letters as duty
from forum.moderation.reports import letters, notices


def register() -> None:
    letters.register()
    notices.register()
    duty.register()
