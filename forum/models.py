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
from forum.methods.hiding import TryHiding
from forum.methods.models import (
    Method,
    MethodPicture,
    MethodTerm,
    MethodVersion,
    Redaction,
    Try,
    TryWithdrawal,
)
from forum.methods.naming import MethodName
from forum.methods.pictures.models import PictureGap, PictureRemoval
from forum.methods.questions.models import MailedQuestion, QuestionMailStop, SkippedQuestion
from forum.methods.translations.models import Translation, TranslationRemoval, TranslationState
from forum.methods.wishes.models import CardSource, CardWish
from forum.notifications.models import CommunityChoice, Following, Happening, Line, PersonMute
from forum.plans.models import Plan, PlanEditor, PlanMethod, PlanRemoval, PlanRevision
from forum.search.models import SearchDocument
from forum.threads.models import (
    Deletion,
    Lock,
    Pin,
    Post,
    PostMethod,
    PostPicture,
    PostQuote,
    Reaction,
    ReadMark,
    Revision,
    Thread,
)
from forum.threads.naming import PostName

__all__ = [
    "CardSource",
    "CardWish",
    "Change",
    "Closing",
    "Community",
    "CommunityChoice",
    "Deletion",
    "Departure",
    "Draft",
    "Following",
    "FormerSlug",
    "Happening",
    "Invitation",
    "JoinRequest",
    "Line",
    "Lock",
    "MailedQuestion",
    "Membership",
    "Method",
    "MethodName",
    "MethodPicture",
    "MethodTerm",
    "MethodVersion",
    "PersonMute",
    "Picture",
    "PictureGap",
    "PictureRemoval",
    "Pin",
    "Plan",
    "PlanEditor",
    "PlanMethod",
    "PlanRemoval",
    "PlanRevision",
    "Post",
    "PostMethod",
    "PostName",
    "PostPicture",
    "PostQuote",
    "QuestionMailStop",
    "Reaction",
    "ReadMark",
    "Redaction",
    "Revision",
    "SearchDocument",
    "Section",
    "SkippedQuestion",
    "Stream",
    "Thread",
    "Translation",
    "TranslationRemoval",
    "TranslationState",
    "Try",
    "TryHiding",
    "TryWithdrawal",
]
