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
from forum.communities.restrictions import ProfileHiding, Restriction
from forum.drafts.models import Draft
from forum.files.hiding import PictureHiding
from forum.files.models import Picture
from forum.log.models import LogEntry
from forum.mail.models import Letter
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
from forum.moderation.authorities.models import Order
from forum.moderation.decisions.models import Complaint, Decision, Reversal, RewordAsking
from forum.moderation.desk.models import CaseNote, SavedReply
from forum.moderation.duty.models import Away, Call, Turn
from forum.moderation.flagging.models import ReporterStep, TrustedFlagger
from forum.moderation.prevention.models import Catch, Guard, Watchword
from forum.moderation.reports.models import Case, Report
from forum.moderation.rulebook.models import Clause, RuleBook
from forum.notifications.models import CommunityChoice, Following, Happening, Line, PersonMute
from forum.plans.models import Plan, PlanEditor, PlanMethod, PlanRemoval, PlanRevision
from forum.search.models import SearchDocument
from forum.threads.hiding.models import PostHiding, PostWords, ThreadHiding
from forum.threads.holding.models import HeldText
from forum.threads.managing.models import Conclusion, Pace
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
from forum.threads.moving.models import Leaving, Merging, MoveAnswer, MoveRequest
from forum.threads.naming import PostName

__all__ = [
    "Away",
    "Call",
    "CardSource",
    "CardWish",
    "Case",
    "CaseNote",
    "Catch",
    "Change",
    "Clause",
    "Closing",
    "Community",
    "CommunityChoice",
    "Complaint",
    "Conclusion",
    "Decision",
    "Deletion",
    "Departure",
    "Draft",
    "Following",
    "FormerSlug",
    "Guard",
    "Happening",
    "HeldText",
    "Invitation",
    "JoinRequest",
    "Leaving",
    "Letter",
    "Line",
    "Lock",
    "LogEntry",
    "MailedQuestion",
    "Membership",
    "Merging",
    "Method",
    "MethodName",
    "MethodPicture",
    "MethodTerm",
    "MethodVersion",
    "MoveAnswer",
    "MoveRequest",
    "Order",
    "Pace",
    "PersonMute",
    "Picture",
    "PictureGap",
    "PictureHiding",
    "PictureRemoval",
    "Pin",
    "Plan",
    "PlanEditor",
    "PlanMethod",
    "PlanRemoval",
    "PlanRevision",
    "Post",
    "PostHiding",
    "PostMethod",
    "PostName",
    "PostPicture",
    "PostQuote",
    "PostWords",
    "ProfileHiding",
    "QuestionMailStop",
    "Reaction",
    "ReadMark",
    "Redaction",
    "Report",
    "ReporterStep",
    "Restriction",
    "Reversal",
    "Revision",
    "RewordAsking",
    "RuleBook",
    "SavedReply",
    "SearchDocument",
    "Section",
    "SkippedQuestion",
    "Stream",
    "Thread",
    "ThreadHiding",
    "Translation",
    "TranslationRemoval",
    "TranslationState",
    "TrustedFlagger",
    "Try",
    "TryHiding",
    "TryWithdrawal",
    "Turn",
    "Watchword",
]
