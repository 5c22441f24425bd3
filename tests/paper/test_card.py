"""A method's card as PDF: read back, in three scripts, whole, and only for those who may see it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member
from forum.communities import actions as communities
from forum.methods import actions
from forum.methods.card import Access, Credit, Material, Step
from forum.models import Community, Method, MethodVersion
from tests.methods.cards import published
from tests.paper.reading import Sheet, solid

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]

#: language -> title, words of every step, the label of the steps
TOLD = {
    "pl": ("Zażółć gęślą jaźń", ["Zapukaj do każdych drzwi.", "Źdźbło, ósemka, ćma, świt."], "Przebieg"),
    "de": ("Grüße über den Hof", ["Äpfel schälen, Öl heiß machen.", "Große Straße, Übergröße."], "So geht es"),
    "uk": ("Їжак, ґанок і щастя", ["Запросіть сусідів на подвір’я.", "Єдина їжа — ґречка."], "Як це відбувається"),
}
STEPS = tuple(
    Step(title=f"Step number {n}", text="so " * 79 + "on.", minutes_min=n, minutes_max=n + 5) for n in range(8)
)


def sheet(client: Client, method: Method, form: str = "a4") -> Sheet:
    answer = client.get(f"/methods/{method.pk}/card.pdf?format={form}")
    assert answer.status_code == 200, answer.content[:2000]
    assert answer["Content-Type"] == "application/pdf"
    return Sheet(answer.content)


@pytest.mark.parametrize("form", ["a4", "large", "cards"])
@pytest.mark.parametrize("language", TOLD)
def test_a_card_prints_in_its_own_language(
    language: str, form: str, visitor: Client, author: Member, open_house: Community
) -> None:
    """Whatever the reader's: labels, letters, title and language of the document."""
    title, words, how = TOLD[language]
    steps = tuple(Step(title=f"{title} {n}", text=text, minutes_min=15) for n, text in enumerate(words))
    method = published(author, open_house, title=title, language=language, steps=steps)
    read = sheet(visitor, method, form)
    read.check(title, language)
    for step in steps:
        assert step.title in read
        assert step.text in read
    assert read.names.count("/H1") == 1
    assert {"/P", "/Figure"} <= set(read.names)
    alts = [said["/Alt"] for name, said in read.tags if name == "/Figure"]
    assert len(alts) == 1
    assert f"/m/{method.pk}/" in alts[0]
    assert f"/m/{method.pk}/" in read
    if form != "cards":
        assert how in read
        assert {"/H2", "/L", "/LI", "/LBody"} <= set(read.names)


def test_a_card_within_the_budgets_is_one_page(visitor: Client, author: Member, open_house: Community) -> None:
    method = published(author, open_house, steps=STEPS, purpose="So that " * 49 + "it fits.", summary="A word. " * 35)
    read = sheet(visitor, method)
    assert len(read.pages) == 1
    assert all(step.text in read for step in STEPS)


def test_everything_a_card_says_stands_on_it(visitor: Client, author: Member, open_house: Community) -> None:
    method = published(
        author,
        open_house,
        body="### Before\n\nKnock **twice**, then [read](https://example.org/knocking).\n\n- tea\n- bread\n\n> Come in",
        invitation="What do you bring?",
        materials=(Material(quantity="20", unit="l", name="pot"), Material(name="salt", optional=True, note="coarse")),
        access=(Access(key="seated", answer="depends", note="with chairs"),),
        risks="The pot is hot.\nAnd heavy.",
        consent=("photo",),
        credits=(Credit(name="Grandmother", year=1953, url="https://example.org/soup"),),
    )
    read = sheet(visitor, method)
    for words in (
        *("Before", "Knock twice, then read (example.org/knocking).", "tea", "bread", "Come in", "What do you bring?"),
        *("20 l pot", "salt (coarse, optional)", "can be done seated: it depends (with chairs)", "And heavy."),
        *("photos and recordings", "Grandmother (1953), example.org/soup", "by Author", "Open house", "6–30 people"),
        *("You may change and reuse this if you name its author and share alike (CC-BY-SA-4.0).", "version 1,"),
    ):
        assert words in read, words
    assert "/H3" in read.names
    assert "For members" not in read


def test_a_long_card_goes_on_with_its_pages_numbered(visitor: Client, author: Member, open_house: Community) -> None:
    """As long as an imported one may be: nothing is cut, and where it goes on is said."""
    method = published(author, open_house, steps=STEPS)
    version = MethodVersion.objects.get(method=method)
    words = [f"words{n}" for n in range(11_000)]
    version.html = "".join(f"<p>{' '.join(words[n : n + 100])}</p>" for n in range(0, 11_000, 100))
    assert len(version.html) > 100_000
    version.save()
    read = sheet(visitor, method)
    count = len(read.pages)
    assert count > 10
    assert f"page {count} of {count}" in read.pages[-1]
    assert "page 2 of" in read.pages[1]
    assert set(words) <= set(read.words.split())


def test_cards_to_cut_say_where_the_rest_is(visitor: Client, author: Member, open_house: Community) -> None:
    """Four on one page, the same for a screen reader once; too long, they name the steps."""
    method = published(author, open_house, steps=STEPS)
    read = sheet(visitor, method, "cards")
    assert len(read.pages) == 1
    assert read.words.count("This is not all of it. The full text is online:") == 4
    assert read.words.count(f"/m/{method.pk}/") == 4
    assert read.words.count("Step number 7") == 4
    assert read.names.count("/H1") == read.names.count("/Figure") == 1
    short = published(author, open_house, title="Short", steps=(Step(text="Say hello to everyone."),))
    read = sheet(visitor, short, "cards")
    assert "This is not all of it" not in read
    assert read.words.count("Say hello to everyone.") == 4


def test_the_largest_print_is_large(visitor: Client, author: Member, open_house: Community) -> None:
    sizes: list[float] = []
    body = "### A head\n\nSome `code` and a [link](https://example.org/x).\n\n| a | b |\n|---|---|\n| c | d |\n\n- e"
    method = published(author, open_house, body=body, tips="Salt.")
    for form, least in (("a4", 10), ("large", 16), ("cards", 10)):
        sizes.clear()
        for page in sheet(visitor, method, form).reader.pages:
            page.extract_text(
                visitor_text=lambda text, _cm, tm, _font, size: sizes.append(size) if text.strip() else None
            )
        assert min(sizes) >= least - 0.01, form


def test_rights_in_words(visitor: Client, author: Member, open_house: Community) -> None:
    said = {
        "CC-BY-NC-SA-4.0": "not for money",
        "CC0-1.0": "without conditions",
        "CC-BY-4.0": "in any way if you name its author",
        "read-only": "You may print this for yourself.",
    }
    for licence, words in said.items():
        method = published(author, open_house, licence=licence)
        assert words in sheet(visitor, method, "cards")


def test_a_members_card_says_so_and_prints_for_members_only(
    client_of: ClientOf, visitor: Client, author: Member, neighbour: Member, outsider: Member, closed_house: Community
) -> None:
    method = published(author, closed_house)
    for form in ("a4", "cards"):
        read = sheet(client_of(neighbour), method, form)
        assert "For members of Closed house only." in read
    for stranger in (visitor, client_of(outsider)):
        for tail in ("card.pdf", "card.pdf?format=large", "code.svg"):
            assert stranger.get(f"/methods/{method.pk}/{tail}").status_code == 404
        there, nowhere = stranger.get(f"/m/{method.pk}/"), stranger.get("/m/987654/")
        assert there.status_code == nowhere.status_code == 404
        assert method.title not in there.content.decode()
    assert client_of(neighbour).get(f"/m/{method.pk}/")["Location"] == method.get_absolute_url()
    leaving = client_of(neighbour)
    communities.remove_member(
        by=closed_house.memberships.get(role="steward").member, community=closed_house, member=neighbour, reason="x"
    )
    assert leaving.get(f"/methods/{method.pk}/card.pdf").status_code == 404


def test_an_adaptation_names_its_parent_to_those_who_may_see_it(
    client_of: ClientOf, visitor: Client, author: Member, neighbour: Member, open_house: Community
) -> None:
    parent = published(author, open_house)
    version = parent.versions.get()
    ours = actions.adapt_method(
        author=neighbour, parent=version, community=open_house, card=version.card, body=None, why="Less salt."
    )
    assert "Made from “Soup in the courtyard” by Author. Less salt." in sheet(visitor, ours)
    parent.thread.audience = "members"
    parent.thread.save()
    assert "Made from" not in sheet(visitor, ours)
    assert "Made from" in sheet(client_of(neighbour), ours)


def test_formats_that_do_not_exist(visitor: Client, author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    for form in ("a3", "", "../card", "A4"):
        assert visitor.get(f"/methods/{method.pk}/card.pdf", {"format": form}).status_code == 404
    assert visitor.post(f"/methods/{method.pk}/card.pdf").status_code == 405


def test_the_same_card_is_set_once(
    visitor: Client, author: Member, open_house: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked again it is not sent; changed, it is set anew."""
    from forum.paper import press

    method = published(author, open_house)
    sets: list[Any] = []
    real = press._set
    monkeypatch.setattr(press, "_set", lambda job: sets.append(1) or real(job))
    address = f"/methods/{method.pk}/card.pdf"
    first = visitor.get(address)
    assert visitor.get(address).content == first.content
    assert visitor.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert len(sets) == 1
    Member.objects.filter(pk=author.pk).update(display_name="Another name")
    again = visitor.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "by Another name" in Sheet(again.content)
    assert len(sets) == 2
    assert "private" in first["Cache-Control"]


def test_whoever_asks_too_often_waits(
    visitor: Client, client_of: ClientOf, author: Member, open_house: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.paper.answers.MOST_SHEETS", 1)
    method = published(author, open_house)
    for client in (visitor, client_of(author)):
        address = f"/methods/{method.pk}/card.pdf"
        assert client.get(address).status_code == 200
        answer = client.get(address)
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert method.get_absolute_url() in answer.content.decode()


def test_a_press_that_fails_says_a_way_on(
    visitor: Client, author: Member, open_house: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.paper.press.SECONDS", 0.001)
    answer = visitor.get(f"/methods/{published(author, open_house).pk}/card.pdf")
    assert answer.status_code == 503
    assert "from your browser" in answer.content.decode()


def test_the_page_leads_to_its_sheets(visitor: Client, author: Member, open_house: Community) -> None:
    method = published(author, open_house)
    page = visitor.get(method.get_absolute_url()).content.decode()
    for tail in ("card.pdf", "card.pdf?format=large", "card.pdf?format=cards", "code.svg"):
        assert f'/methods/{method.pk}/{tail}"' in page
    assert solid(f"/m/{method.pk}/") in solid(page)
    code = visitor.get(f"/methods/{method.pk}/code.svg")
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg")
    assert visitor.get(f"/m/{method.pk}/", follow=True).redirect_chain == [(method.get_absolute_url(), 302)]
