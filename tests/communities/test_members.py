"""The list of members, and how much of people it shows to whom."""

import pytest

from accounts.models import Member
from forum.communities.models import Community, Membership
from tests.cast import person

PAGE = "/c/open-house/members/"
LINE = "culture department, City of Łódź"


def shown_to(browser, page=PAGE):
    response = browser.get(page)
    assert response.status_code == 200
    return response.content.decode()


def test_members_see_everybody(client_of, cast, neighbour, open_house):
    shown = shown_to(client_of(neighbour))
    for who in cast.values():
        assert f'id="member-{who.pk}"' in shown


def test_others_see_who_looks_after_it(client_of, visitor, outsider, cast, open_house):
    for browser in (visitor, client_of(outsider)):
        shown = shown_to(browser)
        assert f'id="member-{cast["steward"].pk}"' in shown
        assert f'id="member-{cast["moderator"].pk}"' in shown
        assert f'id="member-{cast["author"].pk}"' not in shown
        assert "Neighbour" not in shown


def test_a_closed_list_is_not_there(client_of, visitor, outsider, author, closed_house):
    assert client_of(author).get("/c/closed-house/members/").status_code == 200
    for browser in (visitor, client_of(outsider)):
        assert browser.get("/c/closed-house/members/").status_code == 404


@pytest.mark.parametrize(
    ("setting", "seen_by"),
    [("nobody", {"author"}), ("communities", {"author", "neighbour"}), ("anyone", {"author", "neighbour", "outsider"})],
)
def test_the_role_line_follows_the_profile(client_of, author, neighbour, outsider, open_house, setting, seen_by):
    Membership.objects.filter(member=author).update(role="moderator")  # so that the outsider sees the name
    Member.objects.filter(pk=author.pk).update(profile_readers=setting)
    people = {"author": author, "neighbour": neighbour, "outsider": outsider}
    for name, who in people.items():
        shown = shown_to(client_of(who))
        assert f'id="member-{author.pk}"' in shown
        assert (LINE in shown) is (name in seen_by), name


def test_sharing_another_community_counts(client_of, author, outsider, open_house):
    Membership.objects.filter(member=author).update(role="moderator")
    Member.objects.filter(pk=author.pk).update(profile_readers="communities")
    elsewhere = Community.objects.create(slug="elsewhere", names={"en": "E"}, audience="members", joining="open")
    browser = client_of(outsider)
    assert LINE not in shown_to(browser)
    Membership.objects.create(community=elsewhere, member=author)
    Membership.objects.create(community=elsewhere, member=outsider)
    assert LINE in shown_to(browser)


def test_sorted_as_the_language_sorts_stewards_first(client_of, author, open_house):
    for name in ("zofia", "łucja", "lucyna", "ada"):
        who = person(name.replace("ł", "w"))
        Member.objects.filter(pk=who.pk).update(display_name=name.capitalize())
        Membership.objects.create(community=open_house, member=who)
    browser = client_of(author)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "pl"
    shown = shown_to(browser)
    order = [shown.index(f"<bdi>{name}</bdi>") for name in ("Steward", "Moderator", "Ada", "Lucyna", "Łucja", "Zofia")]
    assert order == sorted(order)


def test_pages_of_fifty_and_constant_queries(client_of, steward, visitor, open_house, django_assert_max_num_queries):
    for n in range(60):
        Membership.objects.create(community=open_house, member=person(f"extra{n:02}"), role="moderator")
    browser = client_of(steward)
    with django_assert_max_num_queries(10):
        first = shown_to(browser)
    with django_assert_max_num_queries(6):
        shown_to(visitor)
    assert first.count('id="member-') == 50
    assert "?page=2" in first
    second = shown_to(browser, f"{PAGE}?page=2")
    assert second.count('id="member-') == 14
    for strange in ("0", "99", "x", "-1", "9" * 30, "²"):
        assert browser.get(PAGE, {"page": strange}).status_code == 200


def test_only_stewards_get_the_controls(client_of, steward, moderator, author, open_house):
    assert f"{PAGE}author/removal/" in shown_to(client_of(steward))
    assert f"{PAGE}steward/removal/" not in shown_to(client_of(steward))
    for who in (moderator, author):
        assert "/removal/" not in shown_to(client_of(who))
        assert "/role/" not in shown_to(client_of(who))


def test_names_with_markup_are_words(client_of, author, open_house):
    Member.objects.filter(pk=author.pk).update(display_name="<img src=x onerror=alert(1)>", function="<b>x</b>")
    shown = shown_to(client_of(author))
    assert "<img src=x" not in shown
    assert "<b>x</b>" not in shown
