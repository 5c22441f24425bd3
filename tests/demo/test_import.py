"""Contributions from elsewhere: good lines in, bad lines named, nothing twice."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Member
from forum.changes.models import Change
from forum.communities.models import Closing
from forum.models import Membership, Post, Revision, Thread

pytestmark = pytest.mark.django_db
REAL = project.BASE_DIR.parent / "shared" / "data" / "discussion.jsonl"


def line(number: int = 1, **fields: object) -> dict[str, object]:
    return {
        "source": "made_up",
        "source_id": f"M{number}",
        "lang": "de",
        "title": f"Bank am Fluss {number}",
        "text": "Eine Bank wäre schön.\n\nUnd ein Baum <b>daneben</b>.",
        "created": "2017-09-13T08:28:28+02:00",
        "url": f"https://example.org/beitrag/{number}",
        "categories": ["benches"],
        **fields,
    }


@pytest.fixture
def run(tmp_path, open_house):
    """Imports lines (dicts, text or bytes) into the open house; answers the report."""

    def run(*lines: dict[str, object] | str | bytes, **options: str) -> str:
        path, out = tmp_path / "contributions.jsonl", io.StringIO()
        raw = (each if isinstance(each, bytes) else _text(each).encode() for each in lines)
        path.write_bytes(b"\n".join(raw) + b"\n")
        call_command(
            "import_discussion", str(path), community=open_house.slug, stdout=out, stderr=io.StringIO(), **options
        )
        return out.getvalue()

    return run


def _text(each: dict[str, object] | str) -> str:
    return each if isinstance(each, str) else json.dumps(each)


def test_a_contribution_becomes_a_thread_with_one_post(run, open_house, visitor, mailoutbox):
    assert "1 new threads, 0 there already, 0 skipped" in run(line())
    thread = Thread.objects.get()
    post = thread.posts.get()
    assert (thread.title, thread.language, thread.last_number) == ("Bank am Fluss 1", "de", 1)
    assert thread.started_at == thread.last_at == post.published_at == datetime(2017, 9, 13, 6, 28, 28, tzinfo=UTC)
    assert post.source_url == "https://example.org/beitrag/1"
    assert post.html == "<p>Eine Bank wäre schön.</p><p>Und ein Baum &lt;b&gt;daneben&lt;/b&gt;.</p>"
    assert post.audience == thread.audience == open_house.audience
    assert Revision.objects.get().html == post.html
    assert not mailoutbox
    page = visitor.get(thread.get_absolute_url()).content.decode()
    assert "https://example.org/beitrag/1" in page
    assert "Bürgerdialog (import)" in page


def test_the_author_is_an_account_nobody_signs_in_to(run, open_house):
    run(line(), credit="Thanks to the people of the dialogue.")
    run(line(2), credit="Thanks to the people of the dialogue.")
    author = Member.objects.get(is_house=True)
    assert author.display_name == "Bürgerdialog (import)"
    assert not author.has_usable_password()
    assert author.bio.count("Thanks to the people") == 1
    assert not Membership.objects.filter(member=author).exists()


def test_one_refresh_at_the_end_and_none_for_nothing(run, open_house):
    many = [line(n) for n in range(600)]
    run(*many)
    changes = Change.objects.filter(stream=f"community:{open_house.pk}")
    assert [change.kind for change in changes] == ["threads.imported"]
    run(*many)
    assert changes.count() == 1
    assert not Change.objects.exclude(stream=f"community:{open_house.pk}").exists()


def test_again_is_nothing_new_and_later_lines_are_added(run):
    run(line(1), line(2))
    assert "0 new threads, 2 there already" in run(line(1), line(2))
    assert "1 new threads, 2 there already" in run(line(1), line(2), line(3))
    assert "0 new threads, 1 there already" in run(line(1, title="Another title", url="https://example.org/new"))
    assert Thread.objects.count() == 3


def test_a_twin_in_the_same_file_is_one(run):
    assert "1 new threads, 1 there already" in run(line(1), line(1))


def test_without_a_number_the_address_tells_it_apart(run):
    run(line(1, source_id=None), line(2, source_id=""), line(1, source_id=None))
    assert Thread.objects.count() == 2


BAD = {
    "not JSON": '{"title": "half a line',
    "not an object": "[1, 2]",
    "not UTF-8": b'{"title": "\xff\xfe"}',
    "no title": {**line(), "title": None},
    "no text": {key: value for key, value in line().items() if key != "text"},
    "no created": {**line(), "created": None},
    "empty text": line(text=" \n "),
    "title is no text": line(title=["a", "list"]),
    "text is no text": line(text=17),
    "created is no text": line(created=20170913),
    "created is no date and time": line(created="thirteenth of September"),
    "created before 1990": line(created="0001-01-01T00:00:00+02:00"),
    "created in the future": line(created="9999-12-31T23:59:59-12:00"),
    "url is no web address (http or https)": line(url="javascript:alert(1)"),
    "url longer than 500 characters": line(url="https://example.org/" + "a" * 500),
    "lang is no language code": line(lang="Deutsch, glaube ich"),
    "source is no text": line(source={}),
    "source_id is neither text nor a number": line(source_id=[1]),
    "neither source_id nor url, so it could not be recognised again": line(source_id=None, url=None),
    "longer than 1,000,000 bytes": line(text="ü" * 1_000_000),
    "the text was refused": line(text="word " * 8_000),
}


@pytest.mark.parametrize("reason", list(BAD))
def test_a_bad_line_is_named_and_stops_nothing(run, reason):
    report = run(line(1), BAD[reason], "", line(2))
    assert "2 new threads, 0 there already, 1 skipped" in report
    assert f"skipped 1: {reason}" in report
    assert "(line 2)" in report
    assert Thread.objects.count() == Post.objects.count() == 2


def test_many_bad_lines_are_counted_by_reason(run):
    report = run(*(['{"broken'] * 30), line(1))
    assert "skipped 30: not JSON (line 1, 2, 3," in report
    assert "and 10 more)" in report


@pytest.mark.parametrize(
    "raw",
    ["[" * 200_000, '{"a": ' * 50_000, "1" * 10_000, "NaN", '"\\ud800"', "\x00", "null", "\u2028"],
    ids=["deep list", "deep object", "long number", "NaN", "half a character", "NUL", "null", "separator"],
)
def test_strange_lines_never_break_out(run, raw):
    run(raw, line(1), raw)
    assert Thread.objects.count() == 1


def test_signs_that_cannot_be_stored_are_dropped(run):
    run(line(title="Bank\u0000 am \ud800Fluss\u202e", text="Eine\u0000 \udfffBank.\u202e"))
    thread = Thread.objects.get()
    assert thread.title == "Bank am Fluss"
    assert thread.posts.get().html == "<p>Eine Bank.</p>"
    assert "\x00" not in thread.posts.get().source


def test_markup_in_fields_stays_words(run, visitor):
    run(line(title="<script>alert(1)</script>", text='<img src=x onerror="alert(1)"> **not bold** 1. not a list'))
    thread = Thread.objects.get()
    assert "**not bold** 1. not a list" in thread.posts.get().html
    page = visitor.get(thread.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_long_title_is_cut_at_a_word_and_stands_in_the_text(run):
    long = "Wort " * 60
    run(line(title=long))
    thread = Thread.objects.get()
    assert len(thread.title) <= 200
    assert thread.title.endswith("Wort …")
    assert long.strip() in thread.posts.get().html
    run(line(2, title="W" * 300))
    assert len(Thread.objects.latest("pk").title) <= 200


def test_an_empty_title_is_made_from_the_first_words(run):
    run(line(title="  ", text="Hier fehlt seit Jahren eine Bank, und zwar am Fluss, gleich neben der Brücke."))
    assert Thread.objects.get().title == "Hier fehlt seit Jahren eine Bank, und zwar am Fluss, …"


def test_other_spellings_are_understood(run):
    run("\ufeff" + json.dumps(line(1, lang="de-DE", created="2017-09-13 08:28")), line(2, lang=None, source_id=7))
    assert sorted(Thread.objects.values_list("language", flat=True)) == ["de", "und"]
    assert Thread.objects.get(language="de").started_at == datetime(2017, 9, 13, 6, 28, tzinfo=UTC)


def test_wrong_file_wrong_community_closed_community(tmp_path, open_house, steward):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_discussion", str(tmp_path / "absent"), community=open_house.slug)
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(line()))
    with pytest.raises(CommandError, match="open-house"):
        call_command("import_discussion", str(path), community="no-such")
    Closing.objects.create(community=open_house, by=steward)
    with pytest.raises(CommandError):
        call_command("import_discussion", str(path), community=open_house.slug)
    assert not Thread.objects.exists()


def test_broken_off_keeps_what_was_taken_in_and_goes_on_later(run, open_house, monkeypatch):
    from forum.management.commands import import_discussion as command

    real = command.contribution

    def contribution(raw: bytes):
        if b"M260" in raw:
            raise KeyboardInterrupt
        return real(raw)

    monkeypatch.setattr(command, "contribution", contribution)
    many = [line(n) for n in range(300)]
    with pytest.raises(KeyboardInterrupt):
        run(*many)
    assert Thread.objects.count() == 250
    assert Change.objects.get().kind == "threads.imported"
    monkeypatch.setattr(command, "contribution", real)
    assert "50 new threads, 250 there already" in run(*many)


@pytest.mark.skipif(
    not REAL.exists(), reason="the real file is not beside the project: ../shared/data/discussion.jsonl"
)
def test_the_real_file(open_house, visitor):
    out, started = io.StringIO(), timezone.now()
    call_command("import_discussion", str(Path(REAL)), community=open_house.slug, stdout=out, stderr=io.StringIO())
    assert "3108 new threads, 0 there already, 0 skipped" in out.getvalue()
    assert (timezone.now() - started).total_seconds() < 120
    assert Post.objects.filter(language="de").exclude(source_url="").count() == 3108
    assert visitor.get(open_house.get_absolute_url()).status_code == 200
