"""Names stand where a reader of the language looks for them."""

import pytest
from django.utils import translation

from forum.web.language import collation_key

ORDERED = {
    "pl": [
        "Ada",
        "Ądam",
        "Celina",
        "Ćma",
        "Lidia",
        "Luiza",
        "Łucja",
        "Muller",
        "Müller",
        "Óla",
        "Zofia",
        "Źródło",
        "Żaneta",
    ],
    "de": [
        "Apfel",
        "Äpfel",
        "Apfelbaum",
        "Lodz",
        "Łódź",
        "Luft",
        "Oder",
        "Ödön",
        "Ofen",
        "Strassburg",
        "Straße",
        "Zug",
    ],
    "uk": ["Галина", "Ґанна", "Дячук", "Єва", "Іван", "Ївга", "Йосип", "Шур", "Щур", "Юлія", "Ярина", "Anna"],
    "en": ["2 Anna", "anna", "Anna", "Anna Maria", "Annabel", "Łódź", "Lund", "Zoë", "Іван"],
}


@pytest.mark.parametrize("language", ORDERED)
def test_order(language: str) -> None:
    mixed = ORDERED[language][::-1]
    assert sorted(mixed, key=lambda name: collation_key(name, language)) == ORDERED[language]


def test_the_active_language_counts_unless_another_is_said() -> None:
    with translation.override("pl"):
        assert sorted(["Łódź", "Luboń"], key=collation_key) == ["Luboń", "Łódź"]
        assert sorted(["Luft", "Łódź"], key=lambda name: collation_key(name, "de")) == ["Łódź", "Luft"]


@pytest.mark.parametrize("name", ["", " ", "\u202eevil", "🙂", "ﬁn", "İstanbul", "\u0301"])
def test_strange_names_have_a_place_too(name: str) -> None:
    assert sorted([name, "Anna"], key=collation_key)


def test_an_apostrophe_or_a_quotation_mark_moves_nobody() -> None:
    names = ["Дяченко", "Д’яченко", "Дячук"]
    assert sorted(names, key=lambda name: collation_key(name, "uk"))[-1] == "Дячук"
