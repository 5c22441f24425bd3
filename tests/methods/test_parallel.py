"""Many at once: every try counts, nobody overwrites, nothing stands half."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from forum.communities import actions as communities
from forum.methods import actions
from forum.methods.translations.actions import Saying
from forum.models import Community, Method, TranslationState, Try
from forum.web.errors import Conflict, Refusal
from tests.methods.cards import published, soup
from tests.methods.translated import GERMAN

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each answered, refusals as themselves."""

    def done(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except Refusal as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


def tell(member: Member, method: Method, **more: Any) -> Callable[[], Try]:
    version, month = method.versions.get(), timezone.now().date()
    return lambda: actions.tell_try(
        member=member, version=version, month=month, people=5, again="yes", sentence="Good.", **more
    )


def test_every_try_counts(cast: dict[str, Member], author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    told = at_once([tell(member, method) for member in cast.values() for _ in range(2)])
    assert not [each for each in told if isinstance(each, Refusal)]
    method.refresh_from_db()
    assert method.tries_count == Try.objects.count() == 8


def test_the_same_try_sent_by_two_pages_is_one(author: Member, open_house: Community) -> None:
    method, key = published(author, open_house), uuid4()
    assert len({told.pk for told in at_once([tell(author, method, submission=key)] * 4)}) == 1
    method.refresh_from_db()
    assert method.tries_count == 1


def test_taken_back_by_two_pages_is_once(author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    told = tell(author, method)()
    at_once([lambda: actions.withdraw_try(by=author, told=told)] * 4)
    method.refresh_from_db()
    assert method.tries_count == 0


def test_of_two_changes_one_hears_of_the_other(author: Member, open_house: Community) -> None:
    method = published(author, open_house)

    def change(people: int) -> Callable[[], Any]:
        card = replace(soup(), group_max=people)
        return lambda: actions.revise_method(
            editor=author, method=method, card=card, body=None, based_on=1, note="larger"
        )

    answers = at_once([change(people) for people in (40, 50, 60)])
    assert sorted(isinstance(answer, Conflict) for answer in answers) == [False, True, True]
    assert method.versions.count() == 2


def test_the_same_card_sent_by_two_pages_is_one_method(author: Member, open_house: Community) -> None:
    key = uuid4()

    def publish() -> Method:
        return actions.publish_method(author=author, community=open_house, card=soup(), body=None, submission=key)

    assert len({method.pk for method in at_once([publish] * 4)}) == 1
    assert Method.objects.filter(thread=None).count() == 0


def test_in_before_the_door_closes_or_not_at_all(author: Member, steward: Member, open_house: Community) -> None:
    def publish() -> Method:
        return actions.publish_method(author=author, community=open_house, card=soup(), body=None)

    def close() -> Any:
        return communities.close_community(by=steward, community=open_house, reason="It is done.")

    answers = at_once([publish, close, publish])
    made = [answer for answer in answers if isinstance(answer, Method)]
    assert Method.objects.count() == len(made)
    assert all(method.thread and method.versions.count() == 1 for method in made)
    with pytest.raises(Refusal):
        publish()


def test_a_name_taken_out_does_not_come_back_with_a_change(author: Member, open_house: Community) -> None:
    """Whoever was writing meanwhile is told; or the change was first, and the name goes from it, too."""
    method = published(author, open_house, summary="Zosia cooks.")
    card = replace(soup(), summary="Zosia cooks well.")
    at_once(
        [
            lambda: actions.redact_method(by=author, method=method, words="Zosia", reason="x"),
            lambda: actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="x"),
        ]
    )
    assert not any("Zosia" in str(version.content) for version in method.versions.all())


def test_of_two_translators_one_hears_of_the_other(
    cast: dict[str, Member], author: Member, open_house: Community
) -> None:
    method = published(author, open_house)
    source = method.versions.get()

    def translate(member: Member) -> Callable[[], Any]:
        saying = Saying(texts={"title": f"Suppe von {member.username}"})
        return lambda: actions.translate_method(
            translator=member, source=source, language="de", saying=saying, based_on=0
        )

    answers = at_once([translate(member) for member in cast.values()])
    assert sum(isinstance(answer, Conflict) for answer in answers) == len(cast) - 1
    assert TranslationState.objects.count() == 1


def test_the_same_translation_sent_by_two_pages_is_one(author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    source = method.versions.get()

    def translate() -> TranslationState:
        saying = Saying(texts=GERMAN)
        return actions.translate_method(translator=author, source=source, language="de", saying=saying, based_on=0)

    answers = at_once([translate] * 4)
    assert len({answer.pk for answer in answers}) == TranslationState.objects.count() == 1
