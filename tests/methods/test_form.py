"""Filling in a form of methods: short, patient, and nothing typed is ever lost."""

import json
import re

import pytest

from forum.drafts.models import Draft
from forum.methods.card import Credit, Material
from forum.models import Community, Method, Try
from tests.methods.cards import published
from tests.methods.test_pages import FILLED

pytestmark = pytest.mark.django_db


def sent(member, place, **more):
    """What the form's page sends."""
    return (
        FILLED | {"place": place, "writer": str(member.pk), "back": "/methods/", "whole": "title summary step-"} | more
    )


def put(client, place, fields, version=""):
    about = {"title": fields.get("title", ""), "body": fields.get("body", ""), "fields": fields, "version": version}
    return client.put(f"/drafts/{place}/", about, content_type="application/json")


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def test_every_form_carries_a_key_of_its_own(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    client = client_of(neighbour)
    forms = (f"/c/{open_house.slug}/methods/new/", f"/methods/{method.pk}/adaptations/new/")
    for address in (*forms, f"/methods/{method.pk}/tries/new/"):
        assert hidden(client.get(address), "submission") != hidden(client.get(address), "submission")


def test_a_double_click_tells_one_try(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    client = client_of(neighbour)
    key = hidden(client.get(f"/methods/{method.pk}/tries/new/"), "submission")
    quick = {"month": "2025-06", "people": "18", "again": "yes", "sentence": "It rained.", "submission": key}
    for _click in range(2):
        client.post(f"/methods/{method.pk}/tries/new/", quick)
    assert Try.objects.count() == 1


def test_a_form_begun_on_one_device_goes_on_on_another(client_of, author, open_house):
    fields = {"title": "Half a soup", "purposes": ["energise", "meet"], "step-0-title": "Invite", "maturity": "once"}
    fields |= {"try-sentence": "We sang.", "group_min": "6"}
    answer = put(client_of(author), f"methods:{open_house.pk}", fields)
    assert answer.json()["version"]
    page = client_of(author).get(f"/c/{open_house.slug}/methods/new/")
    form, told = page.context["form"], page.context["told"]
    assert form["title"].value() == "Half a soup"
    assert form["purposes"].value() == ["energise", "meet"]
    assert form["group_min"].value() == "6"
    assert form.rows[0].title == "Invite"
    assert told["sentence"].value() == "We sang."
    assert "needs another look" not in page.content.decode()
    assert hidden(page, "draft_version") == answer.json()["version"]


def test_another_devices_newer_form_is_given_back_not_overwritten(client_of, author, open_house):
    place = f"methods:{open_house.pk}"
    put(client_of(author), place, {"title": "Typed on the phone"})
    answer = put(client_of(author), place, {"title": "Typed on the desk"}, version="")
    assert answer.status_code == 409
    assert answer.json()["draft"]["fields"] == {"title": "Typed on the phone"}


def test_a_refused_form_is_kept_and_a_published_one_is_no_draft(client_of, author, open_house):
    place, client = f"methods:{open_house.pk}", client_of(author)
    address = f"/c/{open_house.slug}/methods/new/"
    assert client.post(address, sent(author, place, title="")).status_code == 422
    draft = Draft.objects.get()
    assert draft.fields["step-0-text"] == "Put a note on every door."
    page = client.get("/drafts/").content.decode()
    assert address in page
    assert "Put a note on every door." in page
    client.post(address, sent(author, place))
    assert Method.objects.exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("form", ["methods", "method", "adaptation", "try"])
def test_signed_out_meanwhile_everything_is_on_the_page_and_comes_back(client, author, open_house, form):
    method = published(author, open_house, title="What stands there")
    place, address = {
        "methods": (f"methods:{open_house.pk}", f"/c/{open_house.slug}/methods/new/"),
        "method": (f"method:{method.pk}", f"/methods/{method.pk}/edit/"),
        "adaptation": (f"adaptation:{method.pk}", f"/methods/{method.pk}/adaptations/new/"),
        "try": (f"try:{method.pk}", f"/methods/{method.pk}/tries/new/"),
    }[form]
    more = {"sentence": "It rained, and nobody left.", "whole": "title summary step- sentence"}
    page = client.post(address, sent(author, place, **more))
    assert page.status_code == 401
    for words in ("It rained, and nobody left.", "Put a note on every door."):
        assert words in page.content.decode()
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    again = client.get(address).context["form"]
    assert (again["sentence"].value() if form == "try" else again.rows[0].text) in (
        "It rained, and nobody left.",
        "Put a note on every door.",
    )


def test_a_draft_is_bounded(client_of, author, open_house):
    place = f"methods:{open_house.pk}"
    assert put(client_of(author), place, {"tips": "x" * 200_001}).status_code == 413
    assert not Draft.objects.exists()
    put(client_of(author), place, {"tips": "fine", "x" * 41: "no", "number": 7, "deep": {"a": 1}})
    assert Draft.objects.get().fields == {"tips": "fine"}


def test_an_outsider_keeps_no_draft_at_a_closed_place(client_of, author, outsider, closed_house):
    method = published(author, closed_house)
    places = (f"methods:{closed_house.pk}", f"method:{method.pk}", f"adaptation:{method.pk}", f"try:{method.pk}")
    for place in places:
        assert put(client_of(outsider), place, {"title": "Let me in"}).status_code == 404


def test_what_became_closed_is_listed_without_its_name(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    put(client_of(neighbour), f"try:{method.pk}", {"sentence": "It rained all day."})
    type(open_house).objects.filter(pk=open_house.pk).update(audience="members")
    method.thread.audience = "members"
    method.thread.save()
    open_house.memberships.filter(member=neighbour).delete()
    page = client_of(neighbour).get("/drafts/").content.decode()
    assert method.title not in page
    assert "It rained all day." in page


@pytest.mark.parametrize(("minutes", "said"), [("soon", "two days"), ("1000000000", "two days"), ("-3", "two days")])
def test_a_step_that_is_wrong_says_which_and_keeps_its_words(client_of, author, open_house, minutes, said):
    steps = {"step-1-title": "Cook", "step-1-min": minutes}
    page = client_of(author).post(f"/c/{open_house.slug}/methods/new/", FILLED | steps)
    assert page.status_code == 422
    seen = page.content.decode()
    assert f"Step 2: please give at most {said}" in seen
    assert [row.wrong for row in page.context["form"].rows] == [False, True]
    assert f'name="step-1-min" value="{minutes}"' in seen


def test_a_mistake_in_a_folded_group_opens_that_group_alone(client_of, author, open_house):
    page = client_of(author).post(f"/c/{open_house.slug}/methods/new/", FILLED | {"group_min": "9", "group_max": "3"})
    assert [group.is_open for group in page.context["form"].groups] == [True, False, False, False]


def test_a_title_that_is_too_long_comes_back_whole(client_of, author, open_house):
    page = client_of(author).post(f"/c/{open_house.slug}/methods/new/", FILLED | {"title": "soup " * 20})
    assert page.status_code == 422
    assert page.context["form"]["title"].value() == "soup " * 20
    assert 'data-most="80"' in page.content.decode()


def test_half_a_report_is_asked_about_never_dropped(client_of, author, open_house):
    form = FILLED | {"maturity": "once", "try-month": "2025-05", "try-people": "12", "try-again": "yes"}
    page = client_of(author).post(f"/c/{open_house.slug}/methods/new/", form)
    assert page.status_code == 422
    assert page.context["told"].errors["sentence"]
    assert not Method.objects.exists()


def test_markup_in_a_title_cannot_leave_the_linked_data(author, visitor, open_house):
    title = "</script><script>alert(1)</script> & <!-- soup"
    method = published(author, open_house, title=title)
    seen = visitor.get(method.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', seen)
    assert not set("<>&") & set(found[1])
    assert json.loads(found[1])["name"] == title


def test_what_is_not_said_has_no_heading(author, visitor, open_house):
    seen = visitor.get(published(author, open_house).get_absolute_url()).content.decode()
    for heading in ("Materials", "Who can take part", "What can go wrong", "What others made of it"):
        assert heading not in seen


def test_every_form_says_who_will_read_it_and_keeps_its_word(client_of, author, neighbour, visitor, closed_house):
    """A community that opened since the form was opened: more people would read it than its writer was told."""
    method = published(author, closed_house)
    forms = {
        author: [f"/c/{closed_house.slug}/methods/new/", f"/methods/{method.pk}/edit/"],
        neighbour: [f"/methods/{method.pk}/adaptations/new/", f"/methods/{method.pk}/tries/new/"],
    }
    for writer, addresses in forms.items():
        for address in addresses:
            page = client_of(writer).get(address).content.decode()
            assert '<p class="who-will-see">' in page, address
            assert 'name="readers" value="members"' in page, address
    Community.objects.filter(pk=closed_house.pk).update(audience="anyone")
    new = FILLED | {"readers": "members", "place": f"methods:{closed_house.pk}"}
    refused = client_of(author).post(f"/c/{closed_house.slug}/methods/new/", new)
    assert refused.status_code == 422
    assert "More people can read this now" in refused.content.decode()
    assert Method.objects.count() == 1
    assert (
        client_of(author).post(f"/c/{closed_house.slug}/methods/new/", new | {"readers": "anyone"}).status_code == 302
    )


def test_two_materials_of_one_name_stay_two(client_of, author, open_house):
    """Also one that an import brought in other signs than a form would."""
    brought = (
        Material(name="Paper", quantity="2", unit="sheets"),
        Material(name="Paper", quantity="1", unit="roll"),
        Material(name=" Glue\tstick", quantity="3"),
    )
    told_by = (Credit(name="Unknown", role="tune"), Credit(name="Unknown", role="words", year=1931))
    method = published(author, open_house, materials=brought, credits=told_by)
    client = client_of(author)
    shown = client.get(f"/methods/{method.pk}/edit/").context["form"]
    assert shown["materials"].value() == "Paper\nPaper\nGlue stick"
    form = FILLED | {"based_on": "1", "note": "Scissors.", "credits": shown["credits"].value()}
    page = client.post(f"/methods/{method.pk}/edit/", form | {"materials": f"{shown['materials'].value()}\nScissors"})
    assert page.status_code == 302, page.context["form"].errors
    card = method.versions.get(number=2).card
    assert card.materials == (*brought, Material(name="Scissors"))
    assert card.credits == told_by
