"""Enough context to decide without leaving, and the way from one thing to the next."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.models import Case, Community, JoinRequest, Membership, Post, Restriction, SavedReply, Thread
from forum.moderation.desk import actions
from forum.moderation.reports.models import Report
from forum.threads import actions as threads
from forum.web.errors import Refusal
from tests.cast import person
from tests.moderation.desk.rows import ago, asking, case_of, complaint_about, decision_on

ClientOf = Callable[[Member], Client]


@pytest.fixture
def post(thread_in: Callable[..., Thread], open_house: Community) -> Post:
    return thread_in(open_house, 6).posts.get(number=6)


class Deciding(forms.Form):
    """The acts of a decision, as its form has them."""

    act = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[(each, each) for each in ("fine", "reword", "fold", "hide", "warn")]
    )


def words_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_case_with_all_one_needs(post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    case = case_of(cast["neighbour"], None, post=post, words="He shouts at <everybody>.", ground="insult")
    Report.objects.filter(case=case).update(revision=1)
    threads.edit_post(editor=cast["author"], post=post, body=text.clean("Softer, @neighbour.", "markdown"), based_on=1)
    earlier = case_of(thread=post.thread, closed_at=ago(days=9), opened_at=ago(days=10))
    decision_on(earlier, cast["moderator"], act="warn", addressee=cast["author"])
    Restriction.objects.create(member=cast["author"], by=cast["steward"], kind="writing", community=case.community)
    browser = client_of(cast["moderator"])
    page = words_of(browser, f"/moderation/cases/{case.pk}/")
    assert '<a class="mention" href="/members/neighbour/"' in page  # filled, as on its page
    assert "Word 6." in page  # as it was reported
    for number in (3, 4, 5):
        assert f"Word {number}." in page
    assert "Word 2." not in page
    assert page.count("He shouts at &lt;everybody&gt;.") == 2
    assert "Zofia Stranger" in page
    assert "Neighbour" in page
    assert "warn its author" in page
    assert "may read, not write" in page
    assert page.count("<h1") == 1


def test_of_every_kind_of_thing(
    post: Post, cast: dict[str, Member], client_of: ClientOf, open_house: Community
) -> None:
    from tests.methods.cards import published

    Member.objects.filter(pk=cast["neighbour"].pk).update(bio="I sell watches.")
    method = published(cast["author"], open_house)
    for fields, said in (
        ({"thread": post.thread, "community": open_house}, "We began with tea."),
        ({"method": method, "community": open_house}, method.title),
        ({"person": cast["neighbour"], "community": open_house}, "I sell watches."),
        ({"picture": "00000000-0000-0000-0000-000000000009", "community": open_house}, "This picture is gone."),
    ):
        case = case_of(**fields)
        assert said in words_of(client_of(cast["moderator"]), f"/moderation/cases/{case.pk}/")
    assert "4 need a human" in words_of(client_of(cast["moderator"]), "/moderation/")


def test_what_is_decided_says_who_was_first(post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    case = case_of(post=post)
    assert "desk-answers" in words_of(client_of(cast["moderator"]), f"/moderation/cases/{case.pk}/")
    decision_on(case, cast["steward"])
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now())
    page = words_of(client_of(cast["moderator"]), f"/moderation/cases/{case.pk}/")
    assert "Steward decided this first: hide." in page
    assert "desk-answers" not in page


def test_from_one_to_the_next(post: Post, cast: dict[str, Member], client_of: ClientOf, open_house: Community) -> None:
    first = case_of(post=post, opened_at=ago(hours=5))
    held = case_of(thread=post.thread, opened_at=ago(hours=4))
    actions.claim_case(by=cast["moderator"], case=held)
    asked = asking(open_house, "asker")
    browser = client_of(cast["steward"])

    def led(query: str, here: str = "/moderation/") -> str:
        """Where the way on from a page leads to."""
        page = words_of(browser, f"{here}?{query}")
        address = re.search(r'href="(/moderation/next/[^"]*)"', page)
        assert address
        to: str = browser.get(html.unescape(address[1]))["Location"]
        return to

    one, two = f"/moderation/cases/{first.pk}/", f"/moderation/requests/{asked.pk}/"
    assert led("") == one
    assert led("", one) == two  # past what another has in hand
    assert led("", two) == one  # from the end to the beginning, where something was left lying
    assert led("kind=request", two) == "/moderation/?kind=request"
    for nonsense in ("%00", "1~x~case", "9~1e999~", "~~~"):
        assert browser.get(f"/moderation/next/?after={nonsense}")["Location"] in {one, two}


def test_a_request_is_answered_once(cast: dict[str, Member], client_of: ClientOf, open_house: Community) -> None:
    second = person("second")
    Membership.objects.create(community=open_house, member=second, role="steward")
    asked = asking(open_house, "asker", "I run the <library>.")
    place = f"/moderation/requests/{asked.pk}/"
    assert client_of(cast["moderator"]).get(place).status_code == 404
    assert "I run the &lt;library&gt;." in words_of(client_of(second), place)
    answer = client_of(cast["steward"]).post(place, {"outcome": "approved"})
    assert answer["Location"].startswith("/moderation/next/?after=1~")
    told = client_of(second).post(place, {"outcome": "declined"}, follow=True).content.decode()
    assert "Steward let Asker in before you." in told
    assert JoinRequest.objects.get().outcome == "approved"
    assert "Steward answered this first" in words_of(client_of(second), place)


def test_the_history_of_a_member(
    post: Post, cast: dict[str, Member], client_of: ClientOf, closed_house: Community
) -> None:
    """Decisions, reports (never whose), restrictions, notes: of the communities one looks after, and no others."""
    case = case_of(cast["neighbour"], post=post, ground="hate", words="Secret words.")
    actions.add_note(by=cast["moderator"], text="Spoken to.", case=case)
    decision_on(case, cast["moderator"], act="warn")
    elsewhere = case_of(thread=post.thread, community=closed_house, closed_at=ago(days=1), ground="deception")
    decision_on(elsewhere, cast["steward"], act="pause", addressee=cast["author"])
    page = words_of(client_of(cast["moderator"]), "/moderation/members/author/")
    for said in ("warn its author", "hatred against", "Spoken to.", "pause its author", "deceit"):
        assert said in page
    assert "Secret words." not in page
    assert "/members/neighbour/" not in page
    assert ">Neighbour<" not in page
    Membership.objects.filter(member=cast["moderator"], community=closed_house).update(role="member")
    page = words_of(client_of(cast["moderator"]), "/moderation/members/author/")
    assert "pause its author" not in page
    assert "deceit" not in page


def test_whose_history_one_may_see(cast: dict[str, Member], client_of: ClientOf, post: Post, outsider: Member) -> None:
    seen = {
        name: [
            who
            for who in ("author", "moderator", "steward", "outsider", "nobody")
            if client_of(member).get(f"/moderation/members/{who}/").status_code == 200
        ]
        for name, member in (*cast.items(), ("admin", person("admin", is_staff=True)))
    }
    assert seen == {
        "author": [],
        "neighbour": [],
        "steward": ["author", "moderator"],
        "moderator": ["author"],
        "admin": ["author", "moderator", "steward", "outsider"],
    }


def test_saved_replies(cast: dict[str, Member], client_of: ClientOf, post: Post, closed_house: Community) -> None:
    steward = client_of(cast["steward"])
    fields = {"community": "open-house", "language": "en", "title": "Tone", "text": "Please say it <gently>."}
    for wrong in ({"title": ""}, {"text": "x" * 1001}, {"language": "xx"}, {"community": ""}, {"community": "no-such"}):
        assert steward.post("/moderation/replies/", {**fields, **wrong}).status_code == 422
    for _ in range(2):
        assert steward.post("/moderation/replies/", fields).status_code == 302
    reply = SavedReply.objects.get()
    again = steward.post("/moderation/replies/", {**fields, "text": "Another."})
    assert again.status_code == 422
    assert "There is one of this title already." in again.content.decode()
    case = case_of(post=post)
    page = words_of(client_of(cast["moderator"]), f"/moderation/cases/{case.pk}/")
    assert "Please say it &lt;gently&gt;." in page
    place = f"/moderation/replies/{reply.pk}/"
    client_of(cast["moderator"]).post(place, {**fields, "text": "Softer, please."})
    assert "Softer, please." in words_of(steward, "/moderation/replies/")
    Membership.objects.filter(member=cast["moderator"], community=post.thread.community).update(role="member")
    assert client_of(cast["moderator"]).get(place).status_code == 404  # moderator of the other community only
    with pytest.raises(Refusal):
        actions.change_reply(by=cast["moderator"], reply=reply, language="en", title="x", text="x")
    with pytest.raises(Refusal):
        actions.save_reply(by=cast["steward"], community=None, language="en", title="x", text="x")
    steward.post(f"{place}removal/")
    assert not SavedReply.objects.exists()


def test_the_sites_own_replies(client_of: ClientOf, cast: dict[str, Member], post: Post) -> None:
    admin = client_of(person("admin", is_staff=True))
    fields = {"community": "", "language": "en", "title": "Law", "text": "The law says so."}
    assert admin.post("/moderation/replies/", fields).status_code == 302
    page = words_of(client_of(cast["moderator"]), "/moderation/replies/")
    assert "The law says so." in page
    assert "removal/" not in page
    assert client_of(cast["moderator"]).get(f"/moderation/replies/{SavedReply.objects.get().pk}/").status_code == 404


def test_on_a_phone_three_answers_at_the_edge(post: Post, cast: dict[str, Member], client_of: ClientOf) -> None:
    """Large, after the text they are about; the first decides at once, the others choose in the form above them."""
    page = words_of(client_of(cast["moderator"]), f"/moderation/cases/{case_of(post=post).pk}/")
    assert page.index("desk-judged") < page.index('id="decision-form"') < page.index("desk-answers")
    assert page.index("desk-answers") < page.index("desk-side")
    bar = render_to_string("desk/_answers.html", {"form": Deciding()})
    assert re.findall(r"<(button|label)[^>]*data-key=\"(\d)\">([\w ]+)<", bar) == [
        ("button", "1", "Fine"),
        ("label", "2", "Ask to reword"),
        ("label", "3", "Hide"),
    ]
    assert 'form="decision-form" formnovalidate name="act" value="fine"' in bar
    assert re.findall(r' for="(\w+)"', bar) == ["id_act_1", "id_act_3"]


def test_as_many_queries_for_three_times_the_things(
    post: Post, cast: dict[str, Member], client_of: ClientOf, open_house: Community
) -> None:
    browser = client_of(cast["steward"])
    decided = decision_on(case_of(thread=post.thread, closed_at=ago(days=1)), cast["moderator"])
    pages = [
        f"/moderation/complaints/{complaint_about(decided).pk}/",
        "/moderation/",
        "/",
        f"/moderation/cases/{case_of(post=post).pk}/",
        "/moderation/members/author/",
        "/moderation/replies/",
    ]

    def more(n: int) -> None:
        for each in range(n):
            body = text.clean("Again.", "markdown")
            new = threads.reply(author=cast["author"], thread=post.thread, body=body)
            writer = person(f"writer-{Post.objects.count()}-{each}")
            case = case_of(None, writer, post=new, closed_at=timezone.now() if each % 2 else None)
            Report.objects.create(case_id=int(pages[3].split("/")[3]), member=writer, ground="hate", digest=f"{new.pk}")
            complaint_about(decision_on(case, cast["moderator"]))
            actions.add_note(by=cast["steward"], text=f"Note {new.pk}", case=Case.objects.first())
            case_of(person=writer, community=open_house)
            asking(open_house, f"asker-{new.pk}")
            SavedReply.objects.create(
                by=cast["steward"], language="en", title=f"{new.pk}", text="x", community=open_house
            )

    def counted() -> list[int]:
        found = []
        for address in pages:
            browser.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(address).status_code == 200
            found.append(len(captured))
        return found

    more(4)
    few = counted()
    more(8)
    assert counted() == few
    assert max(few) <= 45, few


def test_bad_numbers_and_words(cast: dict[str, Member], client_of: ClientOf, open_house: Any) -> None:
    browser = client_of(cast["moderator"])
    for address in ("cases/99999999999999999999999", "complaints/0", "requests/1", "members/no-one", "replies/7"):
        assert browser.get(f"/moderation/{address}/").status_code == 404
