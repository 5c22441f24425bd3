"""What the rooms below must know of rules."""

from forum import log
from forum.communities import founding
from forum.communities.streams import community_readers
from forum.moderation.rulebook import actions, notices, places
from forum.moderation.rulebook.steps import begin


def register() -> None:
    founding.FOUNDED.append(begin)
    log.register_undo(actions.CHANGED, actions.undo_change)
    notices.register(community_readers)
    places.register()
