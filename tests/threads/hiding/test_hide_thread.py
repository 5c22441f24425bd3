"""A hidden thread is there for the moderators of its community alone, and with it what was made in it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Member
from forum import changes, text
from forum.methods import actions as methods
from forum.models import Community, Method, Thread, ThreadHiding
from forum.notifications.models import Line
from forum.notifications.queries import bell_of
from forum.notifications.spreading import spread
from forum.plans.actions import block_of
from forum.threads import actions
from forum.threads.hiding import steps
from forum.threads.streams import is_open, readers
from forum.web.errors import Refusal
from tests.methods.cards import published, soup
from tests.plans.plans import planned
from tests.threads.hiding.conftest import ENGLISH, SECRET, SOUGHT, World, same, telling, written

pytestmark = pytest.mark.django_db

INSIDE, OUTSIDE = {"moderator"}, ("author", "neighbour", "outsider", "visitor")


def hide(thread: Thread, by: Member) -> None:
    steps.hide_thread(thread=thread, by=by, reason="Clause 3.")


def show(thread: Thread, by: Member) -> None:
    steps.show_thread(thread=thread, by=by)


def test_it_is_gone_for_all_but_moderators_and_comes_back_as_it_was(world: World) -> None:
    moderator = world.people["moderator"]
    world.visit()
    before = world.answers()
    assert {(name, "thread") for name in (*INSIDE, *OUTSIDE)} <= telling(before)
    hide(world.thread, moderator)
    hidden = world.answers()
    # What one wrote oneself is not lost: it stands where one may read no more.
    own = {("moderator", where) for where in ("thread", "options", "revisions", "search", "json", "profile", "changes")}
    assert telling(hidden) == {("author", "profile"), ("moderator", "quoting"), *own}
    for name in OUTSIDE:
        for where in ("thread", "options", "revisions", "card", "edit", "wish", "changes"):
            assert hidden[name, where].startswith(("404", "302")), (name, where)
        assert hidden[name, "picture"] == "404"
        assert world.thread.title not in hidden[name, "list"] + hidden[name, "home"] + hidden[name, "json"]
    assert "Only they see this thread." in hidden["moderator", "thread"]
    assert '<span class="tag">hidden</span>' in hidden["moderator", "list"]
    show(world.thread, moderator)
    assert same(before, world.answers())


def test_its_stream_is_denied_at_once(world: World, outsider: Member) -> None:
    author, moderator, steward = (world.people[name] for name in ("author", "moderator", "steward"))
    everybody = [author.pk, moderator.pk, steward.pk, outsider.pk]
    assert is_open(world.thread.pk)
    assert readers(world.thread.pk, everybody) == {*everybody}
    head = changes.head_of(f"thread:{world.thread.pk}")
    hide(world.thread, moderator)
    assert changes.head_of(f"thread:{world.thread.pk}") == head + 1  # so that the hub asks again
    assert not is_open(world.thread.pk)
    assert readers(world.thread.pk, everybody) == {moderator.pk, steward.pk}


def test_a_moderator_elsewhere_is_nobody_here(
    client_of: Callable[[Member], Client], outsider: Member, world: World, closed_house: Community
) -> None:
    closed_house.memberships.create(member=outsider, role="moderator")
    address = world.thread.get_absolute_url()
    assert client_of(outsider).get(address).status_code == 200
    hide(world.thread, world.people["moderator"])
    assert client_of(outsider).get(address).status_code == 404
    assert readers(world.thread.pk, [outsider.pk]) == set()


def test_nothing_is_written_in_it_any_more(world: World) -> None:
    author, neighbour, moderator = (world.people[name] for name in ("author", "neighbour", "moderator"))
    hide(world.thread, moderator)
    with pytest.raises(Refusal):
        written(neighbour, world.thread, "I had this page open.")
    with pytest.raises(Refusal):
        actions.react(member=neighbour, post=world.post, kind="agree")
    body = text.clean("Otherwise.", "markdown")
    with pytest.raises(Refusal):
        actions.edit_post(editor=author, post=world.post, body=body, based_on=world.post.revision)
    written(moderator, world.thread, "Among ourselves.")
    actions.delete_post(by=author, post=world.post)


def test_bells_ring_less_and_then_as_before(world: World) -> None:
    spread()
    steward, author = world.people["steward"], world.people["author"]
    lines = Line.objects.filter(member=author, topic="thread", topic_id=world.thread.pk, read_at=None)
    assert lines.exists()
    count, head, _beside = bell_of(author)
    hide(world.thread, world.people["moderator"])
    spread()
    assert bell_of(author)[0] == count - 2  # of the thread, and of a wish for a card of its post
    assert changes.head_of(f"member:{author.pk}") > head
    assert bell_of(steward)[0] == 1
    show(world.thread, world.people["moderator"])
    spread()
    assert bell_of(author)[0] == count


def test_what_is_written_meanwhile_is_told_to_moderators_alone(world: World) -> None:
    spread()
    hide(world.thread, world.people["moderator"])
    before = set(Line.objects.values_list("member", "last_at"))
    written(world.people["moderator"], world.thread, "For @neighbour and @steward.")
    spread()
    told = {member for member, _at in set(Line.objects.values_list("member", "last_at")) - before}
    assert told == {world.people["steward"].pk}


def test_twice_is_once(world: World) -> None:
    moderator, steward = world.people["moderator"], world.people["steward"]
    hide(world.thread, moderator)
    hide(world.thread, steward)
    assert ThreadHiding.objects.get().by == moderator
    head = changes.head_of(f"thread:{world.thread.pk}")
    show(world.thread, moderator)
    show(world.thread, steward)
    assert changes.head_of(f"thread:{world.thread.pk}") == head + 1


@pytest.fixture
def method(author: Member, open_house: Community) -> Method:
    body, summary = f"Paper {SOUGHT} and {SECRET}, hung from tree to tree.", f"With {SECRET}."
    return published(author, open_house, title="The paper way", summary=summary, body=body, body_format="markdown")


def method_pages(method: Method) -> list[str]:
    pk = method.pk
    pages = ["", "versions/", "discussions/", "record.json", "card.md", "code.svg"]
    return [
        method.get_absolute_url(),
        method.thread.get_absolute_url() if method.thread else "",
        f"/m/{pk}/",
        *(f"/methods/{pk}/{page}" for page in pages),
        f"/changes/?stream=method:{pk}&since=0",
    ]


LISTS = [f"/search/?q={SOUGHT}", "/methods/", f"/methods/?q={SOUGHT}", "/methods/methods.csv", "/", "/members/author/"]


def test_the_method_goes_with_its_thread(
    method: Method,
    client_of: Callable[[Member], Client],
    visitor: Client,
    outsider: Member,
    neighbour: Member,
    moderator: Member,
    open_house: Community,
    thread_in: Any,
    tmp_path: Any,
) -> None:
    assert method.thread is not None
    adapted = methods.adapt_method(
        author=neighbour, parent=method.versions.get(), community=open_house, card=soup(), body=None, why="Rain."
    )
    plan = planned(neighbour, block_of(method.versions.get()), community=open_house)
    other = thread_in(open_house)
    written(neighbour, other, f"See:\n\n/methods/{method.pk}/\n\nand [[The paper way]].")
    lists = [*LISTS, open_house.get_absolute_url(), plan.get_absolute_url(), f"{plan.get_absolute_url()}run-sheet/"]
    lists += [other.get_absolute_url(), f"/methods/comparison/?method={method.pk}"]
    browsers = [visitor, client_of(outsider), client_of(neighbour)]

    def told(browser: Client) -> set[str]:
        found = {page for page in method_pages(method) if browser.get(page, follow=True).status_code == 200}
        return found | {page for page in lists if _tells(browser, page)}

    def exported() -> str:
        call_command("export_methods", tmp_path / "all.jsonl", stdout=io.StringIO())
        return (tmp_path / "all.jsonl").read_text()

    before = [told(browser) for browser in browsers]
    for found in before:
        assert found >= {*method_pages(method), "/methods/", plan.get_absolute_url(), other.get_absolute_url()}
    assert SECRET in exported()
    assert visitor.get(f"/methods/{method.pk}/card.pdf").status_code == 200
    assert "Made from" in _read(visitor, adapted.get_absolute_url())
    streams = [
        f"method:{adapted.pk}",
        f"method:{method.pk}",
        f"plan:{plan.pk}",
        f"thread:{other.pk}",
        f"community:{open_house.pk}",
    ]
    heads = [changes.head_of(stream) for stream in streams]
    hide(method.thread, moderator)
    assert [told(browser) for browser in browsers] == [set()] * 3
    assert SECRET not in exported()
    assert visitor.get(f"/methods/{method.pk}/card.pdf").status_code == 404
    assert "Made from" not in _read(visitor, adapted.get_absolute_url())
    assert "not told yet" in _read(visitor, other.get_absolute_url())
    assert all(changes.head_of(stream) > head for stream, head in zip(streams, heads, strict=True))
    assert "Only they see this method." in _read(client_of(moderator), method.get_absolute_url())
    show(method.thread, moderator)
    assert [told(browser) for browser in browsers] == before


def _tells(browser: Client, page: str) -> bool:
    """The name itself may stand there as somebody typed it."""
    said = _read(browser, page)
    return SECRET in said or (page.startswith("/plans/") and "The paper way" in said)


def _read(browser: Client, page: str) -> str:
    return browser.get(page, follow=True, headers=ENGLISH).getvalue().decode()
