"""What was made of posts, said by the rooms above: an article prints it; that a post went or came back is heard
there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists


class Made(NamedTuple):
    """Something made of a post, as everyone who reads the post's thread may see it."""

    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Maker:
    """is_made(): of a post (OuterRef "pk"), is there anything at all? made(thread, post ids): what may be shown on its
    page, one query. turned(post): it was deleted, or moderators hid or showed it, in the same transaction."""

    is_made: Callable[[], Exists]
    made: Callable[[Any, Iterable[int]], Mapping[int, tuple[Made, ...]]]
    turned: Callable[[Any], None]


_makers: list[Maker] = []  # one at most


def register(maker: Maker) -> None:
    _makers[:] = [maker]


def annotation() -> dict[str, Exists]:
    return {"has_made": _makers[0].is_made()} if _makers else {}


def place(thread: Any, posts: Iterable[Any]) -> None:
    """Sets `made` on each post: a query only where there is any."""
    posts = list(posts)
    having = [post.pk for post in posts if getattr(post, "has_made", False)]
    found = _makers[0].made(thread, having) if having else {}
    for post in posts:
        post.made = found.get(post.pk, ())


def turned(post: Any) -> None:
    for maker in _makers:
        maker.turned(post)
