"""The cast walks every address and every stream, in every kind of community: who is outside learns nothing, not even
that something exists."""

import copy
import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, resolve

from accounts.models import Member
from forum import text
from forum.changes.registry import all_follows
from forum.communities import actions as communities
from forum.communities.models import Audience
from forum.log import entering
from forum.models import Draft, Post, Thread
from forum.threads import actions
from tests.house.test_addresses import ADMIN, every_address
from tests.house.walk import KINDS, browser_of, furnish, nowhere, people, undone, upload, without_traces
from tests.house.ways import ACCOUNT, WAYS
from tests.house.ways.way import INSIDE, NEVER, ROLES, Way

pytestmark = pytest.mark.django_db

OUTSIDE = ("outsider", "visitor")
CLOSED = [kind for kind, (audience, _, _) in KINDS.items() if audience == "members"]
#: Where signed-in outsiders meet the name and the description of a community that its stewards listed for them.
DOORS = {"directory", "community_request", "community_membership"}
Cast = dict[str, Member]
Browsers = dict[str, Client]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(entering, "UNDO_FOR", timedelta(days=1))  # a walk may take longer than a minute


@pytest.fixture
def cast(db: None) -> Cast:
    return people()


@pytest.fixture
def browsers(cast: Cast) -> Browsers:
    return {role: browser_of(cast.get(role)) for role in ROLES}


def fields_of(way: Way, place: SimpleNamespace) -> dict[str, Any]:
    return {
        field: upload() if value == "{file}" else value.format(**vars(place))
        for field, value in (way.fields or {}).items()
    }


#: Links that are keys: whoever holds one may see what it opens.
KEYS = {"invitation", "mailed_question", "question_mail_stop", "report", "statement", "complain_by_token"}
#: One's own words: from everywhere, and what else one may do with them in the open.
TAKEN_BACK = {"delete_post", "withdraw_try"}
OWN_IN_THE_OPEN = {"draft", "edit_post", "edit_try", "remove_translation", "new_report"}
#: What concerns oneself is there to be read and answered wherever one is: the law says so of decisions.
ABOUT_ONESELF = {"decision", "complain", "move_request", "held_text", "held_withdrawal"}


def questions(way: Way, place: SimpleNamespace) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(method, address, statuses of the roles, fields)"""
    address = way.address.format(**vars(place))
    yield "GET", address, way.get, {}
    yield "POST", address, way.post, {}
    if way.filled:
        yield "POST", address, way.filled, fields_of(way, place)


def ask(browser: Client, method: str, address: str, fields: dict[str, Any]) -> HttpResponse:
    """The answer; afterwards nothing was asked."""
    before = copy.deepcopy(browser.cookies)
    with undone():
        answer = browser.get(address) if method == "GET" else browser.post(address, fields)
    browser.cookies = before
    return answer


def bare(answer: HttpResponse, place: SimpleNamespace, address: str) -> Any:
    """The answer without what the question said itself."""
    said = [f"thread:{place.thread}", f"post:{place.post}", f"community:{place.community}"]
    said += [word.replace(":", "%3A") for word in said]
    return without_traces(answer, address, place.slug, place.title, f"/threads/{place.thread}/posts/", *said)


def everything_in(answer: HttpResponse) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.streaming:
        answer.streaming_content = [body]  # to be read again
    return body.decode(errors="replace") + str(dict(answer.headers))


def test_every_address_has_its_line() -> None:
    names = {name for name, _ in every_address(get_resolver().url_patterns, "/")}
    ours = {name for name in names if not name.startswith("admin:")}
    assert ours == {*WAYS, *ACCOUNT}, "a new address needs its line in tests/house/walk.py"
    for name, way in WAYS.items():
        assert resolve(way.address.format(**vars(nowhere())).partition("?")[0]).url_name == name


def test_the_outsider_exists_and_can_do_things(cast: Cast, browsers: Browsers) -> None:
    place, outsider = furnish("open", cast), browsers["outsider"]
    assert "Outsider" in outsider.get("/").content.decode()
    assert outsider.post(f"/c/{place.slug}/membership/").status_code == 302
    answer = outsider.post(f"/threads/{place.thread}/posts/", fields_of(WAYS["reply"], place), follow=True)
    assert answer.status_code == 200
    assert "Good words." in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_cast_walks_everywhere(kind: str, cast: Cast, browsers: Browsers) -> None:
    place, nothing = furnish(kind, cast), nowhere()
    wrong, told = [], []
    for name, way in WAYS.items():
        for question, absent in zip(questions(way, place), questions(way, nothing), strict=True):
            method, address, statuses, fields = question
            for role in OUTSIDE if statuses == NEVER else ROLES:
                answer, expected = ask(browsers[role], method, address, fields), way.expected(statuses, kind, role)
                about = f"{name} {method} {[*fields]} {role}"
                if answer.status_code != expected:
                    wrong.append(f"{about}: {answer.status_code}, not {expected}")
                if name not in KEYS - {"invitation"}:
                    told += [f"{about}: {what}" for what in private_words(answer, place, role)]
                if role in INSIDE or kind == "open" or name in KEYS:
                    continue
                if (kind, role, name in DOORS) == ("listed", "outsider", True):
                    continue
                there = answer if question == absent else ask(browsers[role], method, absent[1], absent[3])
                told += [
                    f"{about}: {what}" for what in existence((answer, place, address), (there, nothing, absent[1]))
                ]
    assert not wrong, "\n".join(wrong)
    assert not told, "\n".join(told)


def private_words(answer: HttpResponse, place: SimpleNamespace, role: str) -> Iterator[str]:
    words = everything_in(answer)
    if f"{place.secret} note" in words and role != "steward":
        yield "what was written to the stewards"
    if f"{place.secret} draft" in words and role != "neighbour":
        yield "somebody else's draft"
    if f"{place.secret} lead" in re.sub(r"leader", "", words) and role not in {"author", "neighbour"}:
        yield "a note for those who lead"
    if re.search(r'class="try".{0,400}neighbour', words, re.DOTALL | re.IGNORECASE):
        yield "who told without a name"


def existence(here: tuple[Any, Any, str], there: tuple[Any, Any, str]) -> Iterator[str]:
    """What gives away to somebody outside that there is something here and not there."""
    if here[1].secret in everything_in(here[0]):
        yield "its words"
    if here[0] is not there[0] and bare(*here) != bare(*there):
        yield "not the answer that nothing gets"


def test_a_door_shows_its_name_and_nothing_more(cast: Cast, browsers: Browsers) -> None:
    place = furnish("listed", cast)
    for name in DOORS:
        address = WAYS[name].address.format(**vars(place))
        for role in OUTSIDE:
            words = everything_in(browsers[role].get(address))
            if role == "outsider" and name != "community_membership":
                assert f"{place.secret} name" in words
                assert f"{place.secret} description" in words
            for known in ("name", "description") if role == "outsider" else ():
                words = words.replace(f"{place.secret} {known}", "")
            assert place.secret not in words, (name, role)


MEMBERS_ONLY = ("title", "body", "answer", "draft", "method", "summary", "adaptation", "plan")
COMMON = (
    "/",
    "/communities/",
    "/methods/",
    "/methods/?q=zq",
    "/plans/",
    "/members/author/",
    "/members/neighbour/",
    "/members/steward/",
    "/drafts/",
)
COMMON_IN = ("", "threads/new/", "members/", "?order=newest", "?order=unanswered")


def test_nothing_anywhere_moves_when_something_closed_appears(cast: Cast, browsers: Browsers) -> None:
    """Every page one reaches from outside is word for word what it was before."""
    for member in cast.values():
        Member.objects.filter(pk=member.pk).update(profile_readers=Member.ProfileReaders.ANYONE)
    place = furnish("open", cast)
    addresses = [*COMMON, *(f"/c/{place.slug}/{page}" for page in COMMON_IN)]
    addresses += [f"/methods/{place.method}/{place.called}/", f"/methods/{place.method}/record.json"]
    addresses += [f"/threads/{place.thread}/{place.title}/", f"/mentions/?place=thread:{place.thread}&q=n"]

    def seen() -> dict[tuple[str, str], Any]:
        return {
            (role, address): without_traces(browsers[role].get(address)) for role in OUTSIDE for address in addresses
        }

    seen()  # the first visit leaves its read marks
    before = seen()
    assert "Zqopen title" in before["outsider", "/members/author/"][1]
    for kind in ("unlisted", "invited"):
        furnish(kind, cast)
    assert seen() == before


@pytest.mark.parametrize("kind", CLOSED)
def test_closed_words_do_not_come_out_through_an_open_thread(kind: str, cast: Cast, browsers: Browsers) -> None:
    """A quote, a picture, a draft and a preview in the open thread by somebody who may read both."""
    inside, outside = furnish(kind, cast), furnish("open", cast)
    words = (
        f">>{inside.post}.1\n\nSee above. ![their picture](/pictures/{inside.picture}/)\n\n/methods/{inside.method}/"
    )
    thread = Thread.objects.get(pk=outside.thread)
    post = actions.reply(author=cast["neighbour"], thread=thread, body=text.clean(words, "markdown"))
    pages = [f"/threads/{thread.pk}/{thread.slug}/", f"/posts/{post.pk}/options/", f"/posts/{post.pk}/revisions/"]
    pages += [f"/changes/?stream=thread:{thread.pk}&since=0", "/members/neighbour/"]
    for role in OUTSIDE:
        assert "See above." in everything_in(browsers[role].get(pages[0]))
        assert [page for page in pages if inside.secret in everything_in(browsers[role].get(page))] == []
        assert browsers[role].get(f"/pictures/{inside.picture}/").status_code == 404
    fields = {"body": f">>{inside.post}.1\n\n/methods/{inside.method}/", "place": f"thread:{thread.pk}"}
    for accept in ("text/html", "application/json"):
        answer = browsers["outsider"].post("/preview/", fields, headers={"accept": accept})
        assert answer.status_code == 200
        assert inside.secret not in everything_in(answer)


def test_a_reply_cannot_reach_into_another_thread(cast: Cast, browsers: Browsers) -> None:
    inside, outside = furnish("unlisted", cast), furnish("open", cast)
    communities.join(member=cast["outsider"], community=outside.house)
    for reply_to in (inside.post, 987654):
        fields = {"body": "Answering.", "place": f"thread:{outside.thread}", "reply_to": reply_to}
        answer = browsers["outsider"].post(f"/threads/{outside.thread}/posts/", fields)
        assert answer.status_code == 302
        assert Post.objects.get(pk=answer["Location"].split("/")[2]).reply_to is None


def test_what_was_written_for_members_stays_with_them_when_the_community_opens(cast: Cast, browsers: Browsers) -> None:
    place, nothing = furnish("unlisted", cast), nowhere()
    place.house.audience = Audience.ANYONE
    place.house.save()
    named = ("changes", "thread", "thread_address", "post", "post_options", "post_reply", "post_quote", "revisions")
    named += ("method", "method_address", "method_versions", "method_record", "method_markdown")
    named += ("adapt_method", "new_try", "try", "plan", "plan_address", "plan_run_sheet", "plan_handout", "copy_plan")
    named += ("plan_shopping_list", "plan_shopping_sheet", "plan_calendar", "plans_for_method")
    named += ("plan_pdf", "plan_code", "plan_short")
    for name in (*named, "picture", "reply", "reactions", "read_marks", "draft"):
        for question, absent in zip(questions(WAYS[name], place), questions(WAYS[name], nothing), strict=True):
            for role in OUTSIDE:
                here = ask(browsers[role], question[0], question[1], question[3])
                there = ask(browsers[role], absent[0], absent[1], absent[3])
                assert bare(here, place, question[1]) == bare(there, nothing, absent[1]), (name, role)
    for address in ("/", "/methods/", "/plans/", f"/c/{place.slug}/", "/members/author/", "/members/neighbour/"):
        for role in OUTSIDE:
            words = everything_in(browsers[role].get(address))
            assert not any(f"{place.secret} {what}" in words for what in MEMBERS_ONLY), address


def stream_of(prefix: str, place: SimpleNamespace, cast: Cast) -> int:
    found = {"thread": place.thread, "method": place.method, "plan": place.plan, "member": cast["author"].pk}
    return found.get(prefix, place.community)


@pytest.mark.parametrize("kind", KINDS)
def test_every_stream_in_every_kind(kind: str, cast: Cast, browsers: Browsers) -> None:
    place = furnish(kind, cast)
    ids = {role: member.pk for role, member in cast.items()}
    for prefix, follow in all_follows().items():
        pk = stream_of(prefix, place, cast)
        let_in = {*ROLES} if kind == "open" and prefix != "inside" else {*INSIDE}
        let_in = {"member": {"author"}, "desk": {"steward", "moderator"}}.get(prefix, let_in)
        for role, browser in browsers.items():
            viewer = cast.get(role, AnonymousUser())
            here = browser.get(f"/changes/?stream={prefix}:{pk}&since=0")
            absent = browser.get(f"/changes/?stream={prefix}:987654&since=0")
            assert follow.may_follow(viewer, pk) == (role in let_in), (prefix, role)
            assert here.status_code == (200 if role in let_in else 404), (prefix, role)
            assert absent.status_code == 404
            if role not in let_in:
                assert without_traces(here) == without_traces(absent)
        assert follow.readers(pk, ids.values()) == {ids[role] for role in let_in if role in ids}
        assert follow.readers(987654, ids.values()) == set()
        assert follow.is_open(pk) == ("visitor" in let_in)
        Member.objects.filter(pk=ids["author"]).update(is_active=False)
        assert ids["author"] not in follow.readers(pk, ids.values())
        Member.objects.filter(pk=ids["author"]).update(is_active=True)


@pytest.mark.parametrize("kind", CLOSED)
def test_an_invitation_tells_its_holder_only_what_it_must(kind: str, cast: Cast, browsers: Browsers) -> None:
    """What is over is over the same for every community; what is somebody else's names nothing. Only a link that
    still works shows the name of the community to whoever holds it without an account: they are to make one."""
    place, other = furnish(kind, cast), furnish("open", cast)
    for state, status in (("used", 410), ("expired", 410), ("withdrawn", 410), ("foreign", 200)):
        here, there = f"/invitations/{place.tokens[state]}/", f"/invitations/{other.tokens[state]}/"
        for role in OUTSIDE:
            answer, elsewhere = browsers[role].get(here), browsers[role].get(there)
            assert answer.status_code == elsewhere.status_code == status
            if (state, role) == ("foreign", "visitor"):
                for what in ("title", "body", "section", "welcome", "note"):
                    assert f"{place.secret} {what}" not in everything_in(answer)
                continue
            assert place.secret not in everything_in(answer)
            assert without_traces(answer, here) == without_traces(elsewhere, there)
            posted = browsers[role].post(here)
            assert posted.status_code in {410, 422, 302}
            assert place.secret not in everything_in(posted)
    assert not place.house.memberships.filter(member=cast["outsider"]).exists()


@pytest.mark.parametrize("kind", ["invited", "open"])
def test_after_removal_everything_is_closed_at_once(kind: str, cast: Cast, browsers: Browsers) -> None:
    place, nothing = furnish(kind, cast), nowhere()
    removed, browser = cast["neighbour"], browsers["neighbour"]
    place.post = place.answer  # one's own words, too
    assert browser.get(f"/posts/{place.post}/edit/").status_code == 200
    communities.remove_member(by=cast["steward"], community=place.house, member=removed, reason="It is time.")
    told = []
    for name, way in WAYS.items():
        if name in TAKEN_BACK | ABOUT_ONESELF or (name in OWN_IN_THE_OPEN and kind == "open"):
            continue  # one's own words in the open stay one's own, and can be taken back from everywhere
        for question, absent in zip(questions(way, place), questions(way, nothing), strict=True):
            answer = ask(browser, question[0], question[1], question[3])
            expected = way.expected(question[2], kind, "outsider")
            if answer.status_code != expected:
                told.append(f"{name} {question[0]} {[*question[3]]}: {answer.status_code}, not {expected}")
            if kind == "open" or name in KEYS or question == absent:
                continue
            there = ask(browser, absent[0], absent[1], absent[3])
            if bare(answer, place, question[1]) != bare(there, nothing, absent[1]):
                told.append(f"{name} {question[0]} {[*question[3]]}: not the answer that nothing gets")
    assert not told, "\n".join(told)
    for prefix in ("thread", "method", "plan", "community", "house", "inside"):
        readers = all_follows()[prefix].readers(stream_of(prefix, place, cast), [removed.pk])
        assert readers == ({removed.pk} if kind == "open" and prefix != "inside" else set())
    assert Draft.objects.filter(member=removed).exists()
    for address, own in (("/drafts/", "draft"), (f"/posts/{place.answer}/deletion/", "answer")):
        page = everything_in(browser.get(address))
        assert f"{place.secret} {own}" in page or (kind, own) == ("open", "answer")
        if kind != "open":
            assert not any(f"{place.secret} {what}" in page for what in ("name", "title", "body", "section", "alt"))
            assert place.slug not in page


@pytest.mark.parametrize("role", ["outsider", "steward", "visitor"])
def test_the_pages_of_an_account(role: str, cast: Cast, browsers: Browsers) -> None:
    for name, (address, signed_in, signed_out) in ACCOUNT.items():
        expected = signed_out if role == "visitor" else signed_in
        browser = browser_of(cast.get(role))
        assert tuple(ask(browser, method, address, {}).status_code for method in ("GET", "POST")) == expected, name


@pytest.mark.parametrize("role", ROLES)
def test_nobody_of_the_cast_comes_into_the_admin(role: str, browsers: Browsers) -> None:
    for address in ADMIN:
        answer = browsers[role].get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/admin/login/"), address
    assert browsers[role].get("/admin/login/").status_code == (302 if role == "visitor" else 403)
