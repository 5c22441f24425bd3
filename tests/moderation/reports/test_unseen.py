"""What one may not see: no report of it tells that it exists. Who is reported never learns of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as mailbox
from django.test import Client

from accounts.models import Member
from forum.changes.models import Change
from forum.mail import sending
from forum.models import Case, Community, Letter, Post, Report
from forum.notifications.spreading import spread
from forum.threads import actions as threads
from tests.house.walk import without_traces
from tests.moderation.reports.helpers import reported, send, stamp, strangers

Clients = Callable[[Member], Client]
ABSENT = 987654


@pytest.mark.parametrize("signed_in", [True, False])
def test_unseen_and_absent_get_the_same_answer(
    signed_in: bool, closed_post: Post, outsider: Member, visitor: Client, client_of: Clients
) -> None:
    browser = client_of(outsider) if signed_in else visitor
    asked = [browser.get(f"/reports/new/?about=post:{pk}") for pk in (closed_post.pk, ABSENT)]
    assert asked[0].status_code == 404
    assert without_traces(asked[0], f"post:{closed_post.pk}") == without_traces(asked[1], f"post:{ABSENT}")
    one = stamp()
    typed = []
    for pk in (closed_post.pk, ABSENT):
        address = f"http://localhost:8000/posts/{pk}/"
        answer = send(browser, strangers(closed_post, address=address, stamp=one))
        assert answer.status_code == 422
        assert "we find nothing that you can see" in answer.content.decode()
        typed.append(without_traces(answer, address))
    assert typed[0] == typed[1]
    assert not Case.objects.exists()
    assert not Letter.objects.exists()


def test_a_deleted_post_is_nothing_either(post: Post, author: Member, visitor: Client) -> None:
    threads.delete_post(by=author, post=post)
    assert send(visitor, strangers(post)).status_code == 422


@pytest.mark.parametrize("about", ["post:0", "post:x", "post:" + "9" * 400, "picture:1", "plan:1", ":", "member:\0"])
def test_nonsense_is_nothing(about: str, visitor: Client, db: None) -> None:
    assert visitor.get("/reports/new/", {"about": about}).status_code == 404


def test_a_guessed_link_is_nothing(post: Post, visitor: Client) -> None:
    row, token = reported(post)
    page = visitor.get(f"/reports/{token}/")
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    for guess in (row.digest, row.submission, row.pk, token[:-1], token + "a", token.swapcase()):
        assert visitor.get(f"/reports/{guess}/").status_code == 404
    assert token not in row.digest


def everything_of(member: Member, browser: Client, post: Post, house: Community) -> dict[str, Any]:
    """All that reaches somebody of their post: pages, the streams they may follow, notices, mail."""
    places = ["/", "/notifications/", "/drafts/", "/search/?q=word", house.get_absolute_url()]
    places += [post.thread.get_absolute_url(), f"/posts/{post.pk}/options/", f"/posts/{post.pk}/revisions/"]
    places += [member.get_absolute_url(), f"{house.get_absolute_url()}members/", "/accounts/profile/"]
    keys = [f"member:{member.pk}", f"thread:{post.thread_id}"]
    keys += [f"{kind}:{house.pk}" for kind in ("community", "house", "inside")]
    places += [f"/changes/?stream={key}&since=0" for key in keys]
    found: dict[str, Any] = {place: without_traces(browser.get(place)) for place in places}
    found["streams"] = list(Change.objects.filter(stream__key__in=keys).values_list("pk", flat=True))
    return found | {"letters": Letter.objects.filter(member=member).count()}


def test_the_reported_person_never_learns_of_it(
    post: Post, author: Member, neighbour: Member, moderator: Member, outsider: Member, client_of: Clients
) -> None:
    browser, house = client_of(author), post.thread.community
    spread()
    everything_of(author, browser, post, house)  # the first visit leaves marks of its own
    before = everything_of(author, browser, post, house)
    for member in (neighbour, None):  # a third would fold it, which its author is told
        reported(post, member)
    spread()
    assert sending.send_due()
    assert everything_of(author, browser, post, house) == before
    assert not any(author.email in each.to for each in mailbox.outbox)
    assert client_of(moderator).get(f"/reports/new/?about=post:{post.pk}").status_code == 200


def test_the_reporter_is_named_to_nobody(post: Post, neighbour: Member) -> None:
    row, token = reported(post, neighbour)
    page = Client().get(f"/reports/{token}/").content.decode()
    assert "Neighbour" not in page
    assert "Zqwords" not in page
    sending.send_due()
    others = [each for each in mailbox.outbox if neighbour.email not in each.to]
    assert others
    assert not any("Neighbour" in each.body + each.subject for each in others)
    assert Report.objects.get() == row
