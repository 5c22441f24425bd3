"""That something changed on the desk, told to the open pages of those who have it.

Low, so that reports and decisions may call it. Such a change says nothing of what it is about: among those who follow
a community's desk may be somebody the case is about. Each page asks the server what its own reader may see of it.
"""

from forum import changes
from forum.moderation.reports.models import Case, Level


def tell_desk(case: Case) -> None:
    """A case was opened, claimed, released, decided, or has climbed. Inside `changes.writing()`."""
    tell_desks(case.community_id, and_administrators=case.level == Level.ADMINISTRATORS)


def tell_desks(community: int | None, *, and_administrators: bool = False) -> None:
    """The desk of a community; `desk:0` is the administrators', for the whole site."""
    if community is not None:
        changes.record(f"desk:{community}", "desk.changed")
    if community is None or and_administrators:
        changes.record("desk:0", "desk.changed")
