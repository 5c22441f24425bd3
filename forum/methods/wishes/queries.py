"""What pages need of wishes, and of the cards made of posts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from forum import changes, text
from forum.drafts import telling
from forum.methods import check
from forum.methods.card import Card
from forum.methods.citing import may_stand
from forum.methods.telling.words import in_a_field
from forum.methods.wishes import notices
from forum.methods.wishes.models import CardSource, CardWish
from forum.notifications.queries import unread_line
from forum.threads import made
from forum.threads.models import Post

MOST = 20


def register() -> None:
    made.register(made.Maker(is_made=_is_made, made=_made, turned=_turned))


def _is_made() -> Exists:
    return Exists(CardSource.objects.filter(post=OuterRef("pk")))


def _made(thread: Any, posts: Iterable[int]) -> Mapping[int, tuple[made.Made, ...]]:
    """Like small cards in a text: what every reader of the page may see."""
    found: dict[int, tuple[made.Made, ...]] = {}
    rows = CardSource.objects.filter(post__in=posts).select_related("method__thread__hiding", "method__community")
    for source in rows.order_by("pk"):
        method = source.method
        if source.post_id and may_stand(method, thread):
            card = made.Made(method.title, method.get_absolute_url(), method.language)
            found[source.post_id] = (*found.get(source.post_id, ()), card)
    return found


def _turned(post: Any) -> None:
    """Wishes for a card of a deleted post are over; those for a hidden one are seen again with it."""
    for wish in CardWish.objects.filter(Q(answer="") | Q(answer=CardWish.Answer.YES, use=None), post=post):
        notices.fell(wish)
        for member in (post.author_id, wish.member_id):
            changes.record(f"member:{member}", "wishes.changed", wish=wish.pk)


def needing(viewer: Any) -> list[CardWish]:
    """What waits for the viewer, oldest first: somebody's wish to be answered, or one's own that was granted."""
    rows = CardWish.objects.visible_to(viewer).filter(post__thread__community__closing=None)
    asked = Q(post__author=viewer.pk, answer="")
    granted = Q(member=viewer.pk, answer=CardWish.Answer.YES, use=None)
    rows = rows.filter(asked | granted).select_related("member", "post__author", "post__thread")
    return list(rows.order_by("at", "pk")[:MOST])


def load_wish(viewer: Any, pk: int) -> CardWish:
    rows = CardWish.objects.visible_to(viewer).select_related("member", "post__author", "post__thread__community")
    wish = rows.filter(pk=pk).annotate(my_line=unread_line(viewer, "wish")).first()
    if wish is None:
        raise Http404
    return wish


def wish_of(viewer: Any, post: Post) -> CardWish | None:
    """The viewer's latest for this post."""
    rows = CardWish.objects.filter(post=post, member=viewer.pk).annotate(my_line=unread_line(viewer, "wish"))
    return rows.order_by("-pk").first()


def card_of(post: Post) -> Card:
    """A card that says what the post says: its own words and pictures, no quotes of others."""
    html = text.without_quotes(post.html)
    words = telling.plain_words(html)
    most = check.LENGTHS["title"]
    body, body_format = in_a_field(html, "html", html)
    if post.format == "markdown" and text.without_quotes(post.html) == post.html:
        body, body_format = post.source, post.format
    return Card(
        title=telling.first_sentence(post.thread.title, most) if post.number == 1 else telling.title_of(words, most),
        summary=telling.first_sentence(words, check.LENGTHS["summary"]),
        language=post.language,
        body=body,
        body_format=body_format,
    )
