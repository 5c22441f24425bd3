"""What a page says about itself before anything else: which thread, in which language, and what a sign stands for."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member
from forum.models import Community, Thread

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Member], Client]
ThreadIn = Callable[..., Thread]
DEEDS = [
    "/threads/{thread}/title/",
    "/threads/{thread}/lock/",
    "/posts/{post}/edit/",
    "/posts/{post}/deletion/",
    "/posts/{post}/options/",
    "/posts/{post}/revisions/",
]


def main_of(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_says_which_thread_it_is_about_in_the_threads_own_language(
    deed: str, client_of: ClientOf, author: Member, moderator: Member, thread_in: ThreadIn, open_house: Community
) -> None:
    thread = thread_in(open_house, 1)
    Thread.objects.filter(pk=thread.pk).update(language="uk")
    post = thread.posts.get(number=1)
    doer = moderator if deed.endswith("/lock/") else author
    head = main_of(client_of(doer), deed.format(thread=thread.pk, post=post.pk)).split("</header>")[0]
    assert re.search(rf'<p class="kicker"><a href="[^"]+" lang="uk">{thread.title}</a></p>\s*<h1>', head)


def test_a_description_in_another_language_is_marked_as_such(visitor: Client, open_house: Community) -> None:
    Community.objects.filter(pk=open_house.pk).update(descriptions={"pl": "Sąsiedzi i sztuka"})
    for address in (open_house.get_absolute_url(), "/communities/"):
        assert re.search(r'<(div|p)( class="lead")? lang="pl">(<p>)?Sąsiedzi', main_of(visitor, address)), address


def test_the_sign_of_a_quote_is_explained_where_there_is_one(
    client_of: ClientOf, neighbour: Member, thread_in: ThreadIn, open_house: Community
) -> None:
    thread = thread_in(open_house, 2)
    reader, first = client_of(neighbour), thread.posts.get(number=1)
    assert "quote-note" not in main_of(reader, thread.get_absolute_url())
    quoting = reader.get(f"/posts/{first.pk}/quote/")["Location"].split("#")[0]
    assert "stands for the words you quote" in main_of(reader, quoting)


def test_a_profile_for_fewer_people_says_so_under_the_name(
    visitor: Client, author: Member, open_house: Community, thread_in: ThreadIn
) -> None:
    thread_in(open_house)  # somebody whose words one can read
    assert "shows their profile to fewer people" in main_of(visitor, author.get_absolute_url()).split("</header>")[0]


def test_who_signs_in_wrongly_reads_nothing_of_a_text(visitor: Client) -> None:
    page = visitor.post(
        "/accounts/signup/", {"email": "no address"}, headers={"accept-language": "en"}
    ).content.decode()
    assert "Something below needs another look." in page
    assert "Nothing you wrote is lost" not in page
