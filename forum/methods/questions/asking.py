"""One question a visit, on the page of one's own method."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from forum.methods.models import Method, MethodVersion
from forum.methods.questions.catalogue import Question, next_question
from forum.methods.questions.models import SkippedQuestion

_RESTS = "questions_rest_until"
VISIT = timedelta(hours=8)  # a session may last for weeks; a visit does not


def question_for(request: HttpRequest, method: Method, version: MethodVersion) -> Question | None:
    """What to ask its author, who may write here, now; None for everybody else, and when this visit has had its
    question."""
    viewer: Any = request.user
    if method.author_id != viewer.pk or _rests(request):
        return None
    skipped = SkippedQuestion.objects.filter(method=method, member=viewer.pk).values_list("question", flat=True)
    return next_question(version.card, set(skipped))


def rest(request: HttpRequest) -> None:
    """No further question in this visit."""
    request.session[_RESTS] = (timezone.now() + VISIT).isoformat()


def _rests(request: HttpRequest) -> bool:
    until = request.session.get(_RESTS)
    return until is not None and datetime.fromisoformat(until) > timezone.now()
