"""References in a text: a quote is "345.2" or "345.2:10-80" (post, revision, characters), a member is a username,
a method its number, or its name ("[[Soup in the yard]]")."""

import re

from forum.text.characters import collapse, is_visible, tidy

QUOTE = r"[1-9][0-9]{0,17}(?:\.[1-9][0-9]{0,8}(?::(?:0|[1-9][0-9]{0,6})-[1-9][0-9]{0,6})?)?"
_QUOTE = re.compile(QUOTE)
_RANGE = re.compile(r":([0-9]+)-([0-9]+)")
_METHOD = re.compile(r"[1-9][0-9]{0,17}")
LONGEST_NAME = 120
_NO_NAME = re.compile(r"[\[\]|<>\n]")
_MEMBER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
#: "@anna-nowak" in running text; no e-mail address, no path, no domain.
MENTION = r"(?<![\w@./-])@(?P<name>[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)(?![\w@-]|\.\w)"
#: "[[Soup in the yard]]" in running text; what stands between is asked by `name_in`.
NAME = r"\[\[(?P<called>[^\[\]|<>\n]{1,120})\]\]"


def is_quote_ref(value: str) -> bool:
    if not _QUOTE.fullmatch(value):
        return False
    span = _RANGE.search(value)
    return span is None or int(span[1]) < int(span[2])


def is_method_ref(value: str) -> bool:
    return _METHOD.fullmatch(value) is not None


def is_member_ref(value: str) -> bool:
    return _MEMBER.fullmatch(value) is not None


def name_in(value: str) -> str:
    """The name of a method as a text keeps it, "" for what is none."""
    name = collapse(tidy(value).replace("\xa0", " ")).strip()
    return name if len(name) <= LONGEST_NAME and is_visible(name) and not _NO_NAME.search(name) else ""
