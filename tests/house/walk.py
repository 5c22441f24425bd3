"""The world the cast walks through, and what makes two answers the same."""

import io
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple
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
from forum.models import Membership, Method
from forum.threads import actions
from tests.cast import person

INSIDE = ("author", "neighbour", "steward", "moderator")
ROLES = (*INSIDE, "outsider", "visitor")

#: kind of community -> audience, joining, listed for people outside
KINDS = {
    "open": ("anyone", "open", False),
    "listed": ("members", "request", True),
    "unlisted": ("members", "request", False),
    "invited": ("members", "invitation", False),
}


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
    method = tell_methods(house, secret, cast, picture.pk)
    asker = person(f"{kind}-asker")
    asked = JoinRequest.objects.create(community=house, member=asker, note=f"{secret} note")
    tokens = invitations(house, steward, cast.get("outsider"))
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
        picture=picture.pk,
        method=method.pk,
        called=method.slug,
        told=method.tries.get().pk,
        request=asked.pk,
        invitation=house.invitations.first().pk,
        member="neighbour",
        community=house.pk,
        tokens=tokens,
        token=tokens["foreign"],
    )


def tell_methods(house: Community, secret: str, cast: dict[str, Member], picture: uuid.UUID) -> Method:
    """The author's method in two versions, with a picture and a nameless try, and the neighbour's version of it."""
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
    ours = replace(later, title=f"{secret} adaptation")
    methods.adapt_method(
        author=neighbour, parent=version, community=house, card=ours, body=body, why=f"{secret} why", at=now
    )
    return method


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
        picture=uuid.UUID(int=987654),
        method=987654,
        called="nothing",
        told=987654,
        request=987654,
        invitation=987654,
        member="nobody-here",
        community=987654,
        token="no-such-token",
    )


def without_traces(answer: HttpResponse, *echoed: str) -> tuple[int, str, str, dict[str, str]]:
    """(status, body, address it leads to, other headers) without what the question said itself and without what
    differs each time."""

    def same(words: str) -> str:
        words = re.sub(r'(csrfmiddlewaretoken" value|nonce|name="submission" value)="[^"]+"', "", words)
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


class Way(NamedTuple):
    """How to ask an address and what each role gets: by GET, by POST with nothing, by POST with good `fields`.

    Six statuses in the order of ROLES, for a closed community; `open:` and `listed:` say the last two (outsider,
    visitor) where they differ in such a one.
    """

    address: str
    get: str
    post: str
    fields: dict[str, Any] | None = None
    filled: str = ""

    def expected(self, statuses: str, kind: str, role: str) -> int:
        six, *exceptions = re.split(r" (?=open:|listed:)", statuses)
        found = dict(zip(ROLES, map(int, six.split()), strict=True))
        for exception in exceptions:
            which, two = exception.split(":")
            if which == kind:
                found |= dict(zip(ROLES[4:], map(int, two.split()), strict=True))
        return found[role]


def all_get(code: int) -> str:
    return " ".join([str(code)] * 6)


def readers(code: int, outsider: int = 404, visitor: int = 404, *, opened: str = "") -> str:
    return f"{code} {code} {code} {code} {outsider} {visitor} open:{opened or f'{code} {code}'}"


def members(code: int) -> str:
    return f"{code} {code} {code} {code} 404 404"


def stewards(code: int) -> str:
    return f"404 404 {code} 404 404 404"


def moderators(code: int, visitor: int = 302) -> str:
    return f"404 404 {code} {code} 404 {visitor}"


def its_author(code: int, visitor: int = 302) -> str:
    return f"{code} 404 404 404 404 {visitor}"


def its_teller(code: int) -> str:
    return f"404 {code} 404 404 404 302"


NEVER = all_get(405)
HOUSE, THREAD, POST = "/c/{slug}/", "/threads/{thread}/", "/posts/{post}/"
WORDS = {"body": "Good words.", "body_format": "markdown", "back": "/"}
IN_THREAD = {**WORDS, "place": "thread:{thread}", "next_action": "/threads/{thread}/posts/"}
METHOD, TRY = "/methods/{method}/", "/tries/{told}/"
CARD = {
    "title": "A good method",
    "summary": "In a sentence.",
    "purpose": "So that it is done.",
    "language": "en",
    "step-0-title": "Begin",
    "step-0-text": "Good words.",
    "maturity": "idea",
}
TOLD = {"month": "2025-06", "people": "12", "again": "yes", "sentence": "It went well."}
SETTINGS = {"name_en": "New name", "audience": "members", "joining": "invitation", "accent": "moss"}

WAYS: dict[str, Way] = {
    "home": Way("/", all_get(200), NEVER),
    "directory": Way("/communities/", all_get(200), NEVER),
    "profile": Way("/members/author/", readers(200), NEVER),
    "drafts": Way("/drafts/", "200 200 200 200 200 302", "405 405 405 405 405 302"),
    "healthz": Way("/healthz", all_get(200), NEVER),
    "readyz": Way("/readyz", all_get(200), NEVER),
    "search": Way("/search/?q=title", all_get(200), NEVER),
    "theme": Way("/theme/", NEVER, all_get(302), {"theme": "dark", "next": HOUSE}, all_get(302)),
    "language": Way("/language/", NEVER, all_get(302), {"language": "pl", "next": HOUSE}, all_get(302)),
    "new_community": Way("/communities/new/", all_get(404), all_get(404), {**SETTINGS, "slug": "new"}, all_get(404)),
    "changes": Way("/changes/?stream=thread:{thread}&since=0", readers(200), NEVER),
    # threads
    "community": Way(HOUSE, readers(200), NEVER),
    "new_thread": Way(
        HOUSE + "threads/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {**WORDS, "place": "community:{community}", "title": "A good title", "section": "{section}"},
        readers(302, visitor=401, opened="422 401"),
    ),
    "thread": Way(THREAD + "{title}/", readers(200), NEVER),
    "thread_address": Way(THREAD, readers(301), NEVER),
    "reply": Way(
        THREAD + "posts/",
        readers(302, visitor=302),
        readers(422, visitor=302, opened="422 302"),
        {**IN_THREAD, "reply_to": "{post}"},
        readers(302, visitor=401, opened="422 401"),
    ),
    "read_marks": Way(
        THREAD + "read-marks/",
        NEVER,
        readers(204, visitor=302, opened="204 302"),
        {"number": "1"},
        readers(204, visitor=302, opened="204 302"),
    ),
    "thread_title": Way(
        THREAD + "title/",
        "200 404 200 200 404 302",
        "422 404 422 422 404 302",
        {"title": "Another title"},
        "302 404 302 302 404 302",
    ),
    "thread_lock": Way(THREAD + "lock/", moderators(200), moderators(422), {"reason": "It is done."}, moderators(302)),
    "thread_unlock": Way(THREAD + "lock/removal/", NEVER, moderators(302)),
    "thread_pin": Way(THREAD + "pin/", NEVER, moderators(302), {"reason": "Read this."}, moderators(302)),
    "thread_unpin": Way(THREAD + "pin/removal/", NEVER, moderators(302)),
    "post": Way(POST, readers(302), NEVER),
    "post_options": Way(POST + "options/", readers(200), NEVER),
    "post_reply": Way(POST + "reply/", readers(302), NEVER),
    "post_quote": Way(POST + "quote/", readers(302), NEVER),
    "revisions": Way(POST + "revisions/", readers(200), NEVER),
    "edit_post": Way(
        POST + "edit/",
        its_author(200),
        its_author(422),
        {**WORDS, "place": "post:{post}", "based_on": "2"},
        its_author(302, visitor=401),
    ),
    "delete_post": Way(POST + "deletion/", its_author(200), its_author(302)),
    "reactions": Way(
        POST + "reactions/",
        readers(302, visitor=302),
        readers(302, visitor=302, opened="302 302"),
        {"kind": "agree"},
        readers(302, visitor=302, opened="422 302"),
    ),
    # methods
    "library": Way("/methods/", all_get(200), NEVER),
    "new_method": Way(
        HOUSE + "methods/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {**CARD, "licence": "CC-BY-SA-4.0"},
        readers(302, visitor=302, opened="422 302"),
    ),
    "method": Way(METHOD + "{called}/", readers(200), NEVER),
    "method_address": Way(METHOD, readers(301), NEVER),
    "method_versions": Way(METHOD + "versions/?from=1", readers(200), NEVER),
    "comparison": Way("/methods/comparison/?method=1", all_get(200), NEVER),
    "methods_sheet": Way("/methods/methods.csv", all_get(200), NEVER),
    "method_markdown": Way(METHOD + "card.md", readers(200), NEVER),
    "method_record": Way(METHOD + "record.json", readers(200), NEVER),
    "edit_method": Way(
        METHOD + "edit/", its_author(200), its_author(422), {**CARD, "based_on": "2", "note": "Why."}, its_author(302)
    ),
    "redact_method": Way(
        METHOD + "redactions/new/",
        "200 404 200 200 404 302",
        "422 404 422 422 404 302",
        {"words": "purpose", "reason": "Why."},
        "302 404 302 302 404 302",
    ),
    "adapt_method": Way(
        METHOD + "adaptations/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {**CARD, "why": "Because."},
        readers(302, visitor=302, opened="422 302"),
    ),
    "new_try": Way(
        METHOD + "tries/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        TOLD,
        readers(302, visitor=302, opened="422 302"),
    ),
    "try": Way(TRY, readers(302), NEVER),
    "edit_try": Way(TRY + "edit/", its_teller(200), its_teller(422), TOLD, its_teller(302)),
    "withdraw_try": Way(TRY + "withdrawal/", its_teller(200), its_teller(302)),
    # what one writes and shows
    "draft": Way(
        "/drafts/thread:{thread}/",
        NEVER,
        readers(400, visitor=401, opened="400 401"),
        {"body": "Kept.", "version": ""},
        "200 409 200 200 404 401 open:200 401",
    ),
    "draft-deletion": Way("/drafts/thread:{thread}/deletion/", "405 405 405 405 405 302", all_get(302)),
    "preview": Way(
        "/preview/", NEVER, "200 200 200 200 200 302", IN_THREAD, readers(200, visitor=401, opened="200 401")
    ),
    "mentions": Way("/mentions/?place=thread:{thread}&q=s", "200 200 200 200 200 302", "405 405 405 405 405 302"),
    "pictures": Way("/pictures/", NEVER, all_get(302), {"picture": "{file}", **IN_THREAD}, "302 302 302 302 302 401"),
    "picture": Way("/pictures/{picture}/", readers(200), NEVER),
    # communities
    "community_membership": Way(
        HOUSE + "membership/", readers(302), "302 302 302 302 404 404 open:302 302 listed:302 404"
    ),
    "community_welcome": Way(HOUSE + "welcome/", members(200), NEVER),
    "community_departure": Way(HOUSE + "departure/", members(200), members(302)),
    "community_members": Way(HOUSE + "members/", readers(200), NEVER),
    "community_role": Way(
        HOUSE + "members/{member}/role/", stewards(200), stewards(422), {"role": "moderator"}, stewards(302)
    ),
    "community_removal": Way(
        HOUSE + "members/{member}/removal/", stewards(200), stewards(422), {"reason": "It is time."}, stewards(302)
    ),
    "community_requests": Way(HOUSE + "requests/", stewards(200), NEVER),
    "community_answer": Way(
        HOUSE + "requests/{request}/answer/", NEVER, stewards(302), {"outcome": "approved"}, stewards(302)
    ),
    "community_invitations": Way(
        HOUSE + "invitations/", stewards(200), stewards(422), {"email": "new@cast.example"}, stewards(200)
    ),
    "community_invitation_withdrawal": Way(HOUSE + "invitations/{invitation}/withdrawal/", NEVER, stewards(302)),
    "community_settings": Way(HOUSE + "settings/", stewards(200), stewards(422), SETTINGS, stewards(302)),
    "community_address": Way(
        HOUSE + "address/", stewards(200), stewards(422), {"slug": "another-address"}, stewards(302)
    ),
    "community_closing": Way(
        HOUSE + "closing/", stewards(200), stewards(422), {"reason": "It is done."}, stewards(302)
    ),
    "community_reopening": Way(HOUSE + "reopening/", NEVER, stewards(302)),
    "community_sections": Way(
        HOUSE + "sections/", stewards(200), stewards(422), {"name_en": "New section"}, stewards(302)
    ),
    "community_section": Way(
        HOUSE + "sections/{section}/", stewards(200), stewards(422), {"name_en": "Renamed"}, stewards(302)
    ),
    "community_section_position": Way(
        HOUSE + "sections/{section}/position/", NEVER, stewards(302), {"move": "up"}, stewards(302)
    ),
    "community_section_removal": Way(HOUSE + "sections/{section}/removal/", stewards(200), stewards(302)),
    "community_request": Way(
        "/communities/{slug}/request/",
        "302 302 302 302 404 404 open:302 302 listed:200 404",
        "302 302 302 302 404 404 open:302 302 listed:302 404",
        {"note": "Please."},
        "302 302 302 302 404 404 open:302 302 listed:302 404",
    ),
    "community_request_withdrawal": Way("/communities/{slug}/request/withdrawal/", NEVER, "404 404 404 404 404 302"),
    # A link is a secret of its own: whoever holds one learns what stands on the invitation, and nothing more.
    "invitation": Way("/invitations/{token}/", all_get(200), "422 422 422 422 422 302"),
}

#: Pages of one's account: address, (GET, POST) of somebody signed in, of a visitor.
ACCOUNT: dict[str, tuple[str, tuple[int, int], tuple[int, int]]] = {
    "account_change_password": ("/accounts/password/change/", (200, 200), (302, 302)),
    "account_complete_password_reset": ("/accounts/password/reset/complete/", (302, 302), (302, 302)),
    "account_confirm_login_code": ("/accounts/login/code/confirm/", (302, 302), (302, 302)),
    "account_confirm_password_reset_code": ("/accounts/password/reset/confirm/", (302, 302), (302, 302)),
    "account_email": ("/accounts/email/", (200, 302), (302, 302)),
    "account_email_verification_sent": ("/accounts/confirm-email/", (302, 302), (302, 302)),
    "account_inactive": ("/accounts/inactive/", (200, 405), (200, 405)),
    "account_login": ("/accounts/login/", (302, 302), (200, 200)),
    "account_logout": ("/accounts/logout/", (200, 302), (302, 302)),
    "account_password_reset_completed": ("/accounts/password/reset/done/", (200, 405), (200, 405)),
    "account_profile": ("/accounts/profile/", (200, 200), (302, 302)),
    "account_reauthenticate": ("/accounts/reauthenticate/", (200, 200), (302, 302)),
    "account_request_login_code": ("/accounts/login/code/", (302, 302), (200, 200)),
    "account_reset_password": ("/accounts/password/reset/", (200, 200), (200, 200)),
    "account_set_password": ("/accounts/password/set/", (302, 302), (302, 302)),
    "account_signup": ("/accounts/signup/", (302, 302), (200, 200)),
    "usersessions_list": ("/accounts/sessions/", (200, 302), (302, 302)),
}
