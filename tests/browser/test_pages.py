"""Every page there is: axe finds nothing by day and by night, on a phone and on a desk; nothing scrolls sideways."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import Member
from forum import log
from forum.communities import actions as communities
from forum.communities.models import Community
from forum.drafts.actions import keep_draft
from forum.methods.actions import adapt_method, tell_try, wish_card
from forum.models import Case, HeldText, Report, Thread
from forum.moderation.authorities.actions import record_order
from forum.moderation.decisions.tokens import token_of
from forum.moderation.prevention import actions as prevention
from forum.moderation.rulebook.actions import change_rules
from forum.moderation.rulebook.house import house_clauses
from forum.moderation.rulebook.written import Written
from forum.notifications import actions as choices
from forum.notifications.spreading import spread
from forum.plans.actions import name_planner
from forum.plans.outline import Block
from forum.threads import actions
from forum.threads.holding.actions import publish_reply
from forum.threads.moving.actions import split_thread
from tests.browser.conftest import Visit
from tests.browser.equality import words
from tests.cast import person
from tests.house.walk import asked_by_mail, asked_to_move, lay_desk, told_of, warn
from tests.methods.cards import published, soup
from tests.methods.test_pictures import pictured
from tests.methods.translated import said
from tests.plans.plans import planned, soup_block

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
LAST_YEAR = timezone.now().year - 1
RUN_AXE = """
options => axe.run(document, {resultTypes: ["violations"], ...options}).then(({violations}) => violations.map(
  ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html, any}) => html.slice(0, 160) + " | "
    + (any[0]?.message ?? "")).join("; ")} (${nodes.length})`))
"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
TOO_WIDE = """
() => document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 3).map(each => each.outerHTML.slice(0, 120))
"""


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, at both widths and in both lights."""
    found = []
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    if not page.title().strip(" ·") or page.title().startswith(" ·"):
        found.append(f"title {page.title()!r}")
    if page.locator("html").get_attribute("lang") != "en":
        found.append("lang")
    page.evaluate(AXE_SCRIPT)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        where = f"{size['width']} px"
        page.emulate_media(color_scheme="light")
        found += [f"{where}, by day: {each}" for each in page.evaluate(RUN_AXE, {})]
        page.emulate_media(color_scheme="dark")
        found += [f"{where}, by night: {each}" for each in page.evaluate(RUN_AXE, CONTRAST)]
    found += [f"wider than 320 px: {each}" for each in page.evaluate(TOO_WIDE)]
    return found


def routes(patterns: Any, outer: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """(name, parameters) of every address but the admin's."""
    for pattern in patterns:
        parameters = outer | pattern.pattern.converters.keys()
        if isinstance(pattern, URLPattern):
            yield pattern.name, parameters
        elif pattern.namespace != "admin":
            yield from routes(pattern.url_patterns, parameters)


ROUTES = dict(routes(get_resolver().url_patterns))
#: Reached on the way through signing in only: test_the_pages_of_signing_in walks them.
ON_THE_WAY = {
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_email_verification_sent",
    "account_reauthenticate",
    *("mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_deactivate_totp", "mfa_edit_webauthn"),
    *("mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "second_factor"),  # these of second factors: test_passkeys
    "account_set_password",  # only for somebody who has none
    "report_complaint",  # for who reported, once it is decided
    "community_request",  # for somebody who is not in yet: test_pages_in_other_states
}
#: Deeds, documents, and addresses that lead to another.
NO_PAGES = {
    *("mfa_download_recovery_codes", "mfa_login_webauthn"),
    *("changes", "draft", "healthz", "mentions", "method_names", "picture", "pictures", "readyz"),
    *("community_duty_away_removal", "community_duty_turn"),
    *("community_answer", "community_invitation_withdrawal", "community_membership", "community_reopening"),
    *(
        "community_request_withdrawal",
        "community_section_position",
        "draft-deletion",
        "language",
        "preview",
        "reactions",
    ),
    *("read_marks", "reply", "theme", "thread_unlock", "thread_unpin", "show_try"),
    *("thread_unslow", "thread_unconclude", "chosen_threads", "undo"),
    *("post", "post_quote", "post_reply", "thread_address", "method_address", "try"),
    *("method_markdown", "method_record", "methods_sheet", "method_pdf", "method_code", "method_short"),
    *("thread_split", "move_request_completion", "move_request_withdrawal"),
    "check_translation",
    "card_wishes",
    *("plan_pdf", "plan_code", "plan_short"),
    *("plan_address", "plan_calendar", "plan_shopping_sheet", "planner_removal"),
    *("held_release", "held_return", "held_withdrawal", "guard", "watchword_retirement"),
    *("new_decision", "complain"),  # for a moderator with what it is about, for an addressee: in other states
    *("notices_read", "person_muting", "section_following", "thread_following"),
    *("figures_csv", "figures_json", "published_figures_csv", "published_figures_json"),
    *("trust_ending", "report_finding"),
    *("desk_next", "case_claim", "case_release", "case_assignment", "case_notes"),
    *("complaint_claim", "complaint_release", "complaint_assignment", "complaint_notes"),
}


@pytest.fixture
def town(
    open_house: Community, thread_in: Any, outsider: Member, steward: Member, author: Member, moderator: Member
) -> dict[str, Any]:
    """A community with something of everything in it, and what stands for the parameters of addresses."""
    Community.objects.filter(pk=open_house.pk).update(joining="request")
    open_house.refresh_from_db()
    asked = communities.ask_to_join(member=outsider, community=open_house, note="I live around the corner.")
    token = communities.invite(by=steward, community=open_house, email="new@cast.example")
    invitation = open_house.invitations.get()
    thread = thread_in(open_house, 3)
    rich = f">>{thread.posts.get(number=1).pk}.1\n\nYes, @author.\n\n- tea\n- a [map](https://example.org/)\n\n"
    rich += "### Where\n\n" + "Donaudampfschifffahrtsgesellschaft" * 4 + "\n\n> their words\n\n`" + "x" * 90 + "`"
    post = actions.reply(author=steward, thread=thread, body=words(rich))
    actions.edit_post(editor=steward, post=post, body=words(rich + "\n\nAnd more."), based_on=1)
    actions.delete_post(by=author, post=thread.posts.get(number=2))
    actions.react(member=author, post=post, kind="thanks")
    locked = thread_in(open_house, 2, "Locked " + "Straßenbahnhaltestelle" * 3)
    actions.lock_thread(by=steward, thread=locked, reason="Everything is said.")
    actions.pin_thread(by=steward, thread=locked, reason="Read this.")
    actions.slow_thread(by=steward, thread=locked, minutes=15, reason="Breathe.")
    actions.conclude_thread(by=steward, thread=locked, body=words("### Friday\n\nBy @author."), based_on=0)
    keep_draft(member=steward, place=f"thread:{thread.pk}", title="", body="Half a thought", body_format="markdown")
    section = open_house.sections.get()
    title = "Soup by the " + "Straßenbahnhaltestelle" * 2
    method = published(steward, open_house, title=title, language="en", pictures=(pictured(steward),))
    told = tell_try(
        member=steward,
        version=method.versions.get(),
        month=date(2025, 5, 1),
        people=14,
        again="yes",
        sentence="It rained.",
    )
    adapted = adapt_method(
        author=author,
        parent=method.versions.get(),
        community=open_house,
        card=soup(title="Tea"),
        body=None,
        why="Cold.",
    )
    assert adapted.parent
    wish = wish_card(member=author, post=post)
    move = asked_to_move(thread, {"moderator": author, "author": steward, "neighbour": outsider})
    keep_draft(member=steward, place=f"tell:{steward.pk}", body="We sat on the stairs. Then we ate.\n\n" + "x" * 90)
    soups = soup_block(steward, open_house)
    parts = (replace(soups, track="A", note="The key."), replace(soups, track="B", minutes=None), Block(is_break=True))
    plan = planned(steward, *parts, community=open_house, day=date(2025, 5, 1), minutes=30, people=14, venue="x" * 90)
    name_planner(by=steward, plan=plan, member=author)
    held = waiting_text(steward, author, thread)
    order = ruled(open_house, thread, steward)
    warning = warn(thread.posts.get(number=3), moderator, "Straßenbahnhaltestelle" * 3)
    case, complaint, reply = lay_desk(thread.posts.get(number=1), "Donaudampfschifffahrt", steward)
    spread()  # the steward and the author have notices
    choices.follow(member=steward, topic="thread", pk=thread.pk, how="watch")
    choices.mute_person(member=steward, person=outsider)
    return {
        "slug": open_house.slug,
        "house": open_house,
        "thread": thread,
        "locked": locked,
        "post": post,
        "method": method,
        "plan": plan,
        "token": token,
        "key": "skill",
        "tokens": dict.fromkeys(("mailed_question", "question_mail_stop"), asked_by_mail(method))
        | {"report": told_of(thread, outsider)}
        | dict.fromkeys(("statement", "complain_by_token"), token_of(warning)),
        "username": "author",
        "language": said(method, author).translation.language,
        "pk": {"community_answer": asked.pk, "community_invitation_withdrawal": invitation.pk}
        | {name: section.pk for name in ROUTES if name.startswith("community_section")}
        | {name: plan.pk for name in ROUTES if name and "plan" in name}
        | {
            name: method.pk
            for name in ROUTES
            if "method" in name or name in {"new_try", "question", "remove_picture", "remove_translation"}
        }
        | dict.fromkeys(("edit_try", "hide_try", "withdraw_try"), told.pk)
        | {"wish": wish.pk, "held_text": held.pk, "order": order, "complaint": warning.complaints.get().pk}
        | {"move_request": move.pk}
        | dict.fromkeys(("decision", "reverse_decision", "complain"), warning.pk)
        | {"desk_request": asked.pk, "saved_reply": reply, "saved_reply_removal": reply}
        | {"desk_case": case, "desk_complaint": complaint},
        "number": 1,
        "year": LAST_YEAR,
    }


def waiting_text(steward: Member, author: Member, thread: Any) -> HeldText:
    watched = {"kind": "words", "pattern": "buy now", "effect": "hold"}
    prevention.add_watchword(by=steward, community=thread.community, **watched)
    held = publish_reply(author=author, thread=thread, body=words("Buy now, @author, " + "x" * 90))
    assert isinstance(held, HeldText)
    return held


def ruled(house: Community, thread: Thread, steward: Member) -> int:
    """Rules in two versions, an entry of the log, and (its id) an order of an authority; there since last year."""
    Community.objects.filter(pk=house.pk).update(created_at=timezone.now().replace(year=LAST_YEAR, day=1))
    clauses = [*house_clauses()[:2], Written({"en": "x" * 90}, {"pl": "Długo. " * 40})]
    said = {"note": "Shorter.", "is_significant": True, "based_on": 1}
    change_rules(by=steward, community=house, clauses=clauses, **said)
    case = Case.objects.create(thread=thread, community=house)
    Report.objects.create(case=case, ground="insult", language="en", digest="d", at=timezone.now())
    log.enter("thread.locked", by=steward, community=house.pk, words="Everything is said.", thread=thread)
    said = {"authority": "Court", "reference": "II K 7", "demand": "act", "demands": "Take it down."}
    return int(record_order(by=steward, community=house, issued_on=date(2025, 5, 1), **said).pk)


def address(name: str, town: dict[str, Any]) -> str:
    values: dict[str, Any] = {}
    for parameter in ROUTES[name]:
        if parameter == "pk":
            of_thread = "thread" in name or name in {"reply", "read_marks"}
            values["pk"] = town["pk"].get(name) or town["thread" if of_thread else "post"].pk
        elif name in {"thread", "method", "plan"}:
            values["slug"] = town[name].slug
        elif parameter == "token":
            values["token"] = town["tokens"].get(name, town["token"])
        elif parameter == "place":
            values["place"] = f"thread:{town['thread'].pk}"
        else:
            values[parameter] = town[parameter]
    return reverse(name, kwargs=values)


def walk(visit: Visit, addresses: dict[str, str], wrong: dict[str, list[str]]) -> set[str]:
    """Opens each; returns the names of those that are pages. One that leads elsewhere is none."""
    pages = set()
    page = visit.open("/")
    for name, where in addresses.items():
        answer = visit.context.request.get(visit.url + where, max_redirects=0)
        if answer.status != 200 or "html" not in answer.headers["content-type"]:
            continue
        page.set_viewport_size(DESK)
        page.goto(visit.url + where, wait_until="domcontentloaded")
        pages.add(name)
        if found := faults(page):
            wrong[name] = found
    return pages


PARTS = 4  # a page waits for its turn at a busy machine: several short tests rather than one long one


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(part: int, town: dict[str, Any], steward: Member, look: Callable[..., Visit]) -> None:
    """As a steward and administrator, and where that is no page, as a visitor."""
    Member.objects.filter(pk=steward.pk).update(is_staff=True)
    names = sorted(ROUTES.keys() - ON_THE_WAY - NO_PAGES)[part::PARTS]
    addresses = {name: address(name, town) for name in names}
    wrong: dict[str, list[str]] = {}
    pages = walk(look(steward), addresses, wrong)
    rest = {name: where for name, where in addresses.items() if name not in pages or name in {"home", "thread"}}
    pages |= walk(look(), rest, wrong)
    assert wrong == {}
    assert pages == set(names)


def test_pages_in_other_states(
    town: dict[str, Any], look: Callable[..., Visit], outsider: Member, author: Member, moderator: Member
) -> None:
    """What is not at an address of its own: nothing found, closed, locked, refused, the door of a community."""
    wrong: dict[str, list[str]] = {}
    thread, house = town["thread"], town["house"]
    stranger = look(outsider)
    walk(stranger, {"an outsider's community": house.get_absolute_url(), "home without a community": "/"}, wrong)
    assert walk(look(person("newcomer")), {"asking to join": f"/communities/{house.slug}/request/"}, wrong)
    choosing = f"{house.get_absolute_url()}?select=1"
    moderating = look(town["post"].author)
    assert walk(moderating, {"choosing threads": choosing, "managed": town["locked"].get_absolute_url()}, wrong)
    member = look(author)
    walk(member, {"locked": town["locked"].get_absolute_url(), "empty drafts": "/drafts/"}, wrong)
    for name, visit in {"not found, signed in": member, "not found": look()}.items():
        page = visit.open("/threads/9999999/nothing/")
        wrong |= {name: found} if (found := faults(page)) else {}
    warned = {name: f"/decisions/{town['pk']['decision']}/{name}" for name in ("", "complaint/")}
    assert walk(member, warned, wrong) == {*warned}
    judge = look(moderator)
    assert walk(judge, {"deciding": f"/decisions/new/?about=post:{thread.posts.get(number=1).pk}"}, wrong)
    page = judge.open(f"/decisions/new/?about=post:{thread.posts.get(number=1).pk}")
    for shown in ("pause", "reword"):
        page.locator(f"[name=act][value={shown}]").check()
        wrong |= {shown: found} if (found := faults(page)) else {}
    post, into = town["post"], town["locked"]
    split_thread(by=post.author, thread=into, posts=[into.posts.get(number=2).pk], into=thread, reason="x" * 90)
    chosen = {
        "choosing posts": f"{thread.get_absolute_url()}?select=1",
        "splitting": f"/threads/{thread.pk}/split/?post={post.pk}",
    }
    walk(look(post.author), {**chosen, "a line where posts were": into.get_absolute_url()}, wrong)
    page = member.open(thread.get_absolute_url())
    page.locator("textarea[name=body]").focus()
    page.locator("[role=textbox]").wait_for()
    wrong |= {"the editor": found} if (found := faults(page)) else {}
    communities.close_community(by=town["post"].author, community=house, reason="The project ended.")
    walk(member, {"closed": house.get_absolute_url(), "a closed thread": thread.get_absolute_url()}, wrong)
    assert wrong == {}


def test_texts_that_came_back(town: dict[str, Any], visit: Callable[..., Visit], author: Member) -> None:
    """Without JavaScript, as with it: an empty text, a preview, an edit that met another, a session that ended."""
    wrong: dict[str, list[str]] = {}
    here = visit(author)
    thread = town["thread"]
    page = here.open(thread.get_absolute_url())
    form = "document.querySelector('form#reply')"
    steps = {
        "empty": f"{form}.submit()",
        "preview": f"{form}.body.value = '### Half a *thought*'; {form}.action = '/preview/'; {form}.submit()",
    }
    for name, step in steps.items():
        page.goto(here.url + thread.get_absolute_url(), wait_until="domcontentloaded")
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.evaluate(step)
        wrong |= {name: found} if (found := faults(page)) else {}
    post = thread.posts.get(number=1)
    page.goto(f"{here.url}/posts/{post.pk}/edit/", wait_until="domcontentloaded")
    actions.edit_post(editor=author, post=post, body=words("Another beginning."), based_on=1)
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.evaluate(
            "const form = document.querySelector('form#edit'); form.body.value = 'A third one.'; form.submit()"
        )
    wrong |= {"two versions": found} if (found := faults(page)) else {}
    page.goto(here.url + thread.get_absolute_url(), wait_until="domcontentloaded")
    here.context.clear_cookies()
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.evaluate(f"{form}.body.value = 'What I wanted to say'; {form}.submit()")
    assert "What I wanted to say" in page.content()
    wrong |= {"kept": found} if (found := faults(page)) else {}
    assert wrong == {}


def mailed(address: str) -> str:
    """The newest code mailed to this address."""
    files = sorted(Path(settings.VAR_DIR, "mail").glob(f"*-{address}.eml"))
    text = files[-1].read_text().split("\n\n", 1)[1]
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", text, re.MULTILINE)
    assert found, text
    return found[1]


def test_the_pages_of_signing_in(author: Member, visit: Callable[..., Visit]) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=author, email=author.email, verified=True, primary=True)
    wrong: dict[str, list[str]] = {}

    def look_at(name: str, page: Page) -> None:
        page.wait_for_load_state("domcontentloaded")
        if found := faults(page):
            wrong[name] = found
        page.set_viewport_size(DESK)

    page = visit().open("/accounts/signup/")
    page.get_by_role("main").get_by_role("button").last.click()
    page.get_by_label("Your name").fill("Nela Nowak")
    page.get_by_label(re.compile("mail")).fill("nela@cast.example")
    page.locator("input[type=password]").fill("a-very-good-password")
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_url("**/confirm-email/")
    look_at("the code that was mailed", page)
    page = visit().open("/accounts/login/code/")
    page.get_by_label(re.compile("mail")).fill(author.email)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/code/confirm/")
    look_at("the code to sign in with", page)
    page = visit().open("/accounts/password/reset/")
    page.get_by_label(re.compile("mail")).fill(author.email)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/reset/confirm/")
    look_at("the code for a new password", page)
    page.get_by_role("main").get_by_role("textbox").fill(mailed(author.email))
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/reset/complete/")
    look_at("a new password", page)
    page = visit(author).open("/accounts/email/")
    if "reauthenticate" in page.url:
        look_at("reauthentication", page)
    assert wrong == {}, json.dumps(wrong, indent=1)
