"""Notifications: what happened, told to those it concerns, as far as they may see it and want to hear of it.

A feature registers its kinds (`register`, `register_topic`), and calls `notify` inside its own writes:

    notifications.notify(kind="post.published", actor=author, topic=thread.pk, community=thread.community_id, about=345)

The worker (`spreading`) makes lines of it within a second, one a member and topic; `queries` filters them again when
they are read. What is taken back is said by `withdraw`, what cannot be read for a while by `turned`.
"""

from forum.notifications.actions import read
from forum.notifications.outbox import notify, turned, unname, withdraw
from forum.notifications.registry import Kind, Reach, Reason, Shown, Topic, register, register_topic

__all__ = [
    "Kind",
    "Reach",
    "Reason",
    "Shown",
    "Topic",
    "notify",
    "read",
    "register",
    "register_topic",
    "turned",
    "unname",
    "withdraw",
]
