"""What methods tell: a try, our version of it, a new version of what one used."""

from dataclasses import replace
from datetime import date

import pytest

from forum import text
from forum.methods import actions
from tests.methods.cards import published, soup

pytestmark = pytest.mark.django_db
TRY = {"month": date(2026, 5, 1), "people": 12, "sentence": "It rained."}


def method_of(author, house):
    method = published(author, house)
    return method, method.versions.get()


def test_a_try_is_told_to_the_author(reader, author, neighbour, open_house):
    method, version = method_of(author, open_house)
    told = actions.tell_try(member=neighbour, version=version, again="yes", **TRY)
    assert reader(author).lines() == [(method.title, "Your method was tried.")]
    page = reader(author).page().content.decode()
    assert "Neighbour" in page
    assert f'href="/tries/{told.pk}/"' in page
    actions.withdraw_try(by=neighbour, told=told)
    assert reader(author).lines() == []


def test_one_that_went_badly_is_told_kindly_and_a_nameless_one_names_nobody(
    reader, author, neighbour, moderator, open_house
):
    method, version = method_of(author, open_house)
    actions.tell_try(member=neighbour, version=version, again="no", is_nameless=True, **TRY)
    ((title, said),) = reader(author).lines()
    assert title == method.title
    assert "Thank you for sharing it" in said
    assert "Neighbour" not in reader(author).page().content.decode()
    actions.tell_try(member=author, version=version, again="yes", **TRY)  # of one's own is no news
    assert len(reader(author).lines()[0][1].split(", ")) == len(said.split(", "))


def test_a_version_of_ones_method_and_a_new_one_of_what_one_used(
    reader, author, neighbour, moderator, outsider, open_house
):
    method, version = method_of(author, open_house)
    actions.tell_try(member=moderator, version=version, again="yes", **TRY)
    card = replace(soup(), title="Soup of our street")
    adapted = actions.adapt_method(
        author=neighbour, parent=version, community=open_house, card=card, body=None, why="Shorter.", kinds=[]
    )
    assert (adapted.title, "a version of its own, made from a method of yours") in reader(author).lines()
    revised = replace(version.card, summary="Said better.")
    body = text.clean(version.card.body, "markdown") if version.card.body else None
    actions.revise_method(editor=author, method=method, card=revised, body=body, based_on=1, note="Better words")
    for user in (neighbour, moderator):
        assert (method.title, "a new version of a method you used") in reader(user).lines()
    assert reader(outsider).lines() == []
    reader(moderator).client.get(method.get_absolute_url())
    assert (method.title, "a new version of a method you used") not in reader(moderator).lines("?show=unread")


def test_a_version_in_a_community_one_cannot_see_is_not_told(reader, author, outsider, open_house, closed_house):
    from forum.models import Membership

    method, version = method_of(author, open_house)
    Membership.objects.create(community=closed_house, member=outsider)
    Membership.objects.filter(community=closed_house, member=author).delete()
    card = replace(soup(), title="Secret soup")
    made = {"card": card, "body": None, "why": "Ours.", "kinds": []}
    actions.adapt_method(author=outsider, parent=version, community=closed_house, **made)
    assert reader(author).lines() == []
    assert "Secret soup" not in reader(author).page().content.decode()
    assert method.pk
