"""Administrators create a community with its sections and first steward."""

import pytest

from forum.communities import actions, rules
from forum.communities.models import Community
from forum.web.errors import Refusal

PAGE = "/communities/new/"
FILLED = {
    "name_pl": "Ruska 46",
    "description_en": "A courtyard with neon signs",
    "slug": "ruska-46",
    "audience": "members",
    "joining": "invitation",
    "accent": "coral",
    "steward": "author@cast.example",
    "sections": "Everyday\r\n\r\n Celebration ",
}


def test_a_community_with_sections_and_steward(client_of, administrator, author):
    browser = client_of(administrator)
    assert browser.get(PAGE).status_code == 200
    response = browser.post(PAGE, FILLED)
    assert response["Location"] == "/communities/"  # the administrator is no member and reads nothing there
    house = Community.objects.get()
    assert (house.slug, house.names, house.audience) == ("ruska-46", {"pl": "Ruska 46"}, "members")
    assert [section.name for section in house.sections.all()] == ["Everyday", "Celebration"]
    assert rules.role_of(author, house) == "steward"
    author.refresh_from_db()
    assert author.vouched_at
    assert browser.get("/c/ruska-46/members/").status_code == 404


def test_the_steward_by_user_name(client_of, administrator, author):
    client_of(administrator).post(PAGE, FILLED | {"steward": "Author"})
    assert rules.role_of(author, Community.objects.get()) == "steward"


@pytest.mark.parametrize(
    ("wrong", "on"),
    [
        ({"steward": "nobody@cast.example"}, "steward"),
        ({"steward": ""}, "steward"),
        ({"slug": "Ruska 46"}, "slug"),
        ({"name_pl": ""}, "name_pl"),
        ({"sections": "x" * 81}, "sections"),
        ({"audience": "all"}, "audience"),
    ],
)
def test_wrong_input_stands_on_its_field(client_of, administrator, author, wrong, on):
    response = client_of(administrator).post(PAGE, FILLED | wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [on]
    assert not Community.objects.exists()


def test_taken_and_former_addresses_get_the_same_answer(client_of, administrator, steward, closed_house):
    actions.rename_community(by=steward, community=closed_house, slug="moved")
    browser = client_of(administrator)
    filled = FILLED | {"steward": "steward"}
    answers = {
        str(browser.post(PAGE, filled | {"slug": s}).context["form"].errors["slug"]) for s in ("moved", "closed-house")
    }
    assert len(answers) == 1
    assert Community.objects.count() == 1


def test_nobody_else_finds_the_page(client_of, steward, outsider, visitor, open_house):
    for browser in (visitor, client_of(steward), client_of(outsider)):
        assert browser.get(PAGE).status_code == 404
        assert browser.post(PAGE, FILLED).status_code == 404
    with pytest.raises(Refusal):
        actions.create_community(
            by=steward, slug="mine", names={"en": "Mine"}, audience="anyone", joining="open", steward=steward
        )
    assert Community.objects.count() == 1
