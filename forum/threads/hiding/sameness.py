"""The same words in several posts: each post's own, evened out, are kept as one short digest that can be looked up."""

import hashlib
import unicodedata
from collections.abc import Iterable

from django.db.models import Q

from forum import text
from forum.communities.models import Audience
from forum.search.analysis import folded, words_in
from forum.threads.hiding.models import PostWords
from forum.threads.models import Post

SHORTEST = 40  # characters: many people say "thank you, that is very kind"
MOST = 20


def digest_of(html: str) -> str:
    """Equal for texts that differ in case, signs, punctuation, form and quotes alone; "" for short ones."""
    composed = unicodedata.normalize("NFC", text.plain(html))
    words = " ".join(folded(word[0].casefold()) for word in words_in(composed))
    return hashlib.sha256(words.encode()).hexdigest() if len(words) >= SHORTEST else ""


def keep_words(posts: Iterable[Post]) -> None:
    """After they were written or changed. Inside the write."""
    digests = {post.pk: digest_of(post.html) for post in posts}
    PostWords.objects.filter(post__in=[pk for pk, digest in digests.items() if not digest]).delete()
    PostWords.objects.bulk_create(
        [PostWords(post_id=pk, digest=digest) for pk, digest in digests.items() if digest],
        update_conflicts=True,
        unique_fields=["post"],
        update_fields=["digest"],
    )


def same_words(post: Post) -> list[Post]:
    """Other posts that stand and say just this, the latest first, each with its thread: of the same community, or such
    as anyone may read, so that who moderates here learns nothing of what is said behind other doors."""
    digest = digest_of(post.html)
    if not digest:
        return []
    near = Q(thread__community=post.thread.community_id)
    open_ = Q(thread__audience=Audience.ANYONE, thread__community__audience=Audience.ANYONE)
    rows = Post.objects.standing().filter(near | open_, evened__digest=digest, thread__hiding=None)
    return list(rows.exclude(pk=post.pk).select_related("thread__community", "author").order_by("-pk")[:MOST])
