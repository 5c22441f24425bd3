"""Drafts: kept, found on another device, never overwriting each other, nobody else's business."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member
from forum.drafts.actions import MOST_CHARACTERS
from forum.models import Community, Draft, Thread
from tests.drafts.helpers import kept_body, posted, put

ClientOf = Callable[[Member], Client]


@pytest.fixture
def thread(open_house: Community, thread_in: Callable[..., Thread]) -> Thread:
    return thread_in(open_house)


def test_a_draft_is_there_on_another_device(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    saved = put(client_of(neighbour), f"thread:{thread.pk}", "We still have\r\n**chalk**")
    assert saved.status_code == 200
    assert saved.json()["version"]
    page = client_of(neighbour).get(thread.get_absolute_url())
    form = page.context["form"]
    assert form["body"].value() == "We still have\n**chalk**"
    assert form.draft_version == saved.json()["version"]
    assert "draft saved" in page.content.decode() or form.draft is not None


def test_a_page_that_knows_the_last_version_saves_over_it(
    thread: Thread, neighbour: Member, client_of: ClientOf
) -> None:
    client, place = client_of(neighbour), f"thread:{thread.pk}"
    first = put(client, place, "one").json()["version"]
    assert put(client, place, "one two", first).status_code == 200
    assert kept_body(neighbour, place) == "one two"


def test_a_newer_text_from_another_device_is_not_overwritten(
    thread: Thread, neighbour: Member, client_of: ClientOf
) -> None:
    place = f"thread:{thread.pk}"
    phone, desk = client_of(neighbour), client_of(neighbour)
    first = put(desk, place, "begun at the desk").json()["version"]
    put(phone, place, "gone on with on the phone", first)
    refused = put(desk, place, "gone on with at the desk", first)
    assert refused.status_code == 409
    other = refused.json()["draft"]
    assert other["body"] == "gone on with on the phone"
    assert kept_body(neighbour, place) == "gone on with on the phone"
    assert put(desk, place, "gone on with at the desk", other["version"]).status_code == 200  # seen, and chosen


def test_the_same_words_never_quarrel(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    place = f"thread:{thread.pk}"
    put(client_of(neighbour), place, "the same")
    assert put(client_of(neighbour), place, "the same").status_code == 200


@pytest.mark.parametrize("place", ["thread:{}", "thread:9999999", "garden:1", "thread:x", "thread:" + "9" * 30])
def test_no_draft_where_one_may_not_write(
    place: str, invited_house: Community, outsider: Member, client_of: ClientOf, thread_in: Callable[..., Thread]
) -> None:
    closed = thread_in(invited_house)
    answer = put(client_of(outsider), place.format(closed.pk), "I am curious")
    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_signed_out_says_so(thread: Thread, visitor: Client) -> None:
    assert put(visitor, f"thread:{thread.pk}", "words").status_code == 401
    assert visitor.get("/drafts/").status_code == 302


def test_malformed_and_far_too_long_texts(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    client, place = client_of(neighbour), f"thread:{thread.pk}"
    assert client.put(f"/drafts/{place}/", "{", content_type="application/json").status_code == 400
    assert client.put(f"/drafts/{place}/", "[]", content_type="application/json").status_code == 400
    assert put(client, place, "x" * (MOST_CHARACTERS + 1)).status_code == 413
    assert put(client, place, "x\0y", based_on="99999999999999", title="t" * 900).status_code == 200
    assert kept_body(neighbour, place) == "xy"


def test_deleting_is_explicit(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    client, place = client_of(neighbour), f"thread:{thread.pk}"
    put(client, place, "words")
    assert client.get(f"/drafts/{place}/deletion/").status_code == 405
    answer = client.post(f"/drafts/{place}/deletion/", {"back": thread.get_absolute_url()})
    assert answer["Location"] == thread.get_absolute_url()
    assert kept_body(neighbour, place) is None
    put(client, place, "words")
    assert client.delete(f"/drafts/{place}/").status_code == 200
    assert kept_body(neighbour, place) is None


def test_an_emptied_field_leaves_no_draft(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    client, place = client_of(neighbour), f"thread:{thread.pk}"
    version = put(client, place, "words").json()["version"]
    assert put(client, place, "", "another").status_code == 409
    assert put(client, place, "", version).json()["version"] == ""
    assert kept_body(neighbour, place) is None


def test_my_drafts_lead_back_and_others_are_not_among_them(
    thread: Thread, neighbour: Member, author: Member, client_of: ClientOf
) -> None:
    put(client_of(neighbour), f"thread:{thread.pk}", "<script>half a thought</script>")
    put(client_of(author), f"community:{thread.community_id}", "somebody else's", title="A title")
    page = client_of(neighbour).get("/drafts/").content.decode()
    assert "&lt;script&gt;half a thought" in page
    assert f"{thread.get_absolute_url()}?from=1#reply" in page, page[page.index("<main") : page.index("</main")]
    assert "somebody else" not in page


def test_the_list_asks_for_no_more_when_it_grows(
    thread: Thread, neighbour: Member, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of(neighbour)
    put(client, f"thread:{thread.pk}", "one")
    with django_assert_max_num_queries(10):
        client.get("/drafts/")


def test_a_text_stays_in_the_list_when_its_place_is_closed_to_me(
    closed_house: Community, neighbour: Member, client_of: ClientOf, thread_in: Callable[..., Thread]
) -> None:
    thread = thread_in(closed_house, title="Behind the door")
    client = client_of(neighbour)
    put(client, f"thread:{thread.pk}", "my own words")
    closed_house.memberships.filter(member=neighbour).delete()
    page = client.get("/drafts/").content.decode()
    assert "my own words" in page
    assert "Behind the door" not in page


def test_publishing_takes_the_draft_away(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    client = client_of(neighbour)
    put(client, f"thread:{thread.pk}", "ready")
    answer = client.post(f"/threads/{thread.pk}/posts/", posted(thread, neighbour, "ready"))
    assert answer.status_code in {302, 303}
    assert kept_body(neighbour, f"thread:{thread.pk}") is None


def test_the_script_learns_where_the_post_stands(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    answer = client_of(neighbour).post(
        f"/threads/{thread.pk}/posts/", posted(thread, neighbour, "ready"), headers={"accept": "application/json"}
    )
    assert answer.status_code == 200
    assert answer.json()["url"].startswith("/posts/")


def test_publishing_leaves_the_newer_draft_of_another_device(
    thread: Thread, neighbour: Member, client_of: ClientOf
) -> None:
    place = f"thread:{thread.pk}"
    known = put(client_of(neighbour), place, "begun").json()["version"]
    put(client_of(neighbour), place, "begun, and much more at the desk", known)
    sent = posted(thread, neighbour, "begun, and ended on the phone", draft_version=known)
    assert client_of(neighbour).post(f"/threads/{thread.pk}/posts/", sent).status_code == 302
    assert kept_body(neighbour, place) == "begun, and much more at the desk"


def test_publishing_takes_away_the_draft_its_page_knew(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    place = f"thread:{thread.pk}"
    known = put(client_of(neighbour), place, "begun").json()["version"]
    client_of(neighbour).post(
        f"/threads/{thread.pk}/posts/", posted(thread, neighbour, "begun and ended", draft_version=known)
    )
    assert kept_body(neighbour, place) is None


def test_a_save_that_arrives_after_publishing_leaves_no_draft(
    thread: Thread, neighbour: Member, client_of: ClientOf
) -> None:
    client, place = client_of(neighbour), f"thread:{thread.pk}"
    known = put(client, place, "begun").json()["version"]
    client.post(f"/threads/{thread.pk}/posts/", posted(thread, neighbour, "begun and ended", draft_version=known))
    assert put(client, place, "begun and ended", known).json()["version"] == ""
    assert kept_body(neighbour, place) is None
    put(client, place, "another thought", "")
    assert kept_body(neighbour, place) == "another thought"


def test_a_late_save_of_a_new_thread_or_an_edit_leaves_none_either(
    open_house: Community, author: Member, client_of: ClientOf, thread_in: Callable[..., Thread]
) -> None:
    client, place = client_of(author), f"community:{open_house.pk}"
    client.post(f"/c/{open_house.slug}/threads/new/", {"place": place, "title": "Chalk", "body": "On the stairs."})
    put(client, place, "On the stairs.", title="Chalk")
    assert kept_body(author, place) is None
    put(client, place, "On the stairs.", title="Other chalk")
    assert kept_body(author, place) == "On the stairs."
    post = Thread.objects.get(title="Chalk").posts.get()
    put(client, f"post:{post.pk}", "On the stairs.")
    assert kept_body(author, f"post:{post.pk}") is None


UNREADABLE = {
    "a form, put": ("put", "application/x-www-form-urlencoded", b"body=Words", 415),
    "parts, put": ("put", "multipart/form-data; boundary=b", b"--b--", 415),
    "plain words": ("post", "text/plain", b"Words", 415),
    "half of it": ("put", "application/json", b'{"body": "Wo', 400),
    "a list": ("put", "application/json", b"[]", 400),
    "nothing": ("put", "application/json", b" ", 400),
    "no text": ("put", "application/json", b'{"title": "x"}', 400),
    "a text that is none": ("put", "application/json", b'{"body": null}', 400),
    "a form without the text": ("post", "application/x-www-form-urlencoded", b"title=x", 400),
}


@pytest.mark.parametrize("about", UNREADABLE)
def test_what_cannot_be_read_leaves_the_draft_alone(
    about: str, thread: Thread, neighbour: Member, client_of: ClientOf
) -> None:
    method, kind, body, status = UNREADABLE[about]
    client, place = client_of(neighbour), f"thread:{thread.pk}"
    put(client, place, "an evening's work")
    answer = client.generic(method.upper(), f"/drafts/{place}/", body, content_type=kind)
    assert answer.status_code == status
    assert "nothing was changed" in answer.json()["error"]
    assert kept_body(neighbour, place) == "an evening's work"


def test_a_plain_form_may_save_too(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    place = f"thread:{thread.pk}"
    assert client_of(neighbour).post(f"/drafts/{place}/", {"body": "Words"}).status_code == 200
    assert kept_body(neighbour, place) == "Words"
