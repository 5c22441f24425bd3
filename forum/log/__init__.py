"""The log of moderation: append-only, one entry a deed, each about exactly one thing.

    log.enter("thread.locked", by=moderator, community=thread.community_id, thread=thread, words=reason)

Every deed of moderators enters itself, inside its own write. A deed that can be taken back registers how
(`log.register_undo`), so that whoever did it finds one button.
"""

from forum.log.entering import UNDO_FOR, enter, register_undo, undo
from forum.log.models import LogEntry

__all__ = ["UNDO_FOR", "LogEntry", "enter", "register_undo", "undo"]
