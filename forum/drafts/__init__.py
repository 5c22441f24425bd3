"""Drafts: text that is not published yet and must not be lost. Features say here where one may write."""

from forum.drafts.registry import (
    Mention,
    Standing,
    register_mentions,
    register_place,
    register_revisions,
    where_is,
)

__all__ = ["Mention", "Standing", "register_mentions", "register_place", "register_revisions", "where_is"]
