"""What a community is called, says, and lets in."""

import pytest

from forum.communities import actions
from forum.communities.models import Community
from forum.models import Thread
from forum.web.errors import Refusal
from tests.communities.helpers import kinds_on

PAGE = "/c/closed-house/settings/"
SETTLED = {"audience": "anyone", "joining": "open", "accent": "moss"}


def test_everything_in_one_form(client_of, steward, closed_house):
    browser = client_of(steward)
    assert browser.get(PAGE).status_code == 200
    words = {"name_en": "New name", "name_de": "Neu", "description_pl": "Dwie\r\nlinie\u202e", "welcome_uk": "Вітаємо"}
    response = browser.post(PAGE, SETTLED | words)
    assert response["Location"] == PAGE
    house = Community.objects.get(pk=closed_house.pk)
    assert house.names == {"en": "New name", "de": "Neu"}
    assert house.descriptions == {"pl": "Dwie\nlinie"}
    assert house.welcomes == {"uk": "Вітаємо"}
    assert (house.audience, house.joining, house.accent, house.in_directory) == ("anyone", "open", "moss", False)
    assert kinds_on(f"community:{house.pk}") == ["community.changed"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_en": ""},
        {"name_en": "x" * 81},
        {"audience": "everyone and their dog"},
        {"joining": ""},
        {"accent": "red; }"},
        {"name_en": "\x00\u202e"},
        {"description_en": "x" * 1001},
    ],
)
def test_wrong_input_comes_back_with_what_was_written(client_of, steward, closed_house, wrong):
    response = client_of(steward).post(PAGE, {"name_en": "Good", "welcome_de": "Willkommen im Hof"} | SETTLED | wrong)
    assert response.status_code == 422
    assert "Willkommen im Hof" in response.content.decode()
    assert Community.objects.get(pk=closed_house.pk).audience == "members"


def test_opening_a_community_opens_nothing_that_was_written(client_of, steward, visitor, author, closed_house):
    thread = Thread.objects.create(
        community=closed_house, title="Among us", language="en", audience="members", author=author, last_author=author
    )
    client_of(steward).post(PAGE, SETTLED | {"name_en": "Open now"})
    assert visitor.get("/c/closed-house/members/").status_code == 200
    assert not Thread.objects.visible_to(type("Nobody", (), {"is_authenticated": False})).filter(pk=thread.pk).exists()


def test_only_stewards(client_of, cast, outsider, visitor, open_house):
    page = "/c/open-house/settings/"
    for browser in (visitor, *(client_of(who) for who in (outsider, cast["author"], cast["moderator"]))):
        assert browser.get(page).status_code == 404
        assert browser.post(page, SETTLED | {"name_en": "Mine"}).status_code == 404
    with pytest.raises(Refusal):
        actions.change_settings(
            by=cast["moderator"],
            community=open_house,
            names={"en": "Mine"},
            descriptions={},
            welcomes={},
            in_directory=True,
            **SETTLED,
        )
    assert Community.objects.get(pk=open_house.pk).names["en"] == "Open house"
