"""Nobody learns of a method, or of who tried it, what is not for them."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.models import Member
from forum import changes, text
from forum.communities import actions as communities
from forum.communities.models import Audience
from forum.methods import actions
from forum.models import Community, Method, MethodVersion, Post, Try
from forum.threads import actions as threads
from forum.web.errors import Refusal
from tests.methods.cards import published, soup

pytestmark = pytest.mark.django_db

QUICK = {"month": "2025-06", "people": "18", "again": "no", "sentence": "Nobody came."}


def adapted(author: Member, parent: MethodVersion, community: Community, **changed: Any) -> Method:
    card = soup(**{"title": "Soup for forty", **changed})
    return actions.adapt_method(author=author, parent=parent, community=community, card=card, body=None, why="Forty.")


def test_a_name_somebody_keeps_to_themselves_stands_nowhere(client_of, author, neighbour, visitor, open_house):
    method = published(author, open_house)
    client_of(neighbour).post(f"/methods/{method.pk}/tries/new/", QUICK | {"is_nameless": "on"})
    told = Try.objects.get()
    pages = [method.get_absolute_url(), f"/methods/{method.pk}/versions/", f"/methods/{method.pk}/record.json"]
    pages += [f"/changes/?stream=method:{method.pk}&since=0", "/methods/", method.thread.get_absolute_url()]
    pages += [f"/tries/{told.pk}/"]
    for client in (visitor, client_of(author)):
        for page in pages:
            seen = client.get(page, follow=True).content.decode().lower()
            assert "neighbour" not in seen.replace("neighbours", ""), page
        assert client.get(f"/tries/{told.pk}/edit/").status_code in {302, 404}


def test_the_name_comes_back_when_its_owner_says_so(client_of, author, neighbour, visitor, open_house):
    method = published(author, open_house)
    client = client_of(neighbour)
    client.post(f"/methods/{method.pk}/tries/new/", QUICK | {"is_nameless": "on"})
    client.post(f"/tries/{Try.objects.get().pk}/edit/", QUICK)
    assert "Neighbour" in visitor.get(method.get_absolute_url()).content.decode()


def test_five_tries_in_the_card_for_machines_name_nobody(client_of, author, neighbour, visitor, open_house):
    method = published(author, open_house)
    for n in range(5):
        form = QUICK | {"sentence": f"Try {n}.", "is_nameless": "on"}
        client_of(neighbour).post(f"/methods/{method.pk}/tries/new/", form)
    page = visitor.get(method.get_absolute_url())
    assert len(page.context["howto"]["review"]) == 5
    assert "neighbour" not in page.content.decode().lower().replace("neighbours", "")


def test_a_parent_behind_a_closed_door_is_not_named(client_of, author, neighbour, visitor, open_house):
    """It was open when it was adapted; the words written for members since then are theirs."""
    parent = published(author, open_house, title="The parent")
    made = adapted(neighbour, parent.versions.get(), open_house)
    assert f"/methods/{parent.pk}/" in visitor.get(made.get_absolute_url()).content.decode()
    parent.thread.audience = Audience.MEMBERS
    parent.thread.save()
    page = visitor.get(made.get_absolute_url())
    assert "The parent" not in page.content.decode()
    assert f"/methods/{parent.pk}/" not in page.content.decode()
    assert "isBasedOn" not in page.context["howto"]
    assert "The parent" in client_of(neighbour).get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("house", "moved"), [("open_house", 1), ("closed_house", 0)])
def test_a_version_others_may_not_see_does_not_move_the_page_of_its_parent(
    house, moved, request, author, neighbour, open_house, closed_house
):
    parent = published(author, open_house)
    head = changes.head_of(f"method:{parent.pk}")
    adapted(neighbour, parent.versions.get(), request.getfixturevalue(house))
    assert changes.head_of(f"method:{parent.pk}") == head + moved


def test_a_version_for_members_moves_the_page_of_its_parent_for_members(author, neighbour, closed_house):
    parent = published(author, closed_house)
    head = changes.head_of(f"method:{parent.pk}")
    adapted(neighbour, parent.versions.get(), closed_house)
    assert changes.head_of(f"method:{parent.pk}") == head + 1


def test_who_cannot_read_it_cannot_adapt_it(author, outsider, open_house, closed_house):
    parent = published(author, closed_house)
    communities.join(member=outsider, community=open_house)
    with pytest.raises(Refusal):
        adapted(outsider, parent.versions.get(), open_house)


def test_words_for_members_are_not_carried_into_another_community(author, neighbour, open_house, closed_house):
    parent = published(author, closed_house)
    with pytest.raises(Refusal):
        adapted(neighbour, parent.versions.get(), open_house)
    assert adapted(neighbour, parent.versions.get(), closed_house).parent


def test_an_adaptation_of_words_for_members_stays_with_them(author, neighbour, visitor, closed_house):
    parent = published(author, closed_house)
    closed_house.audience = Audience.ANYONE
    closed_house.save()
    made = adapted(neighbour, parent.versions.get(), closed_house)
    assert visitor.get(made.get_absolute_url()).status_code == 404


def test_a_change_while_the_community_is_closed_stays_with_its_members(author, visitor, open_house):
    method = published(author, open_house)
    open_house.audience = Audience.MEMBERS
    open_house.save()
    card = replace(soup(), summary="For us alone.")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="us")
    open_house.audience = Audience.ANYONE
    open_house.save()
    assert visitor.get(method.get_absolute_url()).status_code == 404
    assert "For us alone." not in visitor.get("/methods/").content.decode()


def test_a_lock_ends_the_talk_and_not_the_card(author, moderator, open_house):
    method = published(author, open_house)
    threads.lock_thread(by=moderator, thread=method.thread, reason="It is said.")
    card = replace(soup(), title="Soup on the stairs")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="the place")
    method.thread.refresh_from_db()
    assert method.thread.title == "Soup on the stairs"


def test_a_title_the_moderators_gave_the_thread_outlives_other_changes(author, moderator, open_house):
    method = published(author, open_house)
    threads.retitle_thread(by=moderator, thread=method.thread, title="About soup", section=None, language="en")
    card = replace(soup(), group_max=40)
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="larger")
    method.thread.refresh_from_db()
    assert method.thread.title == "About soup"


def test_open_pages_that_show_the_card_hear_of_its_changes(author, neighbour, thread_in, open_house, closed_house):
    method, thread, inside = published(author, open_house), thread_in(open_house), thread_in(closed_house)
    body = text.clean(f"/methods/{method.pk}/", "markdown")
    for place in (thread, inside):
        threads.reply(author=neighbour, thread=place, body=body)
    pages = [f"thread:{place.pk}" for place in (thread, inside, method.thread)]
    before = [changes.head_of(page) for page in pages]
    card = replace(soup(), summary="Two pots.")
    version = actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="two")
    assert [changes.head_of(page) for page in pages] == [head + 1 for head in before]
    month = method.published_at.date()
    actions.tell_try(member=neighbour, version=version, month=month, people=3, again="yes", sentence="Good.")
    assert [changes.head_of(page) for page in pages] == [head + 2 for head in before]
    actions.redact_method(by=author, method=method, words="Two pots", reason="x")
    assert [changes.head_of(page) for page in pages] == [head + 3 for head in before]


def test_where_a_closed_card_is_folded_nobody_hears(author, neighbour, thread_in, open_house, closed_house):
    method, thread = published(author, closed_house), thread_in(open_house)
    threads.reply(author=neighbour, thread=thread, body=text.clean(f"/methods/{method.pk}/", "markdown"))
    before = changes.head_of(f"thread:{thread.pk}")
    card = replace(soup(), summary="Two pots.")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="two")
    assert changes.head_of(f"thread:{thread.pk}") == before


def test_a_card_no_longer_cited_is_not_told(author, neighbour, thread_in, open_house):
    method, thread = published(author, open_house), thread_in(open_house)
    body = text.clean(f"/methods/{method.pk}/", "markdown")
    post = threads.reply(author=neighbour, thread=thread, body=body)
    threads.edit_post(editor=neighbour, post=post, body=text.clean("Never mind.", "markdown"), based_on=1)
    before = changes.head_of(f"thread:{thread.pk}")
    actions.redact_method(by=author, method=method, words="courtyard", reason="x")
    assert changes.head_of(f"thread:{thread.pk}") == before


def test_a_card_outlives_the_letter_its_thread_began_with(author, visitor, open_house):
    method = published(author, open_house)
    threads.delete_post(by=author, post=Post.objects.get(thread=method.thread))
    assert visitor.get(method.get_absolute_url()).status_code == 200
    card = replace(soup(), summary="Two pots.")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="two")


@pytest.mark.parametrize("title", ["Edit", "Versions"])
def test_a_title_like_a_page_of_ours_hides_no_method(author, visitor, open_house, title):
    method = published(author, open_house, title=title)
    page = visitor.get(f"/methods/{method.pk}/", follow=True)
    assert page.status_code == 200
    assert "Put a note on every door." in page.content.decode()


def test_what_was_taken_back_can_be_told_again_and_not_grown(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    client, form = client_of(neighbour), QUICK | {"submission": "6f0d2a3e-9a50-4a5c-9f4a-0a3a5a2f9a11"}
    for _ in range(2):
        client.post(f"/methods/{method.pk}/tries/new/", form)
    told = Try.objects.get()
    client.post(f"/tries/{told.pk}/withdrawal/")
    with pytest.raises(Refusal):
        actions.grow_try(member=neighbour, told=told, city="Łódź")
    client.post(f"/methods/{method.pk}/tries/new/", form)
    method.refresh_from_db()
    assert (Try.objects.count(), method.tries_count) == (2, 1)


def test_too_many_changes_a_minute_wait(author, open_house):
    method = published(author, open_house)
    for n in range(1, 31):
        card = replace(soup(), summary=f"Pot {n}.")
        actions.revise_method(editor=author, method=method, card=card, body=None, based_on=n, note="pot")
    with pytest.raises(Refusal) as refused:
        actions.revise_method(editor=author, method=method, card=soup(), body=None, based_on=31, note="pot")
    assert refused.value.status == 429
