"""What people, and programs that say they are people, may send: a clear word on the right field, the text kept, never a
fault."""

import io
import re
import struct
import zlib
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Member
from forum.models import Draft, Post
from tests.house.hostile import *  # noqa: F403  its fixtures
from tests.house.hostile import CANARY, CONTROLS, LINES, NUMBERS, TEXTS, Reader, faults, is_clean, textarea
from tests.house.walk import browser_of, furnish, tiny_png, undone
from tests.house.ways import ACCOUNT, WAYS
from tests.house.ways.communities import SETTINGS
from tests.house.ways.methods import CARD, TOLD
from tests.house.ways.plans import OUTLINE

pytestmark = pytest.mark.django_db

SHORT = {200, 302, 400, 404, 405, 409, 410, 413, 422, 429}
COMPOSERS = ("new_thread", "reply", "edit_post", "preview", "draft")
PASSWORD = "seven lanterns over ruska"


@pytest.fixture(autouse=True)
def no_limits_of_signing_in(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}


def write(browser: Client, place: SimpleNamespace, name: str, **fields: Any) -> Any:
    """What the composer at this address sends, with these fields instead."""
    way = WAYS[name]
    sent = {field: str(value).format(**vars(place)) for field, value in (way.fields or {}).items()} | fields
    return browser.post(way.address.format(**vars(place)), sent)


@pytest.mark.parametrize("name", COMPOSERS)
def test_every_composer_takes_every_text_or_says_why_not(name: str, author: Client, place: SimpleNamespace) -> None:
    for about, (written, text, may_stand) in TEXTS.items():
        with undone():
            answer = write(author, place, name, body=text, body_format=written, based_on="2")
            assert not [*faults(answer)], about
            if name == "draft":
                assert answer.status_code == 200, about
                assert [*Draft.objects.filter(member__username="author").values_list("body", flat=True)] == [
                    *filter(None, [text.replace("\0", "")])
                ], about
            elif answer.status_code == 302:
                assert may_stand is not False, about
                page = author.get(answer["Location"], follow=True)
                assert page.status_code == 200
                assert not [*faults(page)], about
            else:
                assert may_stand is not True or name == "preview", about
                assert answer.status_code == (200 if name == "preview" else 422), about
                if may_stand is False:
                    assert list(answer.context["form"].errors) == ["body"], about
                    assert 'class="field-error"' in answer.content.decode() or name == "preview"
                if text:
                    assert textarea(answer).replace("\0", "") == text.replace("\0", ""), about


def test_what_is_refused_is_kept_as_a_draft(author: Client, place: SimpleNamespace) -> None:
    for name in ("new_thread", "reply", "edit_post"):
        with undone():
            write(author, place, name, body="a" * 200_000)
            assert Draft.objects.get(member__username="author").body == "a" * 200_000


def test_a_refusal_speaks_the_readers_language(author: Client, place: SimpleNamespace) -> None:
    said = set()
    for language in ("en", "pl", "de", "uk"):
        with undone():
            Member.objects.filter(username="author").update(interface_language=language)
            answer = write(author, place, "reply", body=">" * 10_000 + " x")
            said.add(str(answer.context["form"].errors["body"][0]))
    assert all(said)


#: Of a card: what is told in words, one line or a few, and in figures.
IN_WORDS = (
    "body", "people", "materials", "credits", "tags", "inclusion", "risks", "consent_note", "invitation", "when_not",
    "after", "tips", "cost_note", "step-0-note",
)  # fmt: skip
IN_NUMBERS = (
    "minutes_min", "minutes_max", "preparation_min", "preparation_max", "group_min", "group_max", "ideal_min",
    "ideal_max", "age_min", "age_max", "leaders", "step-0-min", "step-0-max", "step-0-place",
)  # fmt: skip

FORMS: dict[str, tuple[str, str, dict[str, str]]] = {
    "a thread": (
        "author",
        "/c/{slug}/threads/new/",
        {"title": "A title", "body": "x", "section": "", "language": "en"},
    ),
    "a reply": ("author", "/threads/{thread}/posts/", {"body": "x", "language": "en"}),
    "an edit": ("author", "/posts/{post}/edit/", {"body": "x", "language": "en", "based_on": "2"}),
    "a title": ("author", "/threads/{thread}/title/", {"title": "A title", "section": "{section}", "language": "en"}),
    "a lock": ("moderator", "/threads/{thread}/lock/", {"reason": "Why", "span": "24"}),
    "a lock until": ("moderator", "/threads/{thread}/lock/", {"reason": "Why", "until": "2027-02-03T10:00"}),
    "a pin": ("moderator", "/threads/{thread}/pin/", {"reason": "Why", "scope": "section"}),
    "a pace": ("moderator", "/threads/{thread}/pace/", {"reason": "Why", "minutes": "5"}),
    "a conclusion": (
        "moderator",
        "/threads/{thread}/conclusion/",
        {"body": "x", "language": "en", "based_on": "{conclusion}"},
    ),
    "a choice": ("moderator", "/posts/{post}/conclusion/", {"based_on": "{conclusion}"}),
    "chosen threads": (
        "moderator",
        "/c/{slug}/threads/chosen/",
        {"thread": "{thread}", "deed": "lock", "reason": "Why"},
    ),
    "an undoing": ("moderator", "/log/{entry}/undo/", {"also": "1", "back": "/"}),
    "a reaction": ("author", "/posts/{post}/reactions/", {"kind": "thanks"}),
    "a read mark": ("author", "/threads/{thread}/read-marks/", {"number": "1"}),
    "settings": (
        "steward",
        "/c/{slug}/settings/",
        {**SETTINGS, "description_pl": "x", "welcome_uk": "x", "in_directory": "on"},
    ),
    "an address": ("steward", "/c/{slug}/address/", {"slug": "another"}),
    "a section": ("steward", "/c/{slug}/sections/", {"name_en": "x", "name_uk": "x"}),
    "a section again": ("steward", "/c/{slug}/sections/{section}/", {"name_en": "x"}),
    "a move": ("steward", "/c/{slug}/sections/{section}/position/", {"move": "up"}),
    "an invitation": ("steward", "/c/{slug}/invitations/", {"email": "new@cast.example"}),
    "an answer": ("steward", "/c/{slug}/requests/{request}/answer/", {"outcome": "approved"}),
    "a role": ("steward", "/c/{slug}/members/{member}/role/", {"role": "moderator"}),
    "a removal": ("steward", "/c/{slug}/members/{member}/removal/", {"reason": "Why"}),
    "a closing": ("steward", "/c/{slug}/closing/", {"reason": "Why"}),
    "a request": ("outsider", "/communities/{asked}/request/", {"note": "Please"}),
    "a community": (
        "overseer",
        "/communities/new/",
        {**SETTINGS, "slug": "newer", "steward": "steward", "sections": "One\nTwo", "description_en": "x"},
    ),
    "a method": (
        "author",
        "/c/{slug}/methods/new/",
        {
            **CARD,
            **dict.fromkeys(IN_WORDS, "x"),
            **dict.fromkeys(IN_NUMBERS, "5"),
            "body_format": "markdown",
            "licence": "CC-BY-SA-4.0",
            "purposes": "meet",
            "space": "courtyard",
            "basis": "whole",
            "cost_band": "0",
            "skill": "1",
            "access_seated": "yes",
            "submission": "",
        },
    ),
    "a method again": (
        "author",
        "/methods/{method}/edit/",
        {**CARD, "body": "Told otherwise.", "based_on": "2", "note": "Why"},
    ),
    "our version": ("moderator", "/methods/{method}/adaptations/new/", {**CARD, "why": "Why"}),
    "words to take out": ("author", "/methods/{method}/redactions/new/", {"words": "summary", "reason": "Why"}),
    "a picture to remove": (
        "author",
        "/methods/{method}/picture-removals/new/",
        {"picture": "{picture}", "reason": "Why"},
    ),
    "a try": ("moderator", "/methods/{method}/tries/new/", {**TOLD, "is_nameless": "on", "submission": ""}),
    "a whole try": (
        "neighbour",
        "/tries/{told}/edit/",
        {
            **TOLD,
            **dict.fromkeys(("did_not_work", "changed", "worked", "changed_after", "city"), "x"),
            "changed_kinds": "shorter",
            "minutes": "5",
            "preparation": "5",
        },
    ),
    "a plan": (
        "author",
        "/plans/new/",
        {
            **OUTLINE,
            **dict.fromkeys(("venue", "note", "block-0-who", "block-0-text", "block-0-note", "block-0-ref"), "x"),
            **dict.fromkeys(("minutes", "people", "block-0-place"), "5"),
            "day": "2030-06-21",
            "starts": "10:00",
            "block-0-track": "A",
            "block-0-kind": "break",
            "licence": "read-only",
            "submission": "",
        },
    ),
    "a planner": ("author", "/plans/{plan}/planners/", {"name": "steward"}),
    "a plan's end": ("moderator", "/plans/{plan}/removal/", {"reason": "Why"}),
    "a profile": (
        "author",
        "/accounts/profile/",
        {
            "display_name": "Author",
            "function": "x",
            "organisation": "x",
            "city": "x",
            "bio": "x",
            "languages": "pl",
            "other_languages": "Czech",
            "interface_language": "en",
            "time_zone": "Europe/Warsaw",
            "profile_readers": "anyone",
        },
    ),
    "a language": ("author", "/language/", {"language": "pl", "next": "/"}),
    "a theme": ("author", "/theme/", {"theme": "dark", "next": "/"}),
    "a discarded draft": ("author", "/drafts/thread:{thread}/deletion/", {"back": "/"}),
    "sign-up": (
        "visitor",
        "/accounts/signup/",
        {"display_name": "Jan Kowal", "email": "jan@lodz.example", "password1": PASSWORD},
    ),
    "sign-in": ("visitor", "/accounts/login/", {"login": "author@cast.example", "password": "x", "next": "/"}),
    "a code": ("visitor", "/accounts/login/code/", {"email": "author@cast.example"}),
    "a lost password": ("visitor", "/accounts/password/reset/", {"email": "author@cast.example"}),
    "another address": ("author", "/accounts/email/", {"email": "other@cast.example", "action_add": ""}),
    "a password": (
        "author",
        "/accounts/password/change/",
        {"oldpassword": "a-good-password", "password1": PASSWORD, "password2": PASSWORD},
    ),
    "sessions": ("author", "/accounts/sessions/", {"id": "1"}),
}


@pytest.fixture
def browsers(cast: dict[str, Member]) -> dict[str, Client]:
    roles = ("author", "neighbour", "moderator", "steward", "outsider", "overseer", "visitor")
    return {role: browser_of(cast.get(role)) for role in roles}


@pytest.mark.parametrize("about", FORMS)
def test_every_field_of_every_form(
    about: str, browsers: dict[str, Client], place: SimpleNamespace, cast: dict[str, Member]
) -> None:
    role, address, good = FORMS[about]
    place.asked = furnish("listed", cast).slug
    good = {field: value.format(**vars(place)) for field, value in good.items()}
    for field in good:
        for value in LINES:
            with undone():
                sent = good | {field: value}
                answer = browsers[role].post(address.format(**vars(place)), sent)
                assert not [*faults(answer)], (field, value[:40])
                assert answer.status_code in SHORT | {204}, (field, value[:40])
                if answer.status_code == 422:
                    assert answer.context["form"].errors, (field, value[:40])
                    assert set(answer.context["form"].errors) <= {field, "__all__", "name_pl", "body"}, value[:40]
                if value == CONTROLS and answer.status_code in {200, 302, 204}:
                    assert not dirty_rows(), (field, value[:40])
            browsers[role].cookies.pop("messages", None)


def dirty_rows() -> list[str]:
    """Words with controls or direction overrides in any row; what somebody is still writing may have them."""
    found = []
    for model in [*apps.get_app_config("forum").get_models(), Member]:
        names = [field.name for field in model._meta.fields if isinstance(field, models.CharField | models.TextField)]
        names += [field.name for field in model._meta.fields if isinstance(field, models.JSONField)]
        if model is Draft or not names:
            continue
        rows = model._default_manager.values_list(*names)
        found += [f"{model.__name__}: {row}" for row in rows if not all(is_clean(words_in(value)) for value in row)]
    return found


def words_in(value: Any) -> str:
    """A value's words; of JSON all that stands in it, however deep."""
    if isinstance(value, dict | list):
        return " ".join(map(words_in, value.values() if isinstance(value, dict) else value))
    return str(value)


def test_every_hidden_field_of_every_form_forged(
    browsers: dict[str, Client], place: SimpleNamespace, cast: dict[str, Member]
) -> None:
    """Collected from the pages themselves, so that a new one is forged, too."""
    secret = furnish("unlisted", cast)
    foreign = [f"thread:{secret.thread}", str(secret.post), str(secret.section), str(cast["moderator"].pk)]
    seen: set[tuple[str, str]] = set()
    times: Counter[str] = Counter()
    for role in ("author", "steward", "visitor"):
        browser = browsers[role]
        for address in (page.format(**vars(place)) for page in PAGES):
            answer = browser.get(address)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            # A desk shows all one's communities, and whoever moderates both decides about what is in either.
            theirs = secret.secret in answer.content.decode() or (role == "steward" and "/decisions/" in address)
            for form in Reader(answer.content.decode()).forms:
                action = form["action"] or address
                for field in form["hidden"]:
                    kind = re.sub(r"\d+", "N", action), field  # one of a kind stands for all
                    if not form["post"] or kind in seen or field == "csrfmiddlewaretoken":
                        continue
                    seen.add(kind)
                    # What every form has is read by one code: three forms get all values, the others the sharpest.
                    times[field] += 1
                    for value in [*NUMBERS, *foreign] if times[field] <= 3 else [NUMBERS[4], CANARY, foreign[0]]:
                        sent = {"body": "Words.", "title": "Title", **form["hidden"], field: value}
                        with undone():
                            forged = browser.post(action, sent)
                        assert not [*faults(forged)], (action, field, value[:40])
                        assert forged.status_code in SHORT | {401}, (action, field, value[:40])
                        assert theirs or secret.secret not in forged.content.decode(), (action, field, value)
                        if forged.status_code == 302:
                            assert url_has_allowed_host_and_scheme(forged["Location"], allowed_hosts=None)
    assert {field for _, field in seen} >= {"place", "back", "writer", "next_action", "based_on", "submission", "next"}


#: Every page of the house that answers to GET.
PAGES = [way.address for way in WAYS.values() if not way.get.startswith("405")] + [
    page for page, _, _ in ACCOUNT.values()
]


def test_what_is_somebody_elses_stays_so(author: Client, place: SimpleNamespace, cast: dict[str, Member]) -> None:
    """Hidden fields name no author, no thread and no post that the address does not name."""
    other = furnish("invited", cast)
    forged = {"author": str(cast["steward"].pk), "thread": str(other.thread), "writer": str(cast["steward"].pk)}
    answer = write(author, place, "reply", body="Forged.", reply_to=str(other.post), **forged)
    post = Post.objects.get(pk=answer["Location"].split("/")[2])
    assert (post.author, post.thread_id, post.reply_to) == (cast["author"], place.thread, None)
    answer = write(author, place, "new_thread", section=str(other.section))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["section"]
    write(author, place, "edit_post", body="Changed.", post=str(place.answer), pk=str(place.answer))
    assert "Changed." not in Post.objects.get(pk=place.answer).html


def png_of(width: int, height: int) -> bytes:
    """A PNG that says what it likes in its header."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(out, "JPEG")
    return out.getvalue()


PICTURES = {
    "nothing": b"",
    "words": b"these are words",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "a ZIP": b"PK\x03\x04" + b"\0" * 60,
    "only a beginning": b"\x89PNG\r\n\x1a\n",
    "a GIF's beginning": b"GIF89a" + b"\xff" * 30,
    "250 megapixels": png_of(25_000, 10_000),
    "too many to count": png_of(2**31 - 1, 2**31 - 1),
    "no pixels": png_of(0, 0),
    "half a JPEG": jpeg()[:900],
}


@pytest.mark.parametrize("about", PICTURES)
def test_what_is_no_picture_is_refused_in_words(about: str, author: Client, place: SimpleNamespace) -> None:
    name = SimpleUploadedFile(f"../../{CANARY}\0.png", PICTURES[about], "image/png")
    answer = author.post("/pictures/", {"picture": name}, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]
    name.seek(0)
    fields = {"picture": name, "place": f"thread:{place.thread}", "back": f"/threads/{place.thread}/{place.title}/"}
    page = author.post("/pictures/", {**fields, "body": "My words."}, follow=True)
    assert page.status_code == 200
    assert not [*faults(page)]
    assert textarea(page) == "My words."


def test_a_file_that_is_two_things_comes_out_as_one(author: Client) -> None:
    script = b"<script>alert(document.domain)</script>"
    for beginning in (tiny_png(), jpeg()):
        file = SimpleUploadedFile("x.html", beginning + script, "text/html")
        answer = author.post("/pictures/", {"picture": file}, headers={"accept": "application/json"})
        assert answer.status_code == 201
        shown = author.get(answer.json()["url"])
        assert script not in shown.content
        assert shown["Content-Type"].startswith("image/")
        assert shown["X-Content-Type-Options"] == "nosniff"
        assert shown["Content-Security-Policy"].startswith("sandbox")


def test_a_name_that_is_markup(visitor: Client) -> None:
    fields = {"email": "jan@lodz.example", "password1": PASSWORD}
    for name in (CANARY, "\u202eevil", "a\0b", "", " ", "x" * 200_000, "admin"):
        answer = visitor.post("/accounts/signup/", fields | {"display_name": name})
        assert not [*faults(answer)]
        if answer.status_code == 200:
            assert list(answer.context["form"].errors) == ["display_name"]
    assert not [*filter(lambda member: not is_clean(member.display_name), Member.objects.all())]
