"""Questions to an author, answered, left for good, or stopped. The page and the mail both call these."""

from datetime import timedelta

from django.core import signing
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.methods import rules
from forum.methods.citing import reprint_cards
from forum.methods.keeping import COPIED, copy_present, keep_version
from forum.methods.models import Method, MethodVersion
from forum.methods.questions.catalogue import BY_KEY, Question
from forum.methods.questions.models import MailedQuestion, QuestionMailStop, SkippedQuestion
from forum.methods.records import clean_body
from forum.threads.steps import narrow, refuse, steady
from forum.web.errors import Refusal

SALT = "courtyard.question"
GOOD_FOR = timedelta(days=90)


def token_of(mailed: MailedQuestion) -> str:
    """What the link in its mail holds: signed, so that nobody can guess another's."""
    return signing.dumps(mailed.pk, salt=SALT)


def mailed_as(token: str) -> MailedQuestion | None:
    """The question a link asks, None when the link is none of ours or too old."""
    mailed = mail_of(token)
    if mailed is None or mailed.question not in BY_KEY:
        return None
    return mailed if Method.objects.visible_to(mailed.member).filter(pk=mailed.method_id).exists() else None


def mail_of(token: str) -> MailedQuestion | None:
    """The mail a link came with, for stopping such mails: whatever became of its method, and of oneself there."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    rows = MailedQuestion.objects.select_related("member", "method__community__closing", "method__thread")
    return rows.filter(pk=pk, member__is_active=True).first()


def answer_mailed(*, mailed: MailedQuestion, words: str) -> MethodVersion:
    """What its reader wrote, on the page of the link or in a mail back: "12", "ok. 12", "10-15", "2."."""
    return answer_question(member=mailed.member, method=mailed.method, question=BY_KEY[mailed.question], words=words)


@changes.writing()
def answer_question(*, member: Member, method: Method, question: Question, words: str) -> MethodVersion:
    """A new version that states this one thing more. The same answer again is the version it made; Refusal when the
    card says something else meanwhile, or the words cannot be read."""
    steady(method.community_id)
    method = Method.objects.select_for_update(no_key=True).get(pk=method.pk)
    refuse(rules.may_revise(member, method))
    present = method.versions.get(number=method.version)
    card = question.put(present.card, words)
    if card == present.card:
        return present
    if question.is_stated(present.card):
        raise Refusal(_("The card says this already. To change it, change the card."), field="answer", status=409)
    rules.check_pace(member)
    with translation.override(card.language or None):
        note = question.note(card)
    method.version, method.changed_at = method.version + 1, timezone.now()
    copy_present(method, card)
    method.save(update_fields=["version", "changed_at", *COPIED])
    version = keep_version(method, card, clean_body(card, method.key), member, note)
    if method.thread:
        narrow(method.thread)
    reprint_cards(method.pk)
    changes.record(f"method:{method.pk}", "method.revised", method=method.pk)
    return version


@changes.writing()
def skip_question(*, member: Member, method: Method, question: Question) -> None:
    """Never asked again about this method. Twice is once."""
    method = Method.objects.select_for_update(no_key=True).get(pk=method.pk)
    if method.author_id != member.pk:
        raise Refusal(_("Only its author can change a method. You can tell how you did it, or make your own version."))
    SkippedQuestion.objects.get_or_create(method=method, question=question.key, member=member)


@changes.writing()
def stop_question_mail(*, member: Member) -> None:
    QuestionMailStop.objects.get_or_create(member=member)


@changes.writing()
def resume_question_mail(*, member: Member) -> None:
    QuestionMailStop.objects.filter(member=member).delete()
