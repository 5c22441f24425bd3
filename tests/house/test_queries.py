"""No page asks the database more often for more rows."""

import io
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member
from forum import changes, log, text
from forum.communities import actions as communities
from forum.communities.models import Audience, Community, Joining, JoinRequest, Membership, Section
from forum.drafts.actions import keep_draft
from forum.files.actions import keep_picture
from forum.methods import actions as methods
from forum.methods.translations.actions import Saying
from forum.models import Case, Line, Method, Pin, Plan, Report, SavedReply, Thread
from forum.moderation.desk import actions as desk
from forum.moderation.rulebook.actions import change_rules
from forum.moderation.rulebook.queries import book_in_force, written
from forum.moderation.rulebook.written import Written
from forum.notifications.spreading import spread
from forum.plans import actions as plans
from forum.plans.outline import Block
from forum.threads import actions
from forum.threads.moderating import MOST_PINNED
from tests.cast import person
from tests.house.walk import browser_of, furnish, ordered, people, tiny_png
from tests.house.ways import ACCOUNT, WAYS
from tests.house.ways.way import INSIDE, ROLES
from tests.moderation.desk.rows import case_of, complaint_about, decision_on

pytestmark = pytest.mark.django_db

#: Most queries a page may make: of a visitor, of somebody signed in (and BELL more where the bell has something).
BELL = 1
THREAD, LIST = (5, 8), (6, 10)
MOST = {
    "thread": THREAD,
    "home": LIST,
    "community": LIST,
    "directory": LIST,
    "community_members": LIST,
    "profile": LIST,
    "library": LIST,
    "method": (12, 18),
    "method_in": (14, 21),
    "method_versions": LIST,
    "plans": LIST,
    "plan": (9, 13),
    "plan_run_sheet": LIST,
    "drafts": LIST,
    "new_report": LIST,
    "report": LIST,
    "community_duty": LIST,
    "notices": (2, 14),
    "notice_settings": LIST,
    "rules": LIST,
    "rules_versions": (7, 11),
    "community_log": LIST,
    "moderators_log": (2, 15),
    "figures": (2, 32),
    "orders": (2, 12),
    "community_requests": LIST,
    "community_invitations": LIST,
    "community_sections": LIST,
    "desk": (0, 12),
    "desk_case": (0, 36),
    "desk_complaint": (0, 33),
    "changes": (7, 9),  # no page, but asked by each open one
}


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


class Growing:
    """A house whose every list grows by `more()`: of people, threads, posts with quotes, mentions and pictures."""

    def __init__(self) -> None:
        self.cast = people()
        self.place = furnish("open", self.cast)
        self.place.thread_row = Thread.objects.get(pk=self.place.thread)
        self.rounds = 0

    def more(self) -> None:
        self.rounds += 1
        for n in range(3):
            self.grow(f"{self.rounds}-{n}")
        spread()

    def grow(self, name: str) -> None:
        author, steward, place = self.cast["author"], self.cast["steward"], self.place
        house, now = place.house, timezone.now()
        newcomer = person(f"newcomer-{name}")
        Membership.objects.create(community=house, member=newcomer)
        Section.objects.create(community=house, names={"en": f"Section {name}"}, position=9)
        JoinRequest.objects.create(community=house, member=person(f"asker-{name}"), note="x")
        self.desk(newcomer, name)
        communities.invite(by=steward, community=house, email=f"{name}@invited.example")
        picture = keep_picture(uploader=author, file=io.BytesIO(tiny_png()), size=10)
        words = f">>{place.post}.1\n\nBy @newcomer-{name}\n\n![x](/pictures/{picture.pk}/)"
        body = text.clean(words, "markdown")
        thread = actions.start_thread(
            author=author,
            community=house,
            title=f"Title {name}",
            body=body,
            language="en",
            section=house.sections.last(),
            at=now,
        )
        first = thread.posts.get()
        keep_draft(member=author, place=f"thread:{thread.pk}", body="x")
        keep_draft(member=author, place=f"post:{first.pk}", body="x")
        reply = actions.reply(author=newcomer, thread=place.thread_row, body=body, reply_to=first, at=now)
        actions.edit_post(editor=newcomer, post=reply, body=text.clean(f"{words} {name}", "markdown"), based_on=1)
        stub = actions.reply(author=author, thread=place.thread_row, body=body, at=now)
        actions.delete_post(by=author, post=stub)
        own = text.clean(f"{words} again {name}", "markdown")
        actions.edit_post(editor=author, post=thread.posts.get(), body=own, based_on=1)
        self.revise(name)
        actions.react(member=newcomer, post=first, kind="agree")
        actions.react(member=author, post=reply, kind="thanks")
        actions.lock_thread(by=steward, thread=thread, reason="x")
        self.method(name)
        self.plan(name)
        self.moderated(name, thread)
        if Pin.objects.count() < MOST_PINNED:
            actions.pin_thread(by=steward, thread=thread, reason="x")
        self.another_house(name)
        for member in self.cast.values():
            browser_of(member).get("/")  # one session more

    def moderated(self, name: str, thread: Thread) -> None:
        """Entries of the log about a thread, its post and the rules, and an order of an authority."""
        by, house = self.cast["moderator"], self.place.house
        present = book_in_force(house)
        clauses = [*written(present), Written({"en": f"Clause {name}"})]
        said = {"note": name, "is_significant": True, "based_on": present.number}
        change_rules(by=self.cast["steward"], community=house, clauses=clauses, **said)
        with changes.writing():
            log.enter("thread.locked", by=by, community=house.pk, words=name, thread=thread)
            log.enter("post.hidden", by=by, community=house.pk, words=name, post=thread.posts.get())
        ordered(house, name, self.cast["steward"])

    def desk(self, newcomer: Member, name: str) -> None:
        """One more case, complaint, report of the case there is, note and saved sentence."""
        house, steward = self.place.house, self.cast["steward"]
        case = case_of(None, newcomer, person=newcomer, community=house)
        decided = decision_on(case_of(person=newcomer, community=house, closed_at=timezone.now()), None)
        complaint_about(decided)
        there = Case.objects.get(pk=self.place.case)
        Report.objects.create(case=there, member=newcomer, ground="hate", language="en", digest=f"of {name}")
        for each in (there, case):
            desk.add_note(by=steward, text=name, case=each)
        SavedReply.objects.create(community=house, by=steward, language="en", title=name, text=name)

    def revise(self, name: str) -> None:
        post = self.place.thread_row.posts.get(pk=self.place.post)
        body = text.clean(f"Revised {name}", "markdown")
        actions.edit_post(editor=self.cast["author"], post=post, body=body, based_on=post.revision)

    def method(self, name: str) -> None:
        """A new version, a try, an adaptation, a redaction of the method there is, a letter that shows it; and one more
        method."""
        author, neighbour, now = self.cast["author"], self.cast["neighbour"], timezone.now()
        method = Method.objects.get(pk=self.place.method)
        version = method.versions.get(number=method.version)
        card = replace(version.card, risks=f"x{name}", tags=(f"secret {name}", "x"))
        body = text.clean(card.body, "markdown")
        methods.revise_method(editor=author, method=method, card=card, body=body, based_on=version.number, note=name)
        told: dict[str, Any] = {"month": now.date(), "people": 9, "again": "no", "sentence": name, "city": name}
        methods.tell_try(member=self.cast["steward"], version=version, minutes=9, at=now, **told)
        methods.tell_try(member=author, version=version, at=now, **told)
        made = {"author": neighbour, "community": self.place.house, "card": card, "body": body, "at": now}
        methods.adapt_method(parent=version, why=name, **made)
        other = methods.publish_method(**made)
        self.translate(method, name)
        self.translate(other, name)
        methods.redact_method(by=self.cast["moderator"], method=method, words=f"secret {name}", reason=name)
        for one in (method, other):
            shown = text.clean(f"See:\n\n/methods/{one.pk}/", "markdown")
            actions.reply(author=neighbour, thread=method.thread, body=shown, at=now)

    def translate(self, method: Method, name: str) -> None:
        """A new state of the translation there is, or the first one; a try in a city of its own makes others."""
        method.refresh_from_db()
        present = method.translations.first()
        saying = Saying(texts={"title": f"Titel {name}", "summary": f"Satz {name}"})
        methods.translate_method(
            translator=self.cast["steward"],
            source=method.versions.get(number=method.version),
            language="de",
            saying=saying,
            based_on=present.number if present else 0,
            at=timezone.now(),
        )

    def plan(self, name: str) -> None:
        """Two more parts, the one a method; one more who plans along; one more plan, and a copy."""
        author, newcomer = self.cast["author"], Member.objects.get(username=f"newcomer-{name}")
        plan, method = Plan.objects.get(pk=self.place.plan), Method.objects.latest("pk")
        outline = plan.revisions.get(number=plan.revision).outline
        blocks = (*outline.blocks, Block(title=name, minutes=5), plans.block_of(method.versions.latest("number")))
        more = replace(outline, title=outline.title, blocks=blocks)
        plans.revise_plan(editor=author, plan=plan, outline=more, based_on=plan.revision, at=timezone.now())
        plans.name_planner(by=author, plan=plan, member=newcomer)
        made = {"community": plan.community, "readers": "anyone", "licence": "CC-BY-SA-4.0", "at": timezone.now()}
        for owner in (author, newcomer):
            plans.make_plan(owner=owner, outline=replace(more, title=name), **made)
        plans.copy_plan(by=author, plan=plan)

    def another_house(self, name: str) -> None:
        """One open community and one listed, of all the cast's; and one of nobody's to knock on."""
        for audience, listed in ((Audience.ANYONE, False), (Audience.MEMBERS, False), (Audience.MEMBERS, True)):
            house = Community.objects.create(
                slug=f"{audience}-{name}-{listed}".lower(),
                names={"en": f"House {name}"},
                audience=audience,
                joining=Joining.REQUEST,
                in_directory=listed,
            )
            if listed:
                continue
            for role in INSIDE:
                Membership.objects.create(community=house, member=self.cast[role])
            body = text.clean("x", "markdown")
            thread = actions.start_thread(
                author=self.cast["author"], community=house, title="x", body=body, language="en", at=timezone.now()
            )
            actions.reply(author=self.cast["neighbour"], thread=thread, body=body, at=timezone.now())


@pytest.fixture
def growing(db: None) -> Growing:
    return Growing()


def addresses(place: SimpleNamespace) -> dict[str, str]:
    found = {name: way.address for name, way in WAYS.items() if not way.get.startswith("405")}
    found |= {name: address for name, (address, _, _) in ACCOUNT.items()}
    found |= {"community?newest": "/c/{slug}/?order=newest", "community?section": "/c/{slug}/?section={section}"}
    found |= {"thread?quote": "/threads/{thread}/{title}/?quote={post}", "profile of another": "/members/neighbour/"}
    found |= {"thread of a method": f"/threads/{Method.objects.get(pk=place.method).thread_id}/{place.called}/"}
    return {name: address.format(**vars(place)) for name, address in found.items()}


def asked(browser: Client, address: str) -> tuple[int, list[str]]:
    """(status, the queries), of the second visit: the first one leaves read marks."""
    browser.get(address)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = browser.get(address)
    return answer.status_code, [query["sql"] for query in captured.captured_queries]


def test_no_page_asks_more_for_more_rows(growing: Growing) -> None:
    growing.more()
    place = growing.place
    roles = ("author", "steward", "outsider", "visitor")
    browsers = {role: browser_of(growing.cast.get(role)) for role in roles}
    pages = addresses(place)
    few = {(role, name): asked(browsers[role], page) for role in roles for name, page in pages.items()}
    growing.more()
    growing.more()
    pages = addresses(place)
    wrong = []
    for (role, name), (status, before) in few.items():
        again, after = asked(browsers[role], pages[name])
        assert again == status, (role, name)
        if len(after) > len(before):
            extra = [sql for sql in after if sql not in before]
            wrong.append(f"{role} {name}: {len(before)} with few rows, {len(after)} with many: {extra[:2]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_how_many_a_page_may_make(role: str, growing: Growing) -> None:
    growing.more()
    browser, pages = browser_of(growing.cast.get(role)), addresses(growing.place)
    rings = Line.objects.filter(member=growing.cast.get(role), read_at=None, rings=True).exists()
    counted = {name: len(asked(browser, pages[name])[1]) for name in MOST}
    rings = BELL * rings + (role in {"moderator", "steward"})  # how much waits stands in the head of their pages
    most = {name: limits[role != "visitor"] + rings for name, limits in MOST.items()}
    assert {name: n for name, n in counted.items() if n > most[name]} == {}


def test_a_long_thread_costs_what_a_short_one_does(growing: Growing, visitor: Client) -> None:
    place = growing.place
    address = f"/threads/{place.thread}/{place.title}/"
    body = text.clean(f">>{place.post}.1\n\nBy @neighbour", "markdown")
    for _ in range(60):
        actions.reply(author=growing.cast["author"], thread=place.thread_row, body=body, at=timezone.now())
    counts = {start: len(asked(visitor, f"{address}?from={start}")[1]) for start in (1, 21, 61)}
    assert len({*counts.values()}) == 1, counts
