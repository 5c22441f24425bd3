"""Every write of threads and posts. The web, importers, the demo and the tests all call these.

`body` is what `text.clean` returned. `at` (imports and the demo only) sets the date and skips the speed limit.
`known` are the versions of the draft the writer's page knew: another page's newer draft outlives the publishing.
All raise `forum.web.errors.Refusal` when the rules say no.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.communities.models import Audience, Community, Section
from forum.drafts.actions import discard_draft
from forum.files.models import Picture
from forum.text import Cleaned
from forum.threads import rules
from forum.threads.models import Deletion, Post, PostPicture, Revision, Thread
from forum.web.errors import Refusal

# One statement on both databases, for every page of a thread may run it; Django's own upsert cannot say "only forward".
_UPSERT_MARK = """
    INSERT INTO forum_readmark (member_id, thread_id, number, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (member_id, thread_id) DO UPDATE SET number = excluded.number, at = excluded.at
    WHERE forum_readmark.number < excluded.number
"""


class Conflict(Refusal):
    """Somebody (perhaps oneself, elsewhere) changed the post meanwhile: `post` is as it stands now."""

    def __init__(self, post: Post) -> None:
        words = _("This text was changed somewhere else meanwhile. Both versions are below: nothing was lost.")
        super().__init__(words, status=409)
        self.post = post


def _require(reason: rules.Reason) -> None:
    if reason is not None:
        raise Refusal(reason)


@changes.writing()
def start_thread(
    *,
    author: Member,
    community: Community,
    title: str,
    body: Cleaned,
    language: str,
    section: Section | None = None,
    submission: UUID | None = None,
    at: datetime | None = None,
    known: Collection[str] | None = None,
) -> Thread:
    """A new thread with its first post; the same submission again answers with the thread it made."""
    community = Community.objects.get(pk=community.pk)
    discard_draft(member=author, place=f"community:{community.pk}", known=known)  # comes back with a refusal
    submission = _once(submission, f"community:{community.pk}", title, body)
    if submission and (thread := Thread.objects.filter(author=author, submission=submission).first()):
        return thread
    _require(rules.may_start(author, community))
    if at is None:
        rules.check_speed(author)
    thread = Thread(
        community=community,
        section=section,
        title=title,
        language=language,
        audience=community.audience,
        author=author,
        last_author=author,
        started_at=at or timezone.now(),
        submission=submission,
    )
    try:
        with transaction.atomic():
            thread.save()
    except IntegrityError:  # the twin of this submission was quicker
        return Thread.objects.get(author=author, submission=submission)
    _publish(author, thread, body, language=language, submission=submission, at=at)
    changes.record(f"community:{community.pk}", "thread.started", thread=thread.pk)
    return thread


@changes.writing()
def reply(
    *,
    author: Member,
    thread: Thread,
    body: Cleaned,
    language: str | None = None,
    reply_to: Post | None = None,
    submission: UUID | None = None,
    at: datetime | None = None,
    known: Collection[str] | None = None,
) -> Post:
    """The thread's next post; the same submission again answers with the post it made."""
    thread = _held(thread)
    place = f"thread:{thread.pk}"
    discard_draft(member=author, place=place, known=known)  # comes back with a refusal
    submission = _once(submission, place, "", body)
    if submission and (post := Post.objects.filter(author=author, submission=submission).first()):
        return post
    _require(rules.may_reply(author, thread))
    if at is None:
        rules.check_speed(author)
    language = language or thread.language
    post = _publish(author, thread, body, language=language, submission=submission, at=at, reply_to=reply_to)
    changes.record(place, "post.published", post=post.pk)
    changes.record(f"community:{thread.community_id}", "thread.active", thread=thread.pk)
    return post


def _once(submission: UUID | None, place: str, title: str, body: Cleaned) -> UUID | None:
    """The same words of the same form at the same place are one submission. Other words in a form that somebody went
    back to are not: they would be lost."""
    return submission and uuid5(submission, "\0".join((place, title, body.format, body.source)))


def _held(thread: Thread) -> Thread:
    """The thread as it is now, its row held until the transaction ends.

    Two queries: one that had to wait for the row still sees everything else, such as a lock, as it was before.
    Without `no_key`, here and for posts, rows that refer to it wait at their commit and hold the stream: a circle.
    """
    Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    return Thread.objects.select_related("community__closing", "lock").get(pk=thread.pk)


def _audience_now(thread: Thread) -> str:
    """Whom words written into the thread now are for: never more people than its composer said."""
    return Audience.MEMBERS if Audience.MEMBERS in {thread.audience, thread.community.audience} else Audience.ANYONE


def _publish(
    author: Member,
    thread: Thread,
    body: Cleaned,
    *,
    language: str,
    submission: UUID | None,
    at: datetime | None,
    reply_to: Post | None = None,
) -> Post:
    """The thread's row is held (or not committed yet), so the next number is ours."""
    if reply_to is not None and reply_to.thread_id != thread.pk:
        reply_to = None
    now = at or timezone.now()
    audience = _audience_now(thread)
    post = Post.objects.create(
        thread=thread,
        number=thread.last_number + 1,
        author=author,
        reply_to=reply_to,
        source=body.source,
        format=body.format,
        html=body.html,
        text_version=body.version,
        language=language,
        audience=audience,
        role_line=author.role_line,
        published_at=now,
        submission=submission,
    )
    _keep_revision(post, author, now)
    _place_pictures(post, author, body)
    thread.last_number, thread.last_at, thread.last_author = post.number, now, author
    thread.audience = audience
    thread.save(update_fields=["last_number", "last_at", "last_author", "audience"])
    _mark(author, thread, post.number)
    return post


def _keep_revision(post: Post, by: Member, at: datetime) -> None:
    Revision.objects.create(
        post=post, number=post.revision, source=post.source, format=post.format, html=post.html, by=by, at=at
    )


def _place_pictures(post: Post, by: Member, body: Cleaned) -> None:
    """Links the pictures that stand in the text: one's own, or ones that can be seen in this thread."""
    if not body.pictures:
        return
    own = Picture.objects.filter(pk__in=body.pictures, uploader=by)
    shown = PostPicture.objects.filter(post__thread=post.thread_id, post__deletion=None)
    here = Picture.objects.filter(pk__in=body.pictures, uses__in=shown)
    pictures = {picture.pk: picture for picture in (*own, *here)}.values()
    PostPicture.objects.bulk_create(
        [PostPicture(post=post, picture=picture) for picture in pictures], ignore_conflicts=True
    )


@changes.writing()
def edit_post(
    *,
    editor: Member,
    post: Post,
    body: Cleaned,
    based_on: int,
    language: str | None = None,
    known: Collection[str] | None = None,
) -> Post:
    """A new revision. Raises Conflict when `based_on` is not the present one: nothing is overwritten unseen."""
    thread = _held(post.thread)
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    post = Post.objects.select_related("deletion").get(pk=post.pk)
    post.thread = thread
    _require(rules.may_edit(editor, post))
    discard_draft(member=editor, place=f"post:{post.pk}", known=known)  # comes back with a conflict
    language = language or post.language
    if body.html == post.html and language == post.language:  # also the same edit sent twice
        return post
    if based_on != post.revision:
        raise Conflict(post)
    rules.check_edit_speed(editor)
    post.revision += 1
    post.source, post.format, post.html, post.text_version = body.source, body.format, body.html, body.version
    post.language, post.edited_at, post.audience = language, timezone.now(), _audience_now(thread)
    changed = ["revision", "source", "format", "html", "text_version", "language", "edited_at", "audience"]
    post.save(update_fields=changed)
    _narrow(thread)
    _keep_revision(post, editor, post.edited_at)
    _place_pictures(post, editor, body)
    changes.record(f"thread:{post.thread_id}", "post.edited", post=post.pk)
    return post


def _narrow(thread: Thread) -> None:
    """What was written while only members could read stays with members: the thread with it."""
    if thread.audience != (audience := _audience_now(thread)):
        thread.audience = audience
        thread.save(update_fields=["audience"])


@changes.writing()
def delete_post(*, by: Member, post: Post, reason: str = "") -> None:
    """The author takes a post back: a stub stays so that the thread can be read. Twice is once."""
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    _require(rules.may_delete(by, post))
    _deletion, new = Deletion.objects.get_or_create(post=post, defaults={"by": by, "reason": reason})
    if new:
        changes.record(f"thread:{post.thread_id}", "post.deleted", post=post.pk)
        # Where the thread quotes it, the quote folds on the pages that are open, too.
        quoting = Post.objects.filter(thread=post.thread_id, html__contains=f'data-quote="{post.pk}.')
        for pk in quoting.exclude(pk=post.pk).order_by("number").values_list("pk", flat=True):
            changes.record(f"thread:{post.thread_id}", "post.edited", post=pk)


@changes.writing()
def retitle_thread(*, by: Member, thread: Thread, title: str, section: Section | None, language: str) -> Thread:
    thread = _held(thread)
    _require(rules.may_retitle(by, thread))
    section_id = section.pk if section else None
    if (thread.title, thread.section_id, thread.language) != (title, section_id, language):
        thread.title, thread.section, thread.language = title, section, language
        thread.save(update_fields=["title", "section", "language"])
        _narrow(thread)
        changes.record(f"thread:{thread.pk}", "thread.retitled", thread=thread.pk)
        changes.record(f"community:{thread.community_id}", "thread.retitled", thread=thread.pk)
    return thread


def mark_read(*, member: Member, thread: Thread, number: int) -> None:
    """Reading never goes backwards; one statement, no change on any stream: it is nobody else's business."""
    with transaction.atomic(savepoint=False):  # on SQLite a transaction waits its turn; a lone statement would barge in
        _mark(member, thread, min(number, thread.last_number))


def _mark(member: Member, thread: Thread, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT_MARK, [member.pk, thread.pk, number, timezone.now()])
