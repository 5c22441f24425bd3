"""The directory: what one may read, and the doors one may knock on."""

import pytest

from forum.communities import actions
from forum.communities.models import Community, Membership


def page(client):
    response = client.get("/communities/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_sees_open_communities_and_learns_that_there_is_more(visitor, open_house, listed_house):
    shown = page(visitor)
    assert f'id="community-{open_house.pk}"' in shown
    assert f'id="community-{listed_house.pk}"' not in shown
    assert "/accounts/login/?next=/communities/" in shown


def test_mine_come_first_and_everything_is_sorted(client_of, author, open_house, closed_house):
    for slug, name in (("z", "Żuraw"), ("a", "Ach"), ("l", "Łąka")):
        Community.objects.create(slug=slug, names={"en": name}, audience="anyone", joining="open")
    browser = client_of(author)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "pl"
    shown = page(browser)
    order = [shown.index(f"/c/{slug}/") for slug in ("closed-house", "open-house", "a", "l", "z")]
    assert order == sorted(order)


def test_a_door_shows_name_and_description_and_a_form(client_of, outsider, listed_house):
    listed_house.descriptions = {"en": "Cities that compare notes"}
    listed_house.welcomes = {"en": "The key is under the mat"}
    listed_house.save()
    shown = page(client_of(outsider))
    assert "Cities that compare notes" in shown
    assert "/communities/closed-house/request/" in shown
    assert "key is under the mat" not in shown
    assert 'href="/c/closed-house/"' not in shown
    assert client_of(outsider).get("/c/closed-house/").status_code == 404


def test_what_is_closed_and_not_listed_is_not_there(client_of, outsider, closed_house, invited_house, open_house):
    shown = page(client_of(outsider))
    assert f'id="community-{open_house.pk}"' in shown
    assert "closed-house" not in shown
    assert "invited-house" not in shown
    assert "losed house" not in shown


def test_a_request_can_be_taken_back_after_the_listing_ended(client_of, outsider, steward, listed_house):
    actions.ask_to_join(member=outsider, community=listed_house, note="hello")
    Community.objects.filter(pk=listed_house.pk).update(in_directory=False, descriptions={"en": "Now hidden"})
    shown = page(client_of(outsider))
    assert "/communities/closed-house/request/withdrawal/" in shown
    assert "Now hidden" not in shown


def test_names_with_markup_are_words(visitor, open_house):
    open_house.names = {"en": "<b>Bold</b> & Co", "pl": "<b>Bold</b> & Co"}
    open_house.descriptions = {"en": "<script>alert(1)</script>"}
    open_house.save()
    shown = page(visitor)
    assert "<b>Bold" not in shown
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize("many", [1, 30])
def test_queries_do_not_grow(many, visitor, client_of, author, open_house, django_assert_max_num_queries):
    for n in range(many):
        house = Community.objects.create(
            slug=f"house-{n}", names={"en": f"House {n}"}, audience="members", joining="request", in_directory=True
        )
        if n % 2:
            Membership.objects.create(community=house, member=author)
    with django_assert_max_num_queries(6):
        page(visitor)
    mine = client_of(author)
    with django_assert_max_num_queries(10):
        page(mine)


def test_a_door_of_a_closed_down_community_has_no_handle(client_of, outsider, steward, listed_house):
    assert "/communities/closed-house/request/" in page(client_of(outsider))
    actions.close_community(by=steward, community=listed_house, reason="A secret reason")
    shown = page(client_of(outsider))
    assert f'id="community-{listed_house.pk}"' in shown
    assert "/communities/closed-house/request/" not in shown
    assert "A secret reason" not in shown
