"""The demo's methods: read from methods/*.toml, told by the same actions that people's clicks call.

How a method is written down: see the head of methods/art-pl.toml.
"""

import io
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Member
from forum import text
from forum.communities.models import Community, Membership
from forum.files.actions import keep_picture
from forum.management.demo.content import HERE, moment
from forum.management.demo.drawings import draw
from forum.methods import actions
from forum.methods.card import Card, CardPicture
from forum.methods.models import Method, MethodVersion, Try
from forum.methods.translations.actions import Saying
from forum.threads import actions as threads

#: People tell of a day a few days after it.
AFTERWARDS = timedelta(days=3)
#: What is older than this, everybody has read.
READ = timedelta(days=30)


@dataclass(frozen=True)
class Happening:
    """Something that happened to the method `key`: "method", "version", "try", "grown", "reply", "translation" or
    "checked", as it was written.

    `number` tells the tries of one method apart.
    """

    at: datetime
    kind: str
    key: str
    said: dict[str, Any]
    number: int = 0


def written() -> list[dict[str, Any]]:
    """Every method with all that happened to it, `community` beside each."""
    found: list[dict[str, Any]] = []
    for path in sorted((HERE / "methods").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [{"community": data["community"], **method} for method in data["method"]]
    return found


def translated() -> list[dict[str, Any]]:
    """Every translation, `method` the key of its method."""
    data = tomllib.loads((HERE / "translations.toml").read_text(encoding="utf-8"))
    return list(data["translation"])


def happenings(now: datetime) -> list[Happening]:
    """All that happened, the oldest first."""
    found = []
    for method in written():
        key = method["key"]
        found.append(Happening(moment(method["ago"], now), "method", key, method))
        for kind in ("version", "try", "reply"):
            for number, said in enumerate(method.get(kind, [])):
                found.append(Happening(moment(said["ago"], now), kind, key, said, number))
                if grown := said.get("grown"):
                    found.append(Happening(moment(grown["ago"], now), "grown", key, grown, number))
    for said in translated():
        found.append(Happening(moment(said["ago"], now), "translation", said["method"], said))
        if checked := said.get("checked"):
            happened = {**checked, "language": said["language"]}
            found.append(Happening(moment(checked["ago"], now), "checked", said["method"], happened))
    return sorted(found, key=lambda happening: happening.at)


def card_of(said: dict[str, Any], before: MethodVersion | None) -> Card:
    """What is said now, over what was said before or by the parent."""
    return Card.from_json({**(before.content if before else {}), **said["card"]})


def _drawn(said: dict[str, Any], author: Member) -> CardPicture:
    picture = draw(said["drawn"])
    kept = keep_picture(uploader=author, file=io.BytesIO(picture), size=len(picture))
    return CardPicture(id=str(kept.pk), **{name: value for name, value in said.items() if name != "drawn"})


def _body(card: Card) -> text.Cleaned | None:
    return text.clean(card.body, card.body_format) if card.body else None


def tell_methods(people: dict[str, Member], houses: dict[str, Community], now: datetime) -> dict[str, Method]:
    telling = _Telling(people, houses)
    for happening in happenings(now):
        telling.tell(happening)
    for method in Method.objects.filter(thread__last_at__lt=now - READ).select_related("thread"):
        for membership in Membership.objects.filter(community=method.community_id).select_related("member"):
            if method.thread:
                threads.mark_read(member=membership.member, thread=method.thread, number=method.thread.last_number)
    return telling.methods


class _Telling:
    def __init__(self, people: dict[str, Member], houses: dict[str, Community]) -> None:
        self.people, self.houses = people, houses
        self.methods: dict[str, Method] = {}
        self.tries: dict[tuple[str, int], Try] = {}

    def tell(self, happening: Happening) -> None:
        verbs: dict[str, Callable[[Happening], None]] = {
            "method": self._publish,
            "version": self._revise,
            "try": self._try,
            "grown": self._grow,
            "reply": self._reply,
            "translation": self._translate,
            "checked": self._check,
        }
        verbs[happening.kind](happening)

    def _present(self, key: str) -> MethodVersion:
        present = MethodVersion.objects.present().select_related("method__thread", "method__author")
        return present.get(method=self.methods[key])

    def _publish(self, one: Happening) -> None:
        said, community = one.said, self.houses[one.said["community"]]
        author = self.people[said["by"]]
        if adapts := said.get("adapts"):
            parent = self._present(adapts["method"])
            card = card_of(said, parent)
            self.methods[one.key] = actions.adapt_method(
                author=author,
                parent=parent,
                community=community,
                card=card,
                body=_body(card),
                why=adapts["why"],
                kinds=adapts["kinds"],
                at=one.at,
            )
        else:
            card = replace(card_of(said, None), pictures=tuple(_drawn(one, author) for one in said.get("pictures", [])))
            self.methods[one.key] = actions.publish_method(
                author=author, community=community, card=card, body=_body(card), at=one.at
            )

    def _revise(self, one: Happening) -> None:
        present = self._present(one.key)
        card = card_of(one.said, present)
        actions.revise_method(
            editor=present.method.author,
            method=present.method,
            card=card,
            body=_body(card),
            based_on=present.number,
            note=one.said["note"],
            at=one.at,
        )

    def _try(self, one: Happening) -> None:
        said = {name: value for name, value in one.said.items() if name not in {"by", "ago", "grown"}}
        self.tries[one.key, one.number] = actions.tell_try(
            member=self.people[one.said["by"]],
            version=self._present(one.key),
            month=(one.at - AFTERWARDS).date(),
            at=one.at,
            **said,
        )

    def _grow(self, one: Happening) -> None:
        told = self.tries[one.key, one.number]
        fields = {name: value for name, value in one.said.items() if name != "ago"}
        actions.grow_try(member=told.member, told=told, at=one.at, **fields)

    def _reply(self, one: Happening) -> None:
        method = self._present(one.key).method
        if method.thread:
            threads.reply(
                author=self.people[one.said["by"]],
                thread=method.thread,
                body=text.clean(one.said["text"].strip(), "markdown"),
                language=one.said.get("language", method.language),
                at=one.at,
            )

    def _translate(self, one: Happening) -> None:
        texts, language = one.said["texts"], one.said["language"]
        present = self._present(one.key).method.translations.filter(language=language).first()
        actions.translate_method(
            translator=self.people[one.said["by"]],
            source=self._present(one.key),
            language=language,
            saying=Saying(texts=texts, is_by_machine=one.said.get("machine", False)),
            based_on=present.number if present else 0,
            at=one.at,
        )

    def _check(self, one: Happening) -> None:
        translation = self._present(one.key).method.translations.get(language=one.said["language"])
        by = self.people[one.said["by"]]
        actions.check_translation(by=by, translation=translation, number=translation.number, at=one.at)
