"""After an undoing, and after a reversal, every page is byte for byte what it was."""

import re

import pytest

from forum import log
from forum.models import LogEntry
from forum.moderation.decisions import actions
from forum.moderation.decisions.models import Act
from forum.notifications.spreading import spread
from tests.house.walk import without_traces
from tests.moderation.decisions.conftest import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client_of, visitor, author, neighbour, post):
    """What the pages say, without the numbers of their streams."""

    def look():
        spread()
        found = {}
        for name, browser in {
            "visitor": visitor,
            "author": client_of(author),
            "neighbour": client_of(neighbour),
        }.items():
            for page in (
                post.thread.get_absolute_url(),
                "/c/open-house/",
                "/c/open-house/members/",
                "/members/author/",
                f"/posts/{post.pk}/revisions/",
                "/search/?q=word",
                "/drafts/",
            ):
                status, body, *_rest = without_traces(browser.get(page))
                found[name, page] = status, re.sub(r'data-since="\d+"', "", body)
        return found

    return look


@pytest.mark.parametrize("how", ["undone", "reversed"])
@pytest.mark.parametrize("act", [each for each in Act if each not in {Act.FINE, Act.SUSPEND, Act.WARN}])
def test_everything_is_as_it_was(act, how, administrator, steward, about, reported, look):
    by = administrator if act == Act.REMOVE else steward
    look()  # read marks and notices settle
    before = look()
    reported.level = 3 if by is administrator else 1
    reported.save()
    decision = decided(by, about, act, case=reported)
    if act not in {Act.FOLD, Act.HIDE}:  # which the room of hiding shows
        assert look() != before
    if how == "undone":
        log.undo(entry=LogEntry.objects.get(by=by), by=by)
        assert look() == before
    else:
        actions.reverse(decision=decision, by=by, reason="A mistake.")
        changed = {where for where, page in look().items() if page != before[where]}
        assert {who for who, _page in changed} <= {
            "author",
            "neighbour",
        }  # its author's and its reporter's bells say so
