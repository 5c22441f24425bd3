"""Pinned in its section, or in the whole community: each place has room for so many."""

import pytest

from forum.models import Pin, Section, Thread
from forum.threads import actions
from forum.threads.moderating import MOST_PINNED

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(open_house):
    return open_house.sections.get()


def in_section(thread, section):
    Thread.objects.filter(pk=thread.pk).update(section=section)
    thread.refresh_from_db()
    return thread


def titles(client, house, section=None):
    query = {"section": section.pk} if section else {}
    return [row.title for row in client.get(f"/c/{house.slug}/", query).context["threads"]]


def pin(client, thread, **fields):
    return client.post(f"/threads/{thread.pk}/pin/", fields)


def test_where_it_stands_first(moderating, visitor, thread, thread_in, open_house, section):
    """What is pinned in a section is pinned nowhere else; what is pinned everywhere is in its section as well."""
    in_section(thread, section)
    everywhere = in_section(thread_in(open_house, title="Everywhere"), section)
    in_section(thread_in(open_house, title="Newest"), section)
    assert pin(moderating, thread, scope="section").status_code == 302
    assert titles(visitor, open_house) == ["Newest", "Everywhere", thread.title]
    assert titles(visitor, open_house, section) == [thread.title, "Newest", "Everywhere"]
    pin(moderating, everywhere, scope="community")
    assert titles(visitor, open_house) == ["Everywhere", "Newest", thread.title]
    assert titles(visitor, open_house, section) == ["Everywhere", thread.title, "Newest"]
    assert "pinned in its section" in visitor.get(f"/c/{open_house.slug}/").content.decode()


def test_each_place_has_its_room(moderating, thread_in, open_house, section):
    other = Section.objects.create(community=open_house, names={"en": "Other"}, position=2)
    rows = [in_section(thread_in(open_house, title=f"T{n}"), section) for n in range(MOST_PINNED + 1)]
    assert [pin(moderating, row, scope="section").status_code for row in rows] == [302] * MOST_PINNED + [422]
    assert pin(moderating, rows[-1], scope="community").status_code == 302
    late = in_section(thread_in(open_house, title="Late"), other)
    pin(moderating, late, scope="section")
    said = {"title": "Late", "section": section.pk, "language": "en", "reason": "It belongs there."}
    refused = moderating.post(f"/threads/{late.pk}/title/", said)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["section"]
    late.refresh_from_db()
    assert late.section == other


def test_a_thread_in_no_section_is_pinned_everywhere(moderating, moderator, thread):
    assert "scope" not in moderating.get(f"/threads/{thread.pk}/pin/").context["form"].fields
    pin(moderating, thread, scope="section", reason="Read this.")
    assert (Pin.objects.get().scope, Pin.objects.get().reason) == ("community", "Read this.")
    assert actions.pin_thread(by=moderator, thread=thread, scope="section").first == moderator


def test_nowhere_else(moderating, thread):
    assert pin(moderating, thread, scope="moon").status_code == 302  # there is no such choice without a section
    assert Pin.objects.get().scope == "community"


def test_its_reason_stands_in_the_thread_and_who_was_first_is_said(
    moderating, client_of, steward, thread, page, logged
):
    pin(moderating, thread, reason="For whoever is new.")
    assert "Pinned: For whoever is new." in page()
    second = client_of(steward).post(f"/threads/{thread.pk}/pin/", {"reason": "Mine."}, follow=True)
    assert "Moderator pinned this thread first." in second.content.decode()
    moderating.post(f"/threads/{thread.pk}/pin/removal/")
    gone = client_of(steward).post(f"/threads/{thread.pk}/pin/removal/", follow=True)
    assert "Moderator unpinned this thread first." in gone.content.decode()
    assert logged() == [("thread.pinned", "For whoever is new."), ("thread.unpinned", "")]
