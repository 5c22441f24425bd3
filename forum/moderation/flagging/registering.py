from forum import log, mail
from forum.moderation.flagging import actions, letters


def register() -> None:
    log.register_undo(actions.UNFOUNDED, actions.undo_finding)
    mail.register(actions.LETTER, letters.compose)
