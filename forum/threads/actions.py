"""Every write of threads and posts. The web, importers, the demo and the tests all call these, as `actions.<verb>`;
here stands what writes texts, the other verbs in deleting, hiding, managing, moderating and reacting.

`body` is what `text.clean` returned. `at` (imports and the demo only) sets the date and skips the speed limit.
`known` are the versions of the draft the writer's page knew: another page's newer draft outlives the publishing.
All raise `forum.web.errors.Refusal` when the rules say no.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Member
from forum import changes, notifications
from forum.communities.models import Audience, Community, Section
from forum.drafts.actions import discard_draft
from forum.files.models import Picture
from forum.text import Cleaned
from forum.threads import indexing, notices, rewording, rules
from forum.threads.deleting import delete_post
from forum.threads.hiding.steps import hide_post, hide_thread, show_post, show_thread
from forum.threads.managing.concluding import choose_conclusion, conclude_thread, unconclude_thread
from forum.threads.managing.retitling import find_section, name_thread, put_in_section, retitle_thread
from forum.threads.managing.slowing import check_pace, slow_thread, tell_pace, unslow_thread
from forum.threads.models import Deletion, Post, PostMethod, PostPicture, PostQuote, Revision, Thread
from forum.threads.moderating import lock_thread, pin_thread, unlock_thread, unpin_thread
from forum.threads.naming import place_names
from forum.threads.reacting import react, unreact
from forum.threads.steps import audience_now, hold_of, hold_standing, narrow, once, refuse, steady, tell
from forum.web.errors import Conflict

__all__ = [
    "choose_conclusion",
    "conclude_thread",
    "delete_post",
    "edit_post",
    "hide_post",
    "hide_thread",
    "lock_thread",
    "mark_read",
    "name_thread",
    "pin_thread",
    "put_in_section",
    "react",
    "reply",
    "retitle_thread",
    "show_post",
    "show_thread",
    "slow_thread",
    "start_thread",
    "unconclude_thread",
    "unlock_thread",
    "unpin_thread",
    "unreact",
    "unslow_thread",
]

# One statement on both databases, for every page of a thread may run it; Django's own upsert cannot say "only forward".
_UPSERT_MARK = """
    INSERT INTO forum_readmark (member_id, thread_id, number, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (member_id, thread_id) DO UPDATE SET number = excluded.number, at = excluded.at
    WHERE forum_readmark.number < excluded.number
"""


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
    audience: str = Audience.ANYONE,
    place: str | None = None,
) -> Thread:
    """A new thread with its first post; the same submission again answers with the thread it made. `audience`: fewer
    readers than the community has; `place`: where its draft stands when not at the community's, "" for nowhere."""
    steady(community.pk)
    community = Community.objects.get(pk=community.pk)
    discard_draft(member=author, place=f"community:{community.pk}" if place is None else place, known=known)
    submission = once(submission, f"community:{community.pk}", title, body.format, body.source)
    begun, submission = _begun(author, submission)
    if begun:
        return begun
    _may_start(author, community, section, at)
    thread = Thread(
        community=community,
        section=section,
        title=title,
        language=language,
        audience=audience,
        author=author,
        last_author=author,
        started_at=at or timezone.now(),
        submission=submission,
    )
    if not _is_first(thread):
        return Thread.objects.get(author=author, submission=submission)
    _publish(author, thread, body, language=language, submission=submission, at=at)
    tell(thread, "thread.started")
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
    place = f"thread:{thread.pk}"
    thread = hold_standing(thread)
    discard_draft(member=author, place=place, known=known)  # comes back with a refusal
    submission = once(submission, place, "", body.format, body.source)
    while submission and (post := Post.objects.filter(author=author, submission=submission).first()):
        if not post.is_deleted:
            return post
        submission = uuid5(submission, "again")  # taken back, then sent once more: words, and no twin
    refuse(rules.may_reply(author, thread))
    if at is None:
        rules.check_speed(author)
        check_pace(author, thread)
    language = language or thread.language
    post = _publish(author, thread, body, language=language, submission=submission, at=at, reply_to=reply_to)
    changes.record(f"thread:{thread.pk}", "post.published", post=post.pk)
    tell_pace(thread, author)
    tell(thread, "thread.active")
    return post


def _begun(author: Member, submission: UUID | None) -> tuple[Thread | None, UUID | None]:
    """The thread that this submission made, if its words still stand; and what the submission is called from now on."""
    while submission and (thread := Thread.objects.filter(author=author, submission=submission).first()):
        if not Deletion.objects.filter(post__thread=thread, post__number=1).exists():
            return thread, submission
        submission = uuid5(submission, "again")  # taken back, then sent once more: words, and no twin
    return None, submission


def _may_start(author: Member, community: Community, section: Section | None, at: datetime | None) -> None:
    refuse(rules.may_start(author, community))
    if at is None:
        rules.check_speed(author)
    find_section(section, community)


def _is_first(thread: Thread) -> bool:
    """Saves it, unless the twin of its submission was quicker."""
    try:
        with transaction.atomic():
            thread.save()
    except IntegrityError:
        return False
    return True


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
    if reply_to is not None and (reply_to.thread_id != thread.pk or reply_to.is_hidden):
        reply_to = None
    now = at or timezone.now()
    audience = audience_now(thread)
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
    _place(post, author, body)
    thread.last_number, thread.last_at, thread.last_author = post.number, now, author
    thread.audience = audience
    thread.save(update_fields=["last_number", "last_at", "last_author", "audience"])
    _mark(author, thread, post.number)
    indexing.put(post)
    notices.published(post, thread, body.mentions)
    return post


def _place(post: Post, author: Member, body: Cleaned) -> None:
    """Remembers what the text shows of others."""
    _place_quotes(post, body)
    _place_methods(post, body)
    if body.names:
        place_names([(post, body.names)], post.thread.community_id)
    _place_pictures(post, author, body)


def _place_anew(post: Post, author: Member, body: Cleaned) -> None:
    PostQuote.objects.filter(post=post).delete()
    _place_quotes(post, body)
    PostMethod.objects.filter(post=post).delete()
    _place_methods(post, body)
    place_names([(post, body.names)], post.thread.community_id)
    _place_pictures(post, author, body)


def _keep_revision(post: Post, by: Member, at: datetime) -> None:
    Revision.objects.create(
        post=post, number=post.revision, source=post.source, format=post.format, html=post.html, by=by, at=at
    )


def _place_quotes(post: Post, body: Cleaned) -> None:
    """Remembers what the text quotes: when that is hidden, the pages that quote it must hear."""
    wanted = {int(ref.partition(".")[0]) for ref in body.quotes}
    if wanted:
        sources = Post.objects.filter(pk__in=wanted).values_list("pk", flat=True)
        PostQuote.objects.bulk_create([PostQuote(post=post, source_id=pk) for pk in sources])


def _place_methods(post: Post, body: Cleaned) -> None:
    """Remembers whose cards stand in the text: when a card changes, the pages that show it must hear."""
    PostMethod.objects.bulk_create([PostMethod(post=post, number=int(number)) for number in body.methods])


def _place_pictures(post: Post, by: Member, body: Cleaned) -> None:
    """Links the author's own pictures that stand in the text. Another's belongs to that other's posts and goes with
    them: here its description is read where it may not be seen. Held, or a sweep of unused ones could come between."""
    if not body.pictures:
        return
    pictures = Picture.objects.select_for_update(no_key=True).filter(pk__in=body.pictures, uploader=by).order_by("pk")
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
    thread = hold_of(post)
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    post = Post.objects.select_related("deletion", "hiding").get(pk=post.pk)
    post.thread = thread
    refuse(rules.may_edit(editor, post))
    discard_draft(member=editor, place=f"post:{post.pk}", known=known)  # comes back with a conflict
    language = language or post.language
    if body.html == post.html and language == post.language:  # also the same edit sent twice
        return post
    if based_on != post.revision:
        raise Conflict(post)
    rules.check_edit_speed(editor)
    was = post.html
    post.revision += 1
    post.source, post.format, post.html, post.text_version = body.source, body.format, body.html, body.version
    post.language, post.edited_at, post.audience = language, timezone.now(), audience_now(thread)
    changed = ["revision", "source", "format", "html", "text_version", "language", "edited_at", "audience"]
    post.save(update_fields=changed)
    narrow(thread)
    _keep_revision(post, editor, post.edited_at)
    _place_anew(post, editor, body)
    indexing.put(post)
    notices.edited(post, was, body.mentions)
    rewording.edited(post)
    changes.record(f"thread:{post.thread_id}", "post.edited", post=post.pk)
    return post


@changes.writing()
def mark_read(*, member: Member, thread: Thread, number: int) -> None:
    """Reading never goes backwards, and what was told of the thread is read with it. No change on any stream but the
    member's own: it is nobody else's business."""
    _mark(member, thread, min(number, thread.last_number))
    notifications.read(member=member, topic="thread", pk=thread.pk)


def _mark(member: Member, thread: Thread, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT_MARK, [member.pk, thread.pk, number, timezone.now()])
