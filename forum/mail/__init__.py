"""Mail the house sends: written as rows in the deed's own transaction, sent by the worker, taken back until then.

    mail.write("decision", to=author, about=decision.pk, wait=log.UNDO_FOR)

A feature registers how its kind is said (`mail.register`); it is asked when the letter is sent, so that nothing goes
out that its reader may not see any more.
"""

from forum.mail.outbox import withdraw, write
from forum.mail.registry import Words, register

__all__ = ["Words", "register", "withdraw", "write"]
