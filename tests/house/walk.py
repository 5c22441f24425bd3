"""The world the cast walks through, and what makes two answers the same."""

import io
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import Member
from forum import text
from forum.communities import actions as communities
from forum.communities.models import Community, Invitation, JoinRequest, Role, Section
from forum.drafts.actions import keep_draft
from forum.files.actions import keep_picture
from forum.methods import actions as methods
from forum.methods.card import Card, Step
from forum.methods.questions.answering import token_of
from forum.methods.translations.actions import Saying
from forum.models import (
    Decision,
    HeldText,
    MailedQuestion,
    Membership,
    Method,
    MoveAnswer,
    MoveRequest,
    Plan,
    Post,
    SavedReply,
    Thread,
    Watchword,
)
from forum.moderation.authorities.actions import record_order
from forum.moderation.decisions import actions as decisions
from forum.moderation.decisions.tokens import token_of as statement_token
from forum.moderation.prevention import actions as prevention
from forum.moderation.reports.actions import report
from forum.moderation.reports.guards import new_stamp
from forum.moderation.subjects import subject_of
from forum.plans import actions as plans
from forum.plans.outline import Block, Outline
from forum.threads import actions
from forum.threads.holding import actions as holding
from tests.cast import person
from tests.house.ways.way import INSIDE
from tests.moderation.desk.rows import case_of, complaint_about, decision_on

#: kind of community -> audience, joining, listed for people outside
KINDS = {
    "open": ("anyone", "open", False),
    "listed": ("members", "request", True),
    "unlisted": ("members", "request", False),
    "invited": ("members", "invitation", False),
}
#: Of a form that somebody without an account had open for a minute.
STAMP = new_stamp(time.time() - 60).signed


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def browser_of(member: Member | None) -> Client:
    """Signed in as this member; a visitor without. A fault is an answer (500), not an exception."""
    browser = Client(raise_request_exception=False)
    if member is not None:
        browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def tiny_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return out.getvalue()


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.png", tiny_png(), "image/png")


def people() -> dict[str, Member]:
    return {name: person(name) for name in (*INSIDE, "outsider")}


def furnish(kind: str, cast: dict[str, Member]) -> SimpleNamespace:
    """A community of this kind with one of everything; its words all begin with `Zq` and the kind."""
    audience, joining, listed = KINDS[kind]
    secret = f"Zq{kind}"
    house = Community.objects.create(
        slug=f"zq{kind}-house",
        names={"en": f"{secret} name"},
        descriptions={"en": f"{secret} description"},
        welcomes={"en": f"{secret} welcome"},
        audience=audience,
        joining=joining,
        in_directory=listed,
    )
    section = Section.objects.create(community=house, names={"en": f"{secret} section"}, position=1)
    for name in INSIDE:
        role = name if name in {"steward", "moderator"} else Role.MEMBER
        Membership.objects.create(community=house, member=cast[name], role=role)
    author, neighbour, steward = cast["author"], cast["neighbour"], cast["steward"]
    picture = keep_picture(uploader=author, file=io.BytesIO(tiny_png()), size=10)
    words = f"{secret} body by @neighbour\n\n![{secret} alt](/pictures/{picture.pk}/)"
    thread = actions.start_thread(
        author=author,
        community=house,
        title=f"{secret} title",
        body=text.clean(words, "markdown"),
        language="en",
        section=section,
        at=timezone.now(),
    )
    first = thread.posts.get()
    revised = text.clean(f"{words}\n\n{secret} later", "markdown")
    actions.edit_post(editor=author, post=first, body=revised, based_on=1)
    body = text.clean(f">>{first.pk}.1\n\n{secret} answer", "markdown")
    second = actions.reply(author=neighbour, thread=thread, body=body, reply_to=first, at=timezone.now())
    actions.react(member=neighbour, post=first, kind="thanks")
    entry = manage_thread(thread, secret, cast)
    method = tell_methods(house, secret, cast, picture.pk)
    wish = methods.wish_card(member=neighbour, post=first)
    held, watchword = hold_text(house, secret, cast, thread)
    plan = lay_plan(house, secret, cast, method)
    warning = warn(second, cast["moderator"], secret)
    asker = person(f"{kind}-asker")
    asked = JoinRequest.objects.create(community=house, member=asker, note=f"{secret} note")
    tokens = invitations(house, steward, cast.get("outsider"))
    case, complaint, reply = lay_desk(first, secret, steward)
    keep_draft(member=neighbour, place=f"thread:{thread.pk}", body=f"{secret} draft")
    return SimpleNamespace(
        kind=kind,
        secret=secret,
        house=house,
        slug=house.slug,
        section=section.pk,
        thread=thread.pk,
        title=thread.slug,
        post=first.pk,
        answer=second.pk,
        conclusion=thread.conclusion_id,
        entry=entry,
        picture=picture.pk,
        method=method.pk,
        called=method.slug,
        language="de",
        told=method.tries.get().pk,
        asked=asked_by_mail(method),
        wish=wish.pk,
        held=held.pk,
        watchword=watchword.pk,
        reported=told_of(thread, neighbour),
        stamp=STAMP,
        decision=warning.pk,
        statement=statement_token(warning),
        complaint=warning.complaints.get().pk,
        move=asked_to_move(thread, cast).pk,
        beside=method.thread_id,
        plan=plan.pk,
        planned=plan.slug,
        order=ordered(house, secret, steward),
        request=asked.pk,
        case=case,
        appeal=complaint,
        reply=reply,
        invitation=house.invitations.first().pk,
        member="neighbour",
        community=house.pk,
        tokens=tokens,
        token=tokens["foreign"],
    )


def manage_thread(thread: Thread, secret: str, cast: dict[str, Member]) -> int:
    """Retitled and concluded by the moderator, whose entry it is that may be undone. Answers its number."""
    by = cast["moderator"]
    actions.put_in_section(by=by, thread=thread, section=None, reason=f"{secret} reason")
    actions.put_in_section(by=by, thread=thread, section=thread.section, reason=f"{secret} reason")
    words = text.clean(f"{secret} conclusion", "markdown")
    done = actions.conclude_thread(by=by, thread=thread, body=words, based_on=0)
    thread.refresh_from_db()
    assert done.entry
    return done.entry.pk


def told_of(thread: Thread, reporter: Member) -> str:
    """The token of a report of the thread."""
    about = subject_of("thread", thread)
    said: dict[str, Any] = {"ground": "other", "words": "", "language": "en", "is_good_faith": True}
    return report(about=about, member=reporter, address=f"http://localhost:8000{about.url}", **said)[1]


def tell_methods(house: Community, secret: str, cast: dict[str, Member], picture: uuid.UUID) -> Method:
    """The author's method in two versions, with a picture and a nameless try, and the neighbour's version of it and
    translation."""
    author, neighbour, now = cast["author"], cast["neighbour"], timezone.now()
    body = text.clean(f"{secret} telling by @neighbour\n\n![{secret} alt](/pictures/{picture}/)", "markdown")
    card = Card(
        title=f"{secret} method",
        summary=f"{secret} summary",
        language="en",
        purpose=f"{secret} purpose",
        body=body.source,
        steps=(Step(title=f"{secret} step", text="x", minutes_min=5),),
        tags=(f"{secret} tag",),
    )
    method = methods.publish_method(author=author, community=house, card=card, body=body, at=now)
    later = replace(card, risks=f"{secret} risks")
    methods.revise_method(editor=author, method=method, card=later, body=body, based_on=1, note=f"{secret} change")
    version = method.versions.get(number=2)
    told: dict[str, Any] = {"people": 9, "again": "no", "sentence": f"{secret} try", "is_nameless": True, "at": now}
    methods.tell_try(member=neighbour, version=version, month=now.date(), **told)
    saying = Saying(texts={"title": f"{secret} Titel", "summary": f"{secret} auf Deutsch"}, is_by_machine=True)
    methods.translate_method(translator=neighbour, source=version, language="de", saying=saying, based_on=0, at=now)
    ours = replace(later, title=f"{secret} adaptation")
    methods.adapt_method(
        author=neighbour, parent=version, community=house, card=ours, body=body, why=f"{secret} why", at=now
    )
    return method


def hold_text(house: Community, secret: str, cast: dict[str, Member], thread: Thread) -> tuple[HeldText, Watchword]:
    """The neighbour's answer, which waits for a moderator, and the word that held it."""
    words = f"{secret} watched"
    how = {"kind": "words", "pattern": words, "effect": "hold"}
    word = prevention.add_watchword(by=cast["steward"], community=house, **how)
    held = holding.publish_reply(author=cast["neighbour"], thread=thread, body=text.clean(f"{words} words", "markdown"))
    assert isinstance(held, HeldText)
    return held, word


def warn(post: Post, moderator: Member, secret: str) -> Decision:
    """The moderator warns the author of the post, who complains."""
    about = subject_of("post", Post.objects.select_related("thread__community", "author").get(pk=post.pk))
    facts = f"{secret} facts"
    decision = decisions.decide(by=moderator, about=about, act="warn", law="Good law.", facts=facts, language="en")
    decisions.complain(decision=decision, words=f"{secret} complaint", language="en")
    return decision


def lay_desk(post: Any, secret: str, steward: Member) -> tuple[int, int, int]:
    """A case that waits, about the author's post; a complaint about what was decided of its thread; a sentence."""
    case = case_of(post=post, words=f"{secret} report")
    decided = case_of(thread=post.thread, closed_at=timezone.now())
    complaint = complaint_about(decision_on(decided, None, addressee=post.author), words=f"{secret} complaint")
    said = {"language": "en", "title": f"{secret} sentence", "text": f"{secret} words"}
    reply = SavedReply.objects.create(community=post.thread.community, by=steward, **said)
    return case.pk, complaint.pk, reply.pk


def asked_by_mail(method: Method) -> str:
    """The token of a question mailed to its author."""
    week = timezone.localdate() - timedelta(days=method.pk)
    return token_of(MailedQuestion.objects.create(member=method.author, week=week, method=method, question="group_max"))


def lay_plan(house: Community, secret: str, cast: dict[str, Member], method: Method) -> Plan:
    """The author's plan for the house, with its method and a note for those who lead; the neighbour plans along."""
    said = {"who": f"{secret} leader", "text": f"{secret} part", "note": f"{secret} lead"}
    blocks = (plans.block_of(method.versions.get(number=2)), Block(title=f"{secret} own part", minutes=10, **said))
    outline = Outline(title=f"{secret} plan", language="en", day=timezone.now().date(), people=9, blocks=blocks)
    readers = "anyone" if house.is_open else "members"
    author, licence = cast["author"], "CC-BY-SA-4.0"
    plan = plans.make_plan(owner=author, outline=outline, readers=readers, community=house, licence=licence)
    plans.name_planner(by=author, plan=plan, member=cast["neighbour"])
    return plan


def ordered(house: Community, secret: str, steward: Member) -> int:
    said = {"authority": f"{secret} court", "reference": "1", "demand": "act", "demands": f"{secret} demand"}
    day = timezone.localdate() - timedelta(days=9)
    return int(record_order(by=steward, community=house, issued_on=day, **said).pk)


def asked_to_move(thread: Thread, cast: dict[str, Member]) -> MoveRequest:
    """Its two authors are asked; nobody answered."""
    house = thread.community
    about: dict[str, Any] = {"source": house, "target": house, "audience": house.audience, "by": cast["moderator"]}
    request = MoveRequest.objects.create(thread=thread, **about)
    for name in ("author", "neighbour"):
        MoveAnswer.objects.create(request=request, author=cast[name])
    return request


def invitations(house: Community, steward: Member, outsider: Member | None) -> dict[str, str]:
    """{what became of it: token}. `foreign` is open, and somebody else's."""
    found = {}
    for state in ("foreign", "used", "expired", "withdrawn"):
        email = f"{state}-{house.slug}@cast.example"
        found[state] = communities.invite(by=steward, community=house, email=email)
        row = Invitation.objects.filter(community=house, email=email)
        if state == "used":
            row.update(accepted_at=timezone.now(), accepted_by=steward)
        elif state == "expired":
            row.update(expires_at=timezone.now() - timedelta(days=1))
        elif state == "withdrawn":
            row.update(withdrawn_at=timezone.now())
    if outsider is not None:
        EmailAddress.objects.get_or_create(user=outsider, email=outsider.email, verified=True, primary=True)
    return found


def nowhere() -> SimpleNamespace:
    """Names and numbers of nothing."""
    return SimpleNamespace(
        kind="absent",
        slug="no-such-house",
        section=987654,
        thread=987654,
        title="not-a-thread",
        post=987654,
        answer=987654,
        conclusion=987654,
        entry=987654,
        picture=uuid.UUID(int=987654),
        method=987654,
        called="nothing",
        language="de",
        told=987654,
        asked="no-such-token",
        wish=987654,
        held=987654,
        watchword=987654,
        reported="no-such-token",
        stamp=STAMP,
        decision=987654,
        statement="no-such-token",
        complaint=987654,
        move=987654,
        beside=987654,
        plan=987654,
        planned="nothing",
        order=987654,
        request=987654,
        case=987654,
        appeal=987654,
        reply=987654,
        invitation=987654,
        member="nobody-here",
        community=987654,
        token="no-such-token",
    )


def without_traces(answer: HttpResponse, *echoed: str) -> tuple[int, str, str, dict[str, str]]:
    """(status, body, address it leads to, other headers) without what the question said itself and without what
    differs each time."""

    def same(words: str) -> str:
        words = re.sub(r'(csrfmiddlewaretoken" value|nonce|name="(?:submission|stamp)" value)="[^"]+"', "", words)
        words = re.sub(r"nonce-[^']+", "", words)
        for echo in sorted(filter(None, echoed), key=len, reverse=True):
            words = words.replace(echo, "…").replace(quote(echo, safe=""), "…").replace(quote(echo), "…")
        return words

    headers = {
        name: same(value)
        for name, value in answer.headers.items()
        if name not in {"Content-Length", "Expires", "Location", "Set-Cookie"}
    }
    headers["cookies"] = " ".join(sorted(answer.cookies))
    body = "" if answer.streaming else answer.content.decode(errors="replace")
    return answer.status_code, same(body), same(answer.get("Location", "")), headers
