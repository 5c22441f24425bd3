"""Gathers the features' rows for Django: one app, one migration history."""

from forum.changes.models import Change, Stream
from forum.communities.models import (
    Closing,
    Community,
    Departure,
    FormerSlug,
    Invitation,
    JoinRequest,
    Membership,
    Section,
)
from forum.drafts.models import Draft
from forum.files.models import Picture
from forum.threads.models import (
    Deletion,
    Lock,
    Pin,
    Post,
    PostPicture,
    PostQuote,
    Reaction,
    ReadMark,
    Revision,
    Thread,
)

__all__ = [
    "Change",
    "Closing",
    "Community",
    "Deletion",
    "Departure",
    "Draft",
    "FormerSlug",
    "Invitation",
    "JoinRequest",
    "Lock",
    "Membership",
    "Picture",
    "Pin",
    "Post",
    "PostPicture",
    "PostQuote",
    "Reaction",
    "ReadMark",
    "Revision",
    "Section",
    "Stream",
    "Thread",
]
