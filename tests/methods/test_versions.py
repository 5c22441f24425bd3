"""A method is published, changed, and never overwritten unseen."""

from dataclasses import replace

import pytest

from accounts.models import Member
from forum import text
from forum.methods import actions
from forum.methods.card import Card
from forum.models import Community, Method, Post
from forum.web.errors import Conflict, Refusal
from tests.methods.cards import published, soup


def test_a_method_has_a_thread_that_begins_with_its_card(author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    post = Post.objects.get(thread=method.thread)
    text.fill([post])
    assert method.thread.title == "Soup in the courtyard"
    assert "Neighbours cook one pot" in post.filled
    assert method.versions.get().card == soup()


def test_a_change_is_a_new_version_and_the_old_one_stays(author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    card = replace(soup(), group_max=40)
    version = actions.revise_method(
        editor=author, method=method, card=card, body=None, based_on=1, note="The pot was larger"
    )
    method.refresh_from_db()
    assert (version.number, method.version, method.group_max) == (2, 2, 40)
    assert method.versions.get(number=1).card.group_max == 30


def test_two_people_never_overwrite_one_another(author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    actions.revise_method(
        editor=author, method=method, card=replace(soup(), group_max=40), body=None, based_on=1, note="larger"
    )
    with pytest.raises(Conflict):
        actions.revise_method(
            editor=author, method=method, card=replace(soup(), group_max=50), body=None, based_on=1, note="larger yet"
        )
    method.refresh_from_db()
    assert method.group_max == 40


def test_only_its_author_changes_it(author: Member, neighbour: Member, open_house: Community) -> None:
    method = published(author, open_house)
    card = replace(soup(), group_max=40)
    with pytest.raises(Refusal):
        actions.revise_method(editor=neighbour, method=method, card=card, body=None, based_on=1, note="mine now")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="larger")


def test_rights_are_given_for_good(author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    card = replace(soup(), licence="read-only", summary="Something else entirely.")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="less free")
    method.refresh_from_db()
    assert method.licence == "CC-BY-SA-4.0"
    assert method.versions.get(number=2).card.licence == "CC-BY-SA-4.0"


def test_a_name_can_be_taken_out_of_every_version(author: Member, open_house: Community) -> None:
    method = published(author, open_house, summary="Zosia cooks with her neighbours.")
    card = replace(soup(), summary="Zosia and her neighbours cook.")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="words")
    redaction = actions.redact_method(by=author, method=method, words="Zosia", reason="a child's name")
    assert redaction.versions == [1, 2]
    assert not any("Zosia" in str(version.content) for version in method.versions.all())
    assert "Zosia" not in Method.objects.get(pk=method.pk).summary


def test_a_card_says_the_same_after_a_journey_through_json() -> None:
    card = soup(tags=("cooking",), imported={"category": ["food"]})
    assert Card.from_json(card.to_json()) == card
    assert "risks" not in card.to_json()
