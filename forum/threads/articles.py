"""A post as it stands on a page: the same bytes for every reader of one language, so printed once and remembered.

What the template may print is exactly what the key holds: an article can never be stale.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language

from forum.threads.made import Made


class Answered(NamedTuple):
    pk: int
    number: int
    name: str


class Article(NamedTuple):
    pk: int
    number: int
    revision: int
    language: str
    username: str
    name: str
    role_line: str
    published_at: datetime
    edited_at: datetime | None
    source_url: str
    is_deleted: bool
    hidden_how: str  # "hidden", "folded", or "automatic": folded until somebody has looked
    answered: Answered | None
    reactions: tuple[tuple[str, str, int], ...]
    filled: str
    made: tuple[Made, ...]
    page_language: str


def article(post: Any) -> str:
    """`post` as `queries.prepare` gives it."""
    gone = post.is_deleted or post.is_hidden
    # What it answers may have gone to another thread, which not all who read here may read.
    is_here = post.reply_to_id and post.answered_thread == post.thread_id
    answered = is_here and Answered(post.reply_to_id, post.answered_number, post.answered_name)
    return _printed(
        Article(
            pk=post.pk,
            number=post.number,
            revision=post.revision,
            language=post.language,
            username=post.author_username,
            name=post.author_name,
            role_line=post.role_line,
            published_at=post.published_at,
            edited_at=post.edited_at,
            source_url=post.source_url,
            is_deleted=post.is_deleted,
            hidden_how=how_hidden(post),
            answered=answered or None,
            reactions=tuple(post.shown_reactions),
            filled="" if gone else post.filled,
            made=() if gone else post.made,
            page_language=get_language() or "en",
        )
    )


def how_hidden(post: Any) -> str:
    """As the template prints it; `post` as `queries.prepare` gives it."""
    return "automatic" if post.hidden_how == "folded" and post.hiding_is_automatic else post.hidden_how


@lru_cache(maxsize=4096)  # some 15 MB when full
def _printed(article: Article) -> str:
    return render_to_string("threads/_post.html", {"post": article, "LANGUAGE_CODE": article.page_language})
