"""The page about somebody, walked by everyone; the outsider comes first."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.actions import open_account
from accounts.models import Member
from forum.models import Community, Thread

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Member], Client]
SECRETS = ["culture department", "City of Łódź", "Tea at five", "Poznań", "Esperanto"]


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def told(author: Member) -> Member:
    """The author, with every line of the profile filled."""
    author.bio, author.city, author.languages = "Tea at five.", "Poznań", ["uk", "Esperanto"]
    author.save()
    return author


def page_of(person: Client, member: Member) -> str:
    response = person.get(member.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def seen(person: Client, member: Member) -> str:
    """The page, or "" where this person learns of no such account."""
    response = person.get(member.get_absolute_url())
    assert response.status_code in {200, 404}
    return response.content.decode().split("<main")[1] if response.status_code == 200 else ""


def readable(page: str) -> list[str]:
    return [secret for secret in SECRETS if secret in page]


def test_an_outsider_learns_the_name_and_what_anyone_may_read(
    told: Member,
    outsider: Member,
    visitor: Client,
    client_of: ClientOf,
    open_house: Community,
    closed_house: Community,
    thread_in: Callable[..., Thread],
) -> None:
    thread_in(open_house, posts=2, title="Lamps in the yard")
    thread_in(closed_house, posts=2, title="The budget nobody knows")
    for person in (client_of(outsider), visitor):
        page = page_of(person, told)
        assert "Author" in page
        assert readable(page) == []
        assert "Lamps in the yard" in page
        assert "budget" not in page
        assert closed_house.name not in page
        assert closed_house.slug not in page


def test_who_meets_nobody_here_learns_of_no_account(
    told: Member,
    outsider: Member,
    neighbour: Member,
    visitor: Client,
    client_of: ClientOf,
    closed_house: Community,
    thread_in: Callable[..., Thread],
) -> None:
    """Addresses are made of names: else they would answer "has she an account here?"."""
    thread_in(closed_house)
    assert Member.objects.filter(pk=told.pk).exists()
    assert "Author" in page_of(client_of(neighbour), told)
    for person in (client_of(outsider), visitor):
        there, nowhere = person.get(told.get_absolute_url()), person.get("/members/nobody-at-all/")
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert "Author" not in there.content.decode()


def test_the_choices_of_who_reads_it(
    told: Member,
    outsider: Member,
    neighbour: Member,
    visitor: Client,
    client_of: ClientOf,
    closed_house: Community,
    open_house: Community,
) -> None:
    everyone = {"outsider": client_of(outsider), "visitor": visitor, "neighbour": client_of(neighbour)}
    expected = {"nobody": set(), "communities": {"neighbour"}, "anyone": set(everyone)}
    for choice, readers in expected.items():
        Member.objects.filter(pk=told.pk).update(profile_readers=choice)
        found = {name for name, person in everyone.items() if readable(seen(person, told)) == SECRETS}
        nothing = {name for name, person in everyone.items() if not readable(seen(person, told))}
        assert found == readers
        assert nothing == set(everyone) - readers
    for name in ("outsider", "visitor"):
        page = page_of(everyone[name], told)
        assert open_house.name in page
        assert closed_house.name not in page
    assert closed_house.name in page_of(everyone["neighbour"], told)


def test_one_sees_ones_own(told: Member, client_of: ClientOf) -> None:
    page = page_of(client_of(told), told)
    assert readable(page) == SECRETS
    assert "/accounts/profile/" in page


def test_a_member_sees_what_was_written_in_a_closed_community_and_loses_it_with_the_membership(
    told: Member, neighbour: Member, client_of: ClientOf, closed_house: Community, thread_in: Callable[..., Thread]
) -> None:
    thread_in(closed_house, title="The budget")
    person = client_of(neighbour)
    assert "The budget" in page_of(person, told)
    neighbour.memberships.all().delete()
    gone = person.get(told.get_absolute_url())
    assert gone.status_code == 404
    assert "The budget" not in gone.content.decode()


def test_nobody_is_404(db: None, visitor: Client) -> None:
    assert visitor.get("/members/nobody/").status_code == 404
    assert visitor.get("/members/%3Cscript%3E/").status_code == 404


def test_a_deleted_post_is_not_shown(
    told: Member, visitor: Client, open_house: Community, thread_in: Callable[..., Thread]
) -> None:
    from forum.threads import actions

    thread = thread_in(open_house, posts=2)
    assert "Word 2." in page_of(visitor, told)
    actions.delete_post(by=told, post=thread.posts.get(number=2))
    assert "Word 2." not in page_of(visitor, told)


def test_a_house_account_says_what_it_is(db: None, visitor: Client) -> None:
    house = open_account(email="i@house.example", display_name="Bürgerdialog (import)", is_house=True)
    page = page_of(visitor, house)
    assert "not a person" in page


def test_names_with_markup_are_text(told: Member, visitor: Client) -> None:
    everything = {"bio", "city", "function", "organisation", "display_name"}
    evil = "<img src=x onerror=alert(1)>"
    Member.objects.filter(pk=told.pk).update(
        profile_readers="anyone", languages=[evil], **dict.fromkeys(everything, evil)
    )
    response = visitor.get(told.get_absolute_url()).content.decode()
    assert "<img src=x" not in response
    assert "&lt;img src=x" in response


def test_the_same_queries_for_any_number_of_rows(
    told: Member,
    neighbour: Member,
    client_of: ClientOf,
    visitor: Client,
    open_house: Community,
    closed_house: Community,
    thread_in: Callable[..., Thread],
    django_assert_max_num_queries,
) -> None:
    Member.objects.filter(pk=told.pk).update(profile_readers="communities")
    for number in range(3):
        thread_in(open_house, posts=12, title=f"Thread {number}")
    person = client_of(neighbour)
    with django_assert_max_num_queries(6):
        page = page_of(visitor, told)
    with django_assert_max_num_queries(10):
        page_of(person, told)
    assert page.count('class="contribution"') == 20
    assert "?page=2" in page
    older = visitor.get(told.get_absolute_url() + "?page=2").content.decode()
    assert older.count('class="contribution"') == 16
    for odd in ("0", "-1", "x", "99999", "9" * 30, "²"):
        assert visitor.get(told.get_absolute_url(), {"page": odd}).status_code == 200
