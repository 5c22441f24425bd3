"""For every action: the page as it was, with its changes, is the page loaded afresh. Compared as people see it, in a
browser, as each of those who may look."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from forum import changes, text
from forum.communities import actions as communities
from forum.communities.models import Community
from forum.threads import actions
from forum.threads.moving import actions as moving
from tests.browser.conftest import PATIENCE, Visit
from tests.browser.equality import ON_COMMUNITIES, ON_DECISIONS, ON_THREADS, UNSEEN, Case, Stage
from tests.browser.equality_moving import ON_MOVING

CASES = ON_THREADS + ON_MOVING + ON_COMMUNITIES + ON_DECISIONS
REGIONS = {
    "thread": [
        *("#thread-head", "#thread-state", "#thread-conclusion", "#thread-tools", "#thread-act", "#thread-readers"),
        *("#posts", "#pager", "#count", "#composer"),
    ],
    "list": ["#community-head", "#list-bar", "#threads", "#list-pager"],
    "members": ["#members"],
    "requests": ["#requests"],
    "directory": ["#my-communities"],
    "home": ["#my-communities"],
}
#: The regions without what the page itself fills in (times), what differs from form to form (hidden inputs), and
#: whether a new post waits to be shown. Of #posts the articles: the line "new since" belongs to one visit.
NORMAL = """
regions => Object.fromEntries(regions.map(region => {
  const found = region === "#posts" ? [...document.querySelectorAll("#posts > article")]
    : [...document.querySelectorAll(region)];
  return [region, found.map(element => {
    const copy = element.cloneNode(true);
    for (const each of [copy, ...copy.querySelectorAll("*")]) {
      if (each.matches("time")) { each.textContent = ""; each.removeAttribute("title"); }
      if (each.matches("input[type=hidden]")) each.removeAttribute("value");
      if (each.matches("article")) each.removeAttribute("hidden");
    }
    return copy.outerHTML.replace(/\\s+/g, " ").replaceAll("> <", "><");
  })];
}))
"""
SEEN = """
heads => Object.entries(heads).every(([stream, head]) => {
  const element = document.querySelector(`[data-follow="${stream}"]`);
  return !element || Number(element.dataset.since) >= head;
})
"""


@pytest.fixture
def stage(request: Any, case: Case, cast: dict[str, Member], outsider: Member, thread_in: Any) -> Stage:
    house = request.getfixturevalue(case.house)
    stage = Stage(house, thread_in(house, case.posts), {**cast, "outsider": outsider})
    case.prepare(stage)
    stage.thread.refresh_from_db()
    return stage


def address(case: Case, stage: Stage) -> str:
    house = stage.house.get_absolute_url()
    page, _, query = case.page.partition("?")
    places = {
        "thread": stage.thread.get_absolute_url(),
        "list": house,
        "members": f"{house}members/",
        "requests": f"{house}requests/",
        "directory": "/communities/",
        "home": "/",
    }
    return places[page] + (f"?{query}" if query else "")


def normal(page: Page, case: Case) -> dict[str, list[str]]:
    return page.evaluate(NORMAL, REGIONS[case.page.partition("?")[0]])


def followed(page: Page) -> list[str]:
    return page.evaluate("() => [...document.querySelectorAll('[data-follow]')].map(each => each.dataset.follow)")


def becomes(page: Page, case: Case, wanted: dict[str, list[str]]) -> None:
    """Everything the page follows has arrived, and then (a region asked for again takes a moment) it is as wanted."""
    page.wait_for_function(SEEN, arg={stream: changes.head_of(stream) for stream in followed(page)})
    tries = PATIENCE // 3 // 100
    for _ in range(tries):
        shown = normal(page, case)
        if shown == wanted:
            return
        page.wait_for_timeout(100)
    assert shown == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_page_and_its_changes_are_the_page(case: Case, stage: Stage, look: Callable[..., Visit]) -> None:
    where = address(case, stage)
    visits = {name: look(stage.people.get(name)) for name in case.viewers}
    pages = {name: each.open(where) for name, each in visits.items()}
    before = {name: normal(page, case) for name, page in pages.items()}
    case.act(stage)
    moved = []
    for name, page in pages.items():
        fresh = visits[name].open(page.url)
        wanted = normal(fresh, case)
        visits[name].idle.append(fresh)
        becomes(page, case, wanted)
        moved += [name] if wanted != before[name] else []
        assert visits[name].complaints == []
    assert moved == list(case.viewers)


def test_every_action_is_in_the_table() -> None:
    wanted = set(actions.__all__) | set(moving.__all__) | set(communities.__all__)
    wanted |= {case.verb for case in ON_DECISIONS}  # what they hide, hides by the verbs of hiding
    assert wanted == {case.verb for case in CASES} | UNSEEN.keys()


def test_who_comes_in_hears_what_members_hear(
    closed_house: Community, outsider: Member, neighbour: Member, thread_in: Any, look: Callable[..., Visit]
) -> None:
    """The page was opened outside: it begins to follow what only members may."""
    thread = thread_in(closed_house)
    Community.objects.filter(pk=closed_house.pk).update(audience="anyone", joining="open")
    visit = look(outsider)
    page = visit.open(closed_house.get_absolute_url())
    expect(page.locator(f"#thread-{thread.pk}")).to_have_count(0)
    communities.join(member=outsider, community=Community.objects.get(pk=closed_house.pk))
    expect(page.locator(f"#thread-{thread.pk}")).to_be_visible()
    actions.reply(author=neighbour, thread=thread, body=text.clean("Between us.", "markdown"))
    expect(page.locator(f"#thread-{thread.pk} .thread-count")).to_contain_text("1 reply")
    assert visit.complaints == []
