"""What a thread's page prints of its conclusion and of the last deed of moderators."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from forum import text
from forum.threads.models import Thread


@dataclass
class ShownConclusion:
    """`html`, `thread` and `pk` as `text.fill` asks for them: of words written for it there is no post."""

    thread: Any
    html: str
    language: str
    by: str
    at: datetime
    pk: int | None = None
    number: int = 0
    author: str = ""
    filled: str = field(default="")


def place_conclusion(thread: Any) -> list[ShownConclusion]:
    """Sets `thread.shown_conclusion`, to be filled; [] when none stands, or the post that was chosen is not there any
    more. Of a thread loaded `for_page`."""
    thread.shown_conclusion = shown = _conclusion(thread)
    return [shown] if shown else []


def _conclusion(thread: Any) -> ShownConclusion | None:
    conclusion = thread.conclusion
    if conclusion is None or thread.concluded_taken_back or thread.concluded_hidden:
        return None
    said: dict[str, Any] = {"thread": thread, "by": thread.conclusion_name, "at": conclusion.at}
    post = conclusion.post
    if post is None:
        return ShownConclusion(html=conclusion.html, language=conclusion.language, **said)
    if post.thread_id != thread.pk:  # moved away, with the answers to it
        return None
    return ShownConclusion(
        html=post.html, language=post.language, pk=post.pk, number=post.number, author=thread.concluded_in, **said
    )


def complete(thread: Any) -> None:
    """For a page's regions without its posts: what `_state.html` and `_conclusion.html` print."""
    text.fill(place_conclusion(thread))
    place_last_act(thread)


def place_last_act(thread: Any) -> None:
    """Sets `thread.last_act`. SQLite keeps moments without their zone."""
    act = thread.act_said
    at = act and datetime.fromisoformat(act["at"])
    thread.last_act = act and {**act, "at": at if at.tzinfo else at.replace(tzinfo=UTC)}


def is_conclusion(thread: Thread, post: int) -> bool:
    return thread.conclusion is not None and thread.conclusion.post_id == post
