"""How an address is asked, and what each role gets."""

import re
from typing import Any, NamedTuple

INSIDE = ("author", "neighbour", "steward", "moderator")
ROLES = (*INSIDE, "outsider", "visitor")


class Way(NamedTuple):
    """How to ask an address and what each role gets: by GET, by POST with nothing, by POST with good `fields`.

    Six statuses in the order of ROLES, for a closed community; `open:` and `listed:` say the last two (outsider,
    visitor) where they differ in such a one.
    """

    address: str
    get: str
    post: str
    fields: dict[str, Any] | None = None
    filled: str = ""

    def expected(self, statuses: str, kind: str, role: str) -> int:
        six, *exceptions = re.split(r" (?=open:|listed:)", statuses)
        found = dict(zip(ROLES, map(int, six.split()), strict=True))
        for exception in exceptions:
            which, two = exception.split(":")
            if which == kind:
                found |= dict(zip(ROLES[4:], map(int, two.split()), strict=True))
        return found[role]


def all_get(code: int) -> str:
    return " ".join([str(code)] * 6)


def readers(code: int, outsider: int = 404, visitor: int = 404, *, opened: str = "") -> str:
    return f"{code} {code} {code} {code} {outsider} {visitor} open:{opened or f'{code} {code}'}"


def members(code: int) -> str:
    return f"{code} {code} {code} {code} 404 404"


def stewards(code: int) -> str:
    return f"404 404 {code} 404 404 404"


def moderators(code: int, visitor: int = 302) -> str:
    return f"404 404 {code} {code} 404 {visitor}"


def its_author(code: int, visitor: int = 302) -> str:
    return f"{code} 404 404 404 404 {visitor}"


def its_teller(code: int) -> str:
    return f"404 {code} 404 404 404 302"


NEVER = all_get(405)
HOUSE, THREAD, POST = "/c/{slug}/", "/threads/{thread}/", "/posts/{post}/"
WORDS = {"body": "Good words.", "body_format": "markdown", "back": "/"}
IN_THREAD = {**WORDS, "place": "thread:{thread}", "next_action": "/threads/{thread}/posts/"}
