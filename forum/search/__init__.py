"""Search: terms analysed in Python at writing, kept in the database, answered only to those who may see.

A feature registers its kinds (`register`), and calls `put` and `remove` inside its own writes:

    search.put(kind="post", pk=345, community=3, language="en", title="", text="We met at six.")
"""

from forum.search.analysis import LONGEST_QUERY
from forum.search.finding import Found, Result, find, matching
from forum.search.index import Entry, put, put_all, remove
from forum.search.passages import plain
from forum.search.registry import Kind, Shown, kinds, register

__all__ = [
    "LONGEST_QUERY",
    "Entry",
    "Found",
    "Kind",
    "Result",
    "Shown",
    "find",
    "kinds",
    "matching",
    "plain",
    "put",
    "put_all",
    "register",
    "remove",
]
