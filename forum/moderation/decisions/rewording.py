""" "Ask to reword": back to the author with a sentence and a draft to begin with, no statement and no enemy."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from forum.drafts.actions import discard_draft, lay_draft, version
from forum.moderation.decisions.models import Decision, RewordAsking
from forum.moderation.reports.models import Case
from forum.moderation.reports.telling import tell_desk
from forum.threads.models import Post

STANDS_FOR = timedelta(hours=24)


def ask(decision: Any) -> dict[str, Any]:
    """The case waits open until it is looked at again: then, or when the text was changed."""
    post = Post.objects.get(pk=decision.post_id)
    asking = RewordAsking.objects.create(
        decision=decision, post=post, revision=post.revision, until=timezone.now() + STANDS_FOR
    )
    _follow_up(decision, asking.until)
    laid = lay_draft(
        member=post.author,
        place=f"post:{post.pk}",
        body=post.source,
        body_format=post.format,
        based_on=post.revision,
    )
    return {"draft": version("", post.source) if laid else ""}


def unask(decision: Decision) -> None:
    """The draft goes if nobody has written in it."""
    _follow_up(decision, None)
    if (laid := decision.effects.get("draft")) and decision.post:
        discard_draft(member=decision.post.author, place=f"post:{decision.post_id}", known={laid})


def asked(post: Any) -> RewordAsking | None:
    """What stands on the post's edit page."""
    return RewordAsking.objects.waiting().filter(post=post).select_related("decision").first()


def edited(post: Any) -> None:
    """Its author changed it in time: whoever asked looks now, and not only tomorrow."""
    for asking in RewordAsking.objects.waiting().filter(post=post).select_related("decision__case"):
        asking.settled_at = timezone.now()
        asking.save(update_fields=["settled_at"])
        _follow_up(asking.decision, asking.settled_at)


def _follow_up(decision: Decision, at: Any) -> None:
    """Whoever decides holds the case before the post, whoever edits the other way round: nobody waits here. A case that
    somebody is deciding right now needs no reminder."""
    rows = Case.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=decision.case_id or 0)
    for case in rows:
        case.follow_up_at = at
        case.save(update_fields=["follow_up_at"])
        tell_desk(case)
