"""Changes: the truth an open page follows. Features call `writing`, `record` and `register`; see ARCHITECTURE.

    with changes.writing():
        ...
        changes.record("thread:12", "post.published", post=345)

A page that shows a stream prints `data-follow="thread:12" data-since="{head_of("thread:12")}"`, the head read before
the rows it shows: a change that came in between is then applied once more, which does no harm.
"""

from forum.changes.journal import announce_to, head_of, prune, record, writing
from forum.changes.registry import Follow, Op, register

__all__ = ["Follow", "Op", "announce_to", "head_of", "prune", "record", "register", "writing"]
