"""Methods come in whole or not at all, once, and leave as they came."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Member
from forum.communities import actions as communities
from forum.methods import imports
from forum.models import Community, Method, MethodVersion, Thread
from tests.methods.cards import published

pytestmark = pytest.mark.django_db

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "methods.jsonl"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real methods are not beside this checkout")

LINE: dict[str, Any] = {
    "id": "shelf:bench",
    "source": "A shelf of ours",
    "licence": "CC-BY-SA-4.0",
    "attribution": "The people of the yard",
    "source_url": "https://shelf.example/bench",
    "lang": "de",
    "title": "Die Bank vor dem Haus",
    "summary": "Wer sich setzt, darf bleiben.",
    "purpose": "Damit man sich grüßt.",
    "category": ["Nachbarschaft"],
    "tags": ["Bank", "draußen"],
    "duration_raw": "ein Nachmittag",
    "duration_min": 120,
    "duration_max": 5000,
    "duration_basis": "per user",
    "group_min": None,
    "group_max": 12,
    "materials": ["eine Bank", {"name": "Farbe", "quantity": "2.5", "unit": "l", "optional": True}],
    "difficulty": 1,
    "steps": ["Die Bank <b>hinstellen</b>.", {"title": "Warten", "minutes_min": 10}],
    "body_markdown": "# So geht es\n\n> [!note] Ruhig\n\n<a href='https://x.example/' onclick='x()'>Hinsetzen</a>\n\n"
    "<div onclick='x()'>Aufstehen</div>\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "origin": [{"name": "Quelle unbekannt", "role": "tradition"}],
    "translations": None,
    "weather": {"any": True},
}


def file_of(tmp_path: Path, *lines: Any) -> Path:
    path = tmp_path / "in.jsonl"
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    return path


def take_in(path: Path, community: Community) -> str:
    out = io.StringIO()
    call_command("import_methods", str(path), community=community.slug, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def written_out(tmp_path: Path, community: Community | None = None) -> bytes:
    path = tmp_path / "out.jsonl"
    more = {"community": community.slug} if community else {}
    call_command("export_methods", str(path), stdout=io.StringIO(), **more)
    return path.read_bytes()


def test_a_line_becomes_a_card_with_its_credit_rights_and_thread(
    visitor: Client, open_house: Community, tmp_path: Path
) -> None:
    assert "1 new methods, 0 there already, 0 skipped" in take_in(file_of(tmp_path, LINE), open_house)
    method = Method.objects.get()
    page = visitor.get(method.get_absolute_url()).content.decode()
    for words in ("Die Bank vor dem Haus", "The people of the yard", "https://shelf.example/bench", "Quelle unbekannt"):
        assert words in page
    assert "creativecommons.org/licenses/by-sa/4.0" in page
    assert '<a href="https://x.example/" rel="nofollow ugc noopener">Hinsetzen</a>' in page
    assert "Aufstehen" in page
    assert "&lt;" not in page
    assert "onclick" not in page
    assert "Die Bank hinstellen." in page
    assert method.minutes_max == 5000
    assert visitor.get(method.thread.get_absolute_url()).status_code == 200
    assert method.author.is_house


def test_twice_is_once_and_a_change_stays(open_house: Community, tmp_path: Path) -> None:
    path = file_of(tmp_path, LINE)
    take_in(path, open_house)
    Method.objects.update(title="Changed here")
    assert "0 new methods, 1 there already" in take_in(path, open_house)
    assert Method.objects.get().title == "Changed here"
    assert Thread.objects.count() == 1


def test_the_same_line_may_stand_in_two_communities(
    open_house: Community, closed_house: Community, tmp_path: Path
) -> None:
    path = file_of(tmp_path, LINE)
    take_in(path, open_house)
    take_in(path, closed_house)
    assert Method.objects.filter(import_key="shelf:bench").count() == 2
    assert len(written_out(tmp_path, closed_house).splitlines()) == 1


def test_out_and_in_and_out_is_the_same_to_the_byte(
    author: Member, open_house: Community, closed_house: Community, tmp_path: Path
) -> None:
    published(author, open_house, body="Long **told**.", tags=("soup",))
    take_in(file_of(tmp_path, LINE, LINE | {"id": "shelf:2", "licence": "read-only"}), open_house)
    first = written_out(tmp_path, open_house)
    (tmp_path / "first.jsonl").write_bytes(first)
    assert "3 new methods" in take_in(tmp_path / "first.jsonl", closed_house)
    assert written_out(tmp_path, closed_house) == first
    assert [json.loads(line)["id"] for line in first.splitlines()][1:] == ["shelf:bench", "shelf:2"]


def test_what_was_written_here_does_not_come_back_as_a_second_one(
    author: Member, open_house: Community, tmp_path: Path
) -> None:
    published(author, open_house)
    written_out(tmp_path)
    assert "0 new methods, 1 there already" in take_in(tmp_path / "out.jsonl", open_house)


ODD: dict[str, Any] = {
    "no object": "[1]",
    "no JSON": "{",
    "no id": LINE | {"id": ""},
    "a number for an id": LINE | {"id": 5},
    "no title": LINE | {"title": " "},
    "a title of 301": LINE | {"title": "x" * 301},
    "a title that is a list": LINE | {"title": ["x"]},
    "rights nobody knows": LINE | {"licence": "all mine"},
    "rights that are a list": LINE | {"licence": ["CC0-1.0"]},
    "a language nobody knows": LINE | {"lang": "tlh-Latn"},
    "less than nobody": LINE | {"group_min": -1},
    "more than a database counts": LINE | {"group_max": 10**30},
    "a step of words and numbers": LINE | {"steps": [{"text": 5}]},
    "a step with a stranger": LINE | {"steps": [{"sound": "x"}]},
    "a thing without words": LINE | {"materials": [None]},
    "tags of numbers": LINE | {"tags": [1]},
    "a summary that is a list": LINE | {"summary": ["x"]},
    "half a character": '{"id": "x", "title": "\\ud800", "licence": "CC0-1.0", "lang": "de"}',
    "the character 0": LINE | {"category": ["a\0b"]},
    "no number": '{"id": "x", "title": "x", "licence": "CC0-1.0", "lang": "de", "weight": NaN}',
    "a body beyond all": LINE | {"body_markdown": "x" * 100_001},
}


@pytest.mark.parametrize("about", ODD)
def test_what_cannot_be_taken_is_said_and_the_rest_comes(about: str, open_house: Community, tmp_path: Path) -> None:
    good = LINE | {"id": "shelf:good"}
    report = take_in(file_of(tmp_path, ODD[about], good), open_house)
    assert "1 new methods, 0 there already, 1 skipped" in report
    assert "(line 1" in report
    assert [*Method.objects.values_list("import_key", flat=True)] == ["shelf:good"]
    assert MethodVersion.objects.count() == Thread.objects.count() == 1


PASSING: dict[str, Any] = {
    "weather nobody asks for": {"weather": {"rain": [1, None]}},
    "a choice we do not have": {"purposes": ["world-peace"]},
    "how far nobody was": {"maturity": "legendary and beyond"},
    "a cost in shells": {"cost_band": "a basket of shells"},
    "access in other words": {"access": [{"key": "wings", "answer": "yes"}]},
    "an address that runs": {"origin": [{"name": "x", "url": "javascript:alert(1)"}]},
    "a word of 300": {"tags": ["x" * 300]},
    "thirty steps": {"steps": [{"text": "x" * 500}] * 60},
    "a long body": {"body_markdown": "Words. " * 14_000},
    "a flood of links": {"body_markdown": "[a](https://x.example/) " * 3_000},
    "markup": {"title": "<script>alert(1)</script>", "attribution": "<img src=x onerror=alert(1)>"},
    "nothing but what must be": dict.fromkeys(set(LINE) - {"id", "title", "licence", "lang"}),
}


@pytest.mark.parametrize("about", PASSING)
def test_what_does_not_fit_a_field_is_kept_and_harmless(
    about: str, visitor: Client, open_house: Community, closed_house: Community, tmp_path: Path
) -> None:
    assert "1 new methods" in take_in(file_of(tmp_path, LINE | PASSING[about]), open_house)
    page = visitor.get(Method.objects.get().get_absolute_url()).content.decode()
    for bad in ("javascript:", "<script>alert", "<img src=x"):
        assert bad not in page
    first = written_out(tmp_path, open_house)
    for name, value in PASSING[about].items():
        if name not in {"steps", "title"}:
            assert json.loads(first).get(name) == value
    (tmp_path / "first.jsonl").write_bytes(first)
    take_in(tmp_path / "first.jsonl", closed_house)
    assert written_out(tmp_path, closed_house) == first


def test_an_import_that_was_killed_goes_on(
    open_house: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(tmp_path, *[LINE | {"id": f"shelf:{n}"} for n in range(5)])
    monkeypatch.setattr(imports, "BATCH", 2)
    keep: Callable[..., Any] = imports.keep_version

    def dying(method: Method, *rest: Any) -> MethodVersion:
        if method.import_key == "shelf:3":
            raise KeyboardInterrupt
        return keep(method, *rest)

    monkeypatch.setattr(imports, "keep_version", dying)
    with pytest.raises(KeyboardInterrupt):
        take_in(path, open_house)
    assert Method.objects.count() == Thread.objects.count() == 2
    monkeypatch.setattr(imports, "keep_version", keep)
    assert "3 new methods, 2 there already" in take_in(path, open_house)
    assert not Method.objects.filter(thread=None).exists()


def test_a_closed_community_takes_nothing_in(steward: Member, open_house: Community, tmp_path: Path) -> None:
    communities.close_community(by=steward, community=open_house, reason="It is done.")
    with pytest.raises(CommandError, match="closed"):
        take_in(file_of(tmp_path, LINE), open_house)
    assert not Method.objects.exists()


def test_names_of_nothing_are_said(open_house: Community, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no-such"):
        call_command("import_methods", str(file_of(tmp_path, LINE)), community="no-such")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_methods", str(tmp_path / "nothing"), community=open_house.slug)
    with pytest.raises(CommandError, match="no-such"):
        call_command("export_methods", str(tmp_path / "out"), community="no-such")


@needs_real
def test_all_the_real_ones_come_in_and_go_round(open_house: Community, closed_house: Community, tmp_path: Path) -> None:
    assert "222 new methods, 0 there already, 0 skipped" in take_in(REAL, open_house)
    first = written_out(tmp_path, open_house)
    (tmp_path / "first.jsonl").write_bytes(first)
    assert "222 new methods" in take_in(tmp_path / "first.jsonl", closed_house)
    assert written_out(tmp_path, closed_house) == first
    real = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    back = [json.loads(line) for line in first.splitlines()]
    kept = ("id", "licence", "attribution", "source", "source_url", "lang", "title", "body_markdown", "duration_raw")
    assert [[line[name] for name in kept] for line in back] == [[line[name] for name in kept] for line in real]


@needs_real
def test_the_real_ones_can_all_be_opened(visitor: Client, open_house: Community) -> None:
    take_in(REAL, open_house)
    for method in Method.objects.order_by("pk")[::20]:
        assert visitor.get(method.get_absolute_url()).status_code == 200
    assert "0 new methods, 222 there already" in take_in(REAL, open_house)


def test_markdown_files_come_back(visitor: Client, open_house: Community, author: Member, tmp_path: Path) -> None:
    take_in(file_of(tmp_path, LINE, LINE | {"id": "shelf:2", "title": "Zwei"}), open_house)
    before = written_out(tmp_path, open_house)
    folder = tmp_path / "cards" / "inner"
    folder.mkdir(parents=True)
    for method in Method.objects.all():
        file = visitor.get(f"/methods/{method.pk}/card.md").content
        (folder / f"{method.pk}.md").write_bytes(file)
    (folder / "broken.md").write_text("no front matter", encoding="utf-8")
    (folder / "letters.md").write_bytes(b"\xff\xfe")
    (folder / "nan.md").write_text('---\nid: "x"\nweight: NaN\n---\n', encoding="utf-8")
    said = take_in(tmp_path / "cards", open_house)
    assert said.startswith("0 new methods, 2 there already, 3 skipped")
    assert "broken.md" in said
    MethodVersion.objects.all().delete()
    Method.objects.all().delete()
    Thread.objects.all().delete()
    assert take_in(tmp_path / "cards", open_house).startswith("2 new methods, 0 there already, 3 skipped")
    assert written_out(tmp_path, open_house) == before
    one = next(folder.glob("[0-9]*.md"))
    assert take_in(one, open_house).startswith("0 new methods, 1 there already, 0 skipped")
    with pytest.raises(CommandError):
        take_in(folder / "nowhere.md", open_house)
