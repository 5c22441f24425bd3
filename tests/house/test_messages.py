"""What the site says: whole in every language, in the right forms, with nothing on a page left in English."""

import ast
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.db.models import Value
from django.db.models.functions import Concat
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from accounts.models import Member
from forum.models import Community
from tests.accounts.factors import with_app
from tools import messages

OTHERS = ("pl", "de", "uk")
LAW = re.compile(r"Digital Services (Act|Coordinator)|European Union|(?:in )?Ukraine|Lifeline")  # names
SHOUTED, TITLED = re.compile(r"!"), re.compile(r"[a-z] (?!Polish)[A-Z][a-z]")  # a language has a capital


def texts_of(message: Message | None) -> list[str]:
    said = message.string if message else ""
    return [said] if isinstance(said, str) else list(said)


def sources_of(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def test_nothing_is_missing() -> None:
    assert messages.check() == []


def test_nothing_is_shouted_nor_written_like_a_title() -> None:
    ours = [text for message in messages.collect() for text in sources_of(message)]
    english = ours + [text for message in messages.load("en") if message.id for text in texts_of(message)]
    english = [LAW.sub("", text) for text in english]
    assert [text for text in english if SHOUTED.search(text) or TITLED.search(text)] == []
    for language in OTHERS:
        said = [text for message in messages.load(language) if message.id for text in texts_of(message)]
        assert [text for text in said if SHOUTED.search(text)] == []


def test_a_hole_in_a_catalogue_is_found() -> None:
    found = {
        problem
        for said in ("", "%(name)s", "%(nom)s: %(n)s", "Alles")
        for problem in messages.complaints(Message("%(name)s has %(n)s", said), "de", 2)
    }
    assert {problem.split(": ")[1] for problem in found} == {
        "missing",
        "a value is left out",
        "places for values differ",
    }
    assert list(messages.complaints(Message(("one", "many"), ("jeden", "dużo")), "pl", 3))
    assert list(messages.complaints(Message("one", "eins", flags={"fuzzy"}), "de", 2))


@pytest.mark.parametrize(
    ("count", "replies", "new"),
    [
        (1, "1 odpowiedź", "1 nowy wpis"),
        (2, "2 odpowiedzi", "2 nowe wpisy"),
        (5, "5 odpowiedzi", "5 nowych wpisów"),
        (12, "12 odpowiedzi", "12 nowych wpisów"),
        (22, "22 odpowiedzi", "22 nowe wpisy"),
    ],
)
def test_polish_counts(count: int, replies: str, new: str) -> None:
    with translation.override("pl"):
        counted = render_to_string("threads/_count.html", {"thread": SimpleNamespace(replies=count)})
        row = translation.ngettext("%(new)s new", "%(new)s new", count) % {"new": count}
    assert (f">{replies}<" in counted, row) == (True, new), counted


@pytest.mark.parametrize(("count", "replies"), [(1, "1 відповідь"), (3, "3 відповіді"), (11, "11 відповідей")])
def test_ukrainian_counts(count: int, replies: str) -> None:
    with translation.override("uk"):
        assert replies in render_to_string("threads/_count.html", {"thread": SimpleNamespace(replies=count)})


class Said(HTMLParser):
    """Every text of a page, and what screen readers are told."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language, self.silent = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.silent = tag in {"script", "style"}
        self.language = named.get("lang") or "" if tag == "html" else self.language
        self.texts += [named[name] or "" for name in ("aria-label", "alt", "title", "placeholder") if name in named]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


def english_of(language: str) -> Iterator[str]:
    """English texts, up to their first value, that no page in this language may show; as patterns."""
    libraries = messages.load("en")
    for message in messages.load(language):
        if not message.id:
            continue
        source = sources_of(message)
        for text in source + texts_of(libraries.get(source[0], message.context)):
            beginning = messages.PLACE.split(text)[0].strip()
            if len(beginning) > 3 and not any(said.startswith(beginning) for said in texts_of(message)):
                yield re.escape(beginning) + r"(?!\w)" if messages.PLACE.search(text) else re.escape(text) + ":?$"


@pytest.fixture
def pages(
    open_house: Community, thread_in: Any, neighbour: Member, client_of: Callable[[Member], Client]
) -> list[tuple[Client, str]]:
    """Who looks at what. The cast is called otherwise here: "Steward" is an English word of ours."""
    thread = thread_in(open_house, 3)
    Member.objects.update(display_name=Concat(Value("Wanda X"), "pk"))
    house = open_house.get_absolute_url()
    everyone = ["/", "/communities/", house, thread.get_absolute_url()]
    members = [f"{house}threads/new/", f"{house}members/", "/drafts/", neighbour.get_absolute_url()]
    account = ["/accounts/profile/", "/accounts/email/", "/accounts/password/change/", "/accounts/sessions/"]
    account += ["/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/2fa/reauthenticate/"]
    with_app(neighbour)
    entrance = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/"]
    visitor, member = Client(), client_of(neighbour)
    seen_by = {visitor: [*everyone, *entrance], member: [*everyone, *members, *account]}
    return [(browser, address) for browser, addresses in seen_by.items() for address in addresses]


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left(language: str, pages: list[tuple[Client, str]]) -> None:
    english = re.compile("|".join(set(english_of(language))))
    for browser, address in pages:
        left = {}
        for tried in (language, "en"):
            answer = browser.get(address, headers={"accept-language": tried})
            assert answer.status_code == 200, address
            page = Said(answer.content.decode())
            assert page.language == tried
            left[tried] = {text for text in page.texts if english.match(text)} - {"English"}  # its name, in the menu
        assert left[language] == set(), address
        assert left["en"], address  # it would have been seen


def test_english_pages_say_it_in_our_words(pages: list[tuple[Client, str]]) -> None:
    for browser, address in pages:
        said = Said(browser.get(address, headers={"accept-language": "en"}).content.decode())
        assert [text for text in said.texts if re.search(r"\b(Sign|Log|Email|Password) [A-Z][a-z]", text)] == []


GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext"}


def asked_inside(source: str) -> list[int]:
    """The lines where words are asked for inside an f-string: before Python 3.12 its inside is one token, and nothing
    in it comes into a catalogue."""
    strings = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    calls = {node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)}
    named = [(call.lineno, getattr(call.func, "id", getattr(call.func, "attr", ""))) for call in calls]
    return sorted(line for line, name in named if name.removesuffix("_lazy") in GETTEXT)


def test_no_words_are_asked_for_inside_an_f_string() -> None:
    assert asked_inside('x = f"{a}"\ny = _("b")\nz = f"<p>{escape(translation.ngettext_lazy(1, 2, 3))}</p>"') == [3]
    paths = [path for name in messages.PACKAGES for path in (messages.ROOT / name).rglob("*.py")]
    assert [(path.name, line) for path in paths for line in asked_inside(path.read_text(encoding="utf-8"))] == []
