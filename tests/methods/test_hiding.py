"""A moderator hides a try, with a reason that its author reads; one's own words can be taken back everywhere."""

from datetime import date

import pytest

from accounts.models import Member
from forum.drafts.models import Draft
from forum.methods import actions
from forum.models import Change, Membership, Method, Try
from tests.methods.cards import published, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(author, neighbour, open_house) -> Try:
    version = published(author, open_house).versions.get()
    words = {"month": date(2025, 5, 1), "people": 9, "again": "no", "sentence": "You are all idiots.", "minutes": 500}
    return actions.tell_try(member=neighbour, version=version, **words)


def test_a_moderator_hides_it_and_brings_it_back(client_of, author, neighbour, moderator, visitor, told):
    address, page = f"/tries/{told.pk}/hiding/", told.method.get_absolute_url()
    assert client_of(author).get(address).status_code == 404
    assert "hiding/" in client_of(moderator).get(page).content.decode()
    assert client_of(moderator).post(address, {"reason": ""}).status_code == 422
    client_of(moderator).post(address, {"reason": "Unkind <words>."})
    client_of(moderator).post(address, {"reason": "Twice."})
    assert Method.objects.get().tries_count == 0
    assert Change.objects.filter(kind="method.tried").count() == 2
    for other in (visitor, client_of(author)):
        shown = other.get(page).content.decode()
        assert "idiots" not in shown
        assert "Unkind" not in shown
        assert "500" not in shown
        assert other.get(f"/tries/{told.pk}/").status_code == 404
    assert "Unkind &lt;words&gt;." in client_of(neighbour).get(page).content.decode()
    shown = client_of(moderator).get(page).content.decode()
    assert "hiding/removal/" in shown
    assert client_of(neighbour).post(f"{address}removal/").status_code == 404
    client_of(moderator).post(f"{address}removal/")
    client_of(moderator).post(f"{address}removal/")
    assert "idiots" in visitor.get(page).content.decode()
    assert Method.objects.get().tries_count == 1


def test_taken_back_while_hidden_it_counts_once(client_of, neighbour, moderator, told):
    actions.hide_try(by=moderator, told=told, reason="x")
    client_of(neighbour).post(f"/tries/{told.pk}/withdrawal/")
    assert Method.objects.get().tries_count == 0
    assert client_of(moderator).post(f"/tries/{told.pk}/hiding/removal/").status_code == 404
    assert Method.objects.get().tries_count == 0


def test_whoever_was_removed_takes_their_try_back(client_of, author, neighbour, closed_house):
    version = published(author, closed_house).versions.get()
    words = {"month": date(2025, 5, 1), "people": 9, "again": "no", "sentence": "It rained on us."}
    told = actions.tell_try(member=neighbour, version=version, **words)
    Membership.objects.filter(member=neighbour).delete()
    client = client_of(neighbour)
    profile = client.get(neighbour.get_absolute_url()).content.decode()
    assert "It rained on us." in profile
    assert f"/tries/{told.pk}/withdrawal/" in profile
    page = client.get(f"/tries/{told.pk}/withdrawal/").content.decode()
    assert "Soup in the courtyard" not in page
    assert client.post(f"/tries/{told.pk}/withdrawal/", follow=True).status_code == 200
    assert Method.objects.get().tries_count == 0
    assert client_of(author).post(f"/tries/{told.pk}/withdrawal/").status_code == 404


def test_what_came_from_elsewhere_is_changed_by_moderators_alone(
    client_of, author, neighbour, moderator, steward, open_house
):
    method = published(author, open_house, licence="CC0-1.0")
    house = Member.objects.create_user(email="h@import.invalid", username="house", display_name="H", is_house=True)
    Method.objects.update(author=house)
    method.refresh_from_db()
    for member, status in ((author, 404), (neighbour, 404), (moderator, 200), (steward, 200)):
        assert client_of(member).get(f"/methods/{method.pk}/edit/").status_code == status
    card = soup(summary="Mended.")
    version = actions.revise_method(editor=moderator, method=method, card=card, body=None, based_on=1, note="mended")
    assert version.card.licence == "CC0-1.0"
    assert version.editor == moderator


def test_three_answers_about_rights(client_of, author, open_house):
    page = client_of(author).get("/c/open-house/methods/new/").content.decode()
    assert page.count('name="licence"') == 3
    assert "read-only" in page
    assert "CC0-1.0" not in page


@pytest.mark.parametrize("place", ["redaction", "report"])
def test_both_other_forms_go_on_where_one_stopped(client_of, author, neighbour, told, place):
    writer = neighbour if place == "report" else author
    client = client_of(writer)
    pk = told.pk if place == "report" else told.method_id
    name = "worked" if place == "report" else "reason"
    address = f"/tries/{pk}/edit/" if place == "report" else f"/methods/{pk}/redactions/new/"
    assert f'data-draft="/drafts/{place}:{pk}/"' in client.get(address).content.decode()
    about = {"place": f"{place}:{pk}", "writer": str(writer.pk), "back": address, "whole": name}
    assert client.post(address, {name: "Half a thought", **about}).status_code == 422
    assert Draft.objects.filter(place=f"{place}:{pk}").exists()
    assert "Half a thought" in client.get(address).content.decode()
