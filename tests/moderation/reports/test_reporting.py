"""Reporting: two clicks for members, one page for anybody else."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as mailbox
from django.test import Client

from accounts.models import Member
from forum import text
from forum.files.actions import keep_picture
from forum.mail import sending
from forum.methods.actions import tell_try
from forum.models import Call, Case, Letter, LogEntry, Post, Report
from forum.moderation.reports import guards, rules
from forum.moderation.reports.addresses import about_of
from forum.moderation.reports.tokens import token_of
from forum.threads import actions as threads
from tests.cast import person
from tests.house.walk import tiny_png
from tests.methods.cards import published
from tests.moderation.reports.helpers import address_of, reported, send, stamp, strangers

Clients = Callable[[Member], Client]


def test_a_member_reports_with_two_clicks(post: Post, neighbour: Member, client_of: Clients) -> None:
    browser = client_of(neighbour)
    assert f"/reports/new/?about=post:{post.pk}" in browser.get(f"/posts/{post.pk}/options/").content.decode()
    page = browser.get(f"/reports/new/?about=post:{post.pk}")
    form = page.context["form"]
    hidden = {field.html_name: field.value() for field in form.hidden_fields()}
    answer = browser.post(page.wsgi_request.get_full_path(), {**hidden, "ground": "insult"}, follow=True)
    assert "Your report has arrived" in answer.content.decode()
    (row,) = Report.objects.all()
    assert (row.member, row.ground, row.words, row.revision) == (neighbour, "insult", "", post.revision)
    assert (row.case.post, row.case.community) == (post, post.thread.community)
    entry = LogEntry.objects.get(kind="case.opened")
    assert (entry.by, entry.case, entry.words, entry.more) == (None, row.case, "", {})


def test_the_receipt_is_mailed_at_once_without_a_word_of_it(post: Post, visitor: Client) -> None:
    assert send(visitor, strangers(post)).status_code == 302
    sending.send_due()
    receipt = next(each for each in mailbox.outbox if each.to == ["nela@elsewhere.example"])
    assert f"/reports/{token_of(Report.objects.get())}/" in receipt.body
    assert "neighbour names" not in receipt.body
    assert "Nela" not in receipt.body


def test_without_an_account_the_reasons_are_asked(post: Post, visitor: Client) -> None:
    answer = send(visitor, {"address": address_of(post), "words": "Because.", "stamp": stamp()})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"ground", "name", "email", "is_good_faith"}
    assert "Because." in answer.content.decode()
    assert not Case.objects.exists()
    answer = send(visitor, strangers(post, is_good_faith=""))
    assert set(answer.context["form"].errors) == {"is_good_faith"}
    answer = visitor.get(f"/reports/new/?about=post:{post.pk}")
    assert address_of(post) in answer.content.decode()
    answer = send(visitor, strangers(post))
    assert visitor.get(answer["Location"]).status_code == 200
    row = Report.objects.get()
    assert (row.member, row.name, row.email, row.is_good_faith) == (None, "Nela Nowak", "nela@elsewhere.example", True)


def test_nobody_need_say_who_they_are_about_the_abuse_of_children(post: Post, visitor: Client) -> None:
    answer = send(visitor, strangers(post, name="", email="", ground="minors"))
    assert answer.status_code == 302
    assert not Letter.objects.filter(kind="report.receipt").exists()
    assert "Keep the address of this page" in visitor.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"website": "http://buy.example"}, "stay empty"),
        ({"stamp": "made-up"}, "stood open for long"),
        ({"stamp": ""}, "stood open for long"),
        ({"quick": True}, "very quick"),
    ],
)
def test_machines_are_asked_again_and_people_just_send_again(
    changed: dict[str, Any], words: str, post: Post, visitor: Client
) -> None:
    changed = {"stamp": stamp(0)} if changed.pop("quick", False) else changed
    answer = send(visitor, strangers(post, **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "calls my neighbour names" in page
    assert "buy.example" not in page
    assert not Report.objects.exists()
    assert guards.stamp_of(answer.context["stamp"])


def test_ones_own_is_refused_kindly(post: Post, author: Member, client_of: Clients) -> None:
    browser, about = client_of(author), f"post:{post.pk}"
    page = browser.get(f"/reports/new/?about={about}").content.decode()
    assert "This is your own" in page
    assert 'name="ground"' not in page
    assert f"about={about}" not in browser.get(f"/posts/{post.pk}/options/").content.decode()
    answer = send(browser, {"address": address_of(post), "ground": "insult", "stamp": stamp()}, about)
    assert answer.status_code == 422
    assert "This is your own" in answer.content.decode()
    assert not Case.objects.exists()


def test_the_same_twice_is_once(post: Post, neighbour: Member, visitor: Client, client_of: Clients) -> None:
    fields = strangers(post)
    first, again = send(visitor, fields), send(visitor, fields)
    assert first["Location"] == again["Location"]
    assert Report.objects.count() == 1
    browser = client_of(neighbour)
    first = send(browser, {**fields, "stamp": stamp()}, f"post:{post.pk}")
    again = send(browser, {**fields, "stamp": stamp(), "ground": "hate"}, f"post:{post.pk}")
    assert first["Location"] == again["Location"]
    assert Report.objects.get(member=neighbour).ground == "insult"


def test_reports_of_one_thing_gather(post: Post, neighbour: Member, steward: Member, outsider: Member) -> None:
    cases = {reported(post, member)[0].case for member in (neighbour, outsider, steward, None)}
    assert len(cases) == 1
    assert LogEntry.objects.filter(kind="case.opened").count() == 1
    Case.objects.update(closed_at=post.published_at)
    assert reported(post, neighbour)[0].case not in cases


def test_limits(post: Post, visitor: Client, neighbour: Member, client_of: Clients) -> None:
    for _ in range(guards.MOST_FROM_ONE_ADDRESS):
        assert send(visitor, strangers(post)).status_code == 302
    answer = send(visitor, strangers(post, words="One more."))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "One more." in answer.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert send(elsewhere, strangers(post)).status_code == 302
    fields = {"address": address_of(post), "ground": "insult"}
    answers = [send(client_of(neighbour), fields).status_code for _ in range(guards.MOST_OF_A_MEMBER + 1)]
    assert answers[-2:] == [302, 429]


def test_to_one_typed_address_not_many_receipts(post: Post) -> None:
    for n in range(rules.MOST_MAILS_TO_ONE + 2):
        assert send(Client(REMOTE_ADDR=f"192.0.2.{n}"), strangers(post)).status_code == 302
    assert Letter.objects.filter(kind="report.receipt").count() == rules.MOST_MAILS_TO_ONE


def test_in_a_flood_strangers_are_held(post: Post, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "FLOOD", 0)
    assert send(visitor, strangers(post)).status_code == 302
    assert not Call.objects.exists()
    assert sending.send_due() == 0
    assert Letter.objects.get().kind == "report.receipt"


def test_everything_can_be_reported(
    post: Post, author: Member, neighbour: Member, client_of: Clients, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    browser, house = client_of(neighbour), post.thread.community
    picture = keep_picture(uploader=author, file=io.BytesIO(tiny_png()), size=10).pk
    words = text.clean(f"See ![tea](/pictures/{picture}/)", "markdown")
    shown = threads.reply(author=author, thread=post.thread, body=words)
    method = published(author, house, title="Soup", language="en")
    day = post.published_at.date()
    version = method.versions.get()
    told = tell_try(member=author, version=version, month=day, people=9, again="yes", sentence="It rained.")
    pages = {
        f"thread:{post.thread_id}": post.thread.get_absolute_url(),
        f"method:{method.pk}": method.get_absolute_url(),
        f"try:{told.pk}": method.get_absolute_url(),
        "member:author": "/members/author/",
        f"picture:{picture}": f"/reports/new/?about=post:{shown.pk}",
    }
    for about, where in pages.items():
        assert f"?about={about}" in browser.get(where).content.decode(), about
        page = browser.get(f"/reports/new/?about={about}")
        hidden = {field.html_name: field.value() for field in page.context["form"].hidden_fields()}
        fields = {name: value for name, value in hidden.items() if value is not None}
        assert send(browser, {**fields, "ground": "rights"}, about).status_code == 302, about
    assert {case.target_kind for case in Case.objects.all()} == {"thread", "method", "told", "person", "picture"}


@pytest.mark.parametrize(
    ("address", "about"),
    [
        ("http://localhost:8000/posts/5/", "post:5"),
        ("http://127.0.0.1:8000/posts/5/options/?x=1", "post:5"),
        ("localhost:8000/threads/12/soup/?from=21", "thread:12"),
        ("/threads/12/soup/#post-55", "post:55"),
        ("/methods/3/soup/#try-9", "try:9"),
        ("/tries/9/", "try:9"),
        ("/m/3/", "method:3"),
        ("/members/nela-nowak/", "member:nela-nowak"),
        ("https://elsewhere.example/posts/5/", ""),
        ("javascript:alert(1)//posts/5/", ""),
        ("http://[", ""),
        ("/posts/99999999999999999999/", ""),
        ("/c/open-house/", ""),
        ("", ""),
    ],
)
def test_addresses_lead_to_what_stands_there(address: str, about: str) -> None:
    assert about_of(address) == about


def test_newcomers_are_heard(post: Post, client_of: Clients) -> None:
    answer = send(client_of(person("newcomer", vouched_at=None)), strangers(post), f"post:{post.pk}")
    assert answer.status_code == 302
