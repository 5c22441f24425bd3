"""Texts that stood somewhere else first, taken in by the thousand: each becomes a thread of one post."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes
from forum.communities import rules
from forum.communities.models import Community
from forum.text import Cleaned
from forum.threads import indexing
from forum.threads.hiding.sameness import keep_words
from forum.threads.models import Post, PostMethod, Revision, Thread
from forum.threads.naming import place_names
from forum.web.errors import Refusal

BATCH = 250


@dataclass(frozen=True)
class Contribution:
    """`key` tells it apart for ever: the same key again is the same contribution."""

    key: str
    title: str
    body: Cleaned
    language: str
    at: datetime
    source_url: str = ""


def import_contributions(*, author: Member, community: Community, rows: Iterable[Contribution]) -> Iterator[int]:
    """Takes the rows in as they come, a transaction a batch, and yields how many of each batch were new.

    No notices. Whoever has the community open hears once, at the end or when the import is broken off. `author` is an
    account of the house. Refusal when it is not, and when the community is closed.
    """
    if not author.is_house:
        raise Refusal(_("Only an account of this site can bring in texts that others wrote."))
    source, any_new = iter(rows), False
    try:
        while batch := list(islice(source, BATCH)):
            new = _take_in(author, community, batch)
            any_new = any_new or new > 0
            yield new
    finally:
        if any_new:
            with changes.writing():
                stream = "community" if community.is_open else "inside"
                changes.record(f"{stream}:{community.pk}", "threads.imported", community=community.pk)


def _take_in(author: Member, community: Community, batch: list[Contribution]) -> int:
    with changes.writing():
        community = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        if rules.is_closed(community):
            raise Refusal(_("This community is closed: it can be read, but nothing new can be written."))
        fresh = {submission_of(community, row.key): row for row in batch}
        there = Thread.objects.filter(author=author, submission__in=fresh).values_list("submission", flat=True)
        for submission in list(there):
            if submission is not None:
                del fresh[submission]
        threads = Thread.objects.bulk_create(_thread(author, community, *each) for each in fresh.items())
        rows = zip(threads, fresh.values(), strict=True)
        posts = Post.objects.bulk_create(_post(author, thread, row) for thread, row in rows)
        Revision.objects.bulk_create(
            Revision(
                post=post, number=1, source=post.source, format=post.format, html=post.html, by=author,
                at=post.published_at,
            )
            for post in posts
        )  # fmt: skip
        shown = list(zip(posts, fresh.values(), strict=True))
        PostMethod.objects.bulk_create(
            PostMethod(post=post, number=int(number)) for post, row in shown for number in row.body.methods
        )
        place_names([(post, row.body.names) for post, row in shown], community.pk)
        keep_words(posts)
        indexing.put_all("thread", [thread.pk for thread in threads])
        return len(threads)


def submission_of(community: Community, key: str) -> UUID:
    """What the thread that was made of the contribution with this key is told by."""
    return uuid5(NAMESPACE_URL, f"import:{community.pk}:{key}")


def _thread(author: Member, community: Community, submission: UUID, row: Contribution) -> Thread:
    return Thread(
        community=community,
        title=row.title,
        language=row.language,
        audience=community.audience,
        author=author,
        last_author=author,
        started_at=row.at,
        last_at=row.at,
        last_number=1,
        submission=submission,
    )


def _post(author: Member, thread: Thread, row: Contribution) -> Post:
    return Post(
        thread=thread,
        number=1,
        author=author,
        source=row.body.source,
        format=row.body.format,
        html=row.body.html,
        text_version=row.body.version,
        language=row.language,
        audience=thread.audience,
        role_line=author.role_line,
        published_at=row.at,
        submission=thread.submission,
        source_url=row.source_url,
    )
