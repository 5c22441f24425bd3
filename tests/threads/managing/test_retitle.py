"""A moderator who changes another's title says why: the line stands in the thread, and the log keeps what was."""

import pytest

from forum.log import LogEntry
from forum.threads import actions

pytestmark = pytest.mark.django_db


def retitle(client, thread, **fields):
    return client.post(f"/threads/{thread.pk}/title/", {"title": "Keys", "language": "en", **fields})


def test_with_a_reason_that_stands_in_the_thread(moderating, moderator, client_of, author, thread, page):
    refused = retitle(moderating, thread)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reason"]
    assert retitle(moderating, thread, reason="So that it is found.").status_code == 302
    assert "Title changed by Moderator" in page()
    assert "So that it is found." in page()
    entry = LogEntry.objects.get()
    assert (entry.kind, entry.by, entry.more["was"]["title"]) == ("thread.retitled", moderator, thread.title)
    retitle(moderating, thread, reason="So that it is found.")
    assert LogEntry.objects.count() == 1  # twice is once
    actions.put_in_section(by=moderator, thread=thread, section=thread.community.sections.get(), reason="Here.")
    assert "Title changed" not in page()  # the last act alone
    assert "Put into another section by Moderator" in page()


def test_ones_own_needs_none_and_is_no_moderating(client_of, author, thread, page):
    assert "reason" not in client_of(author).get(f"/threads/{thread.pk}/title/").context["form"].fields
    assert retitle(client_of(author), thread).status_code == 302
    assert "Title changed" not in page()
    assert not LogEntry.objects.exists()
