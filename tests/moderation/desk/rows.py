"""Cases and complaints as rows, for tests of the desk alone."""

import hashlib
import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Member
from forum.models import Case, Community, Complaint, Decision, JoinRequest, Report
from tests.cast import person

_numbers = itertools.count()


def digest() -> str:
    return hashlib.sha256(str(next(_numbers)).encode()).hexdigest()


def case_of(*reporters: Member | None, ground: str = "insult", words: str = "", **fields: Any) -> Case:
    """An open case about `post=…` or another thing, reported by each of these; None: somebody without an account."""
    about = fields.get("post") or fields.get("thread")
    if about is not None and "community" not in fields:
        fields["community"] = about.thread.community if "post" in fields else about.community
    case = Case.objects.create(**fields)
    for reporter in reporters or (None,):
        Report.objects.create(
            case=case,
            member=reporter,
            name="" if reporter else "Zofia Stranger",
            ground=ground,
            words=words,
            address="http://localhost:8000/posts/1/",
            language="en",
            digest=digest(),
        )
    return case


def decision_on(case: Case, by: Member | None, **fields: Any) -> Decision:
    post = case.post
    fields = {"addressee": post.author if post else None, "act": "hide", "law": "Article 24", **fields}
    fields = {"community": case.community, "language": "en", "digest": digest(), **fields}
    return Decision.objects.create(case=case, by=by, post=post, thread=case.thread, person=case.person, **fields)


def complaint_about(decision: Decision, words: str = "I meant no harm.", **fields: Any) -> Complaint:
    return Complaint.objects.create(decision=decision, words=words, language="en", **fields)


def asking(community: Community, name: str, note: str = "I live around the corner.") -> JoinRequest:
    return JoinRequest.objects.create(community=community, member=person(name), note=note)


def ago(**span: int) -> Any:
    return timezone.now() - timedelta(**span)
