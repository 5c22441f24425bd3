"""Words in the reader's language, and words for addresses."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from django.utils.text import slugify
from django.utils.translation import get_language

_FOLD = str.maketrans({"ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "ø": "o", "đ": "d"})

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"
# Where letters with signs are letters of their own. In German and English they stand with their plain ones.
_ALPHABETS = {"pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż" + _CYRILLIC, "uk": _CYRILLIC + _LATIN}
_SILENT = frozenset("'’ʼ\"„”“.")

#: letters by their place in the alphabet, then signs, then capitals
CollationKey = tuple[tuple[int, ...], str, str]


def in_my_language(texts: Mapping[str, str]) -> str:
    """The text in the active language, else in English, else in whichever language there is one."""
    for code in (get_language() or "", "en", "pl"):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


def address_words(text: str) -> str:
    """ASCII words for an address, `-` where nothing is left (Ukrainian titles): always a valid path segment."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLD)).encode("ascii", "ignore").decode()
    return slugify(plain)[:60].strip("-") or "-"


def collation_key(text: str, language: str | None = None) -> CollationKey:
    """For `sorted`: names as readers of the language (the active one unless said) look for them: in Polish "Łódź"
    after "Luboń", in German "Ö" at "O".

    Written here, for names alone: the pure-Python collation library knows no language's own alphabet and is unkept
    since 2017, and ICU is 18 MB of a stranger's build.
    """
    places = _places(language or get_language() or "en")
    letters = unicodedata.normalize("NFC", text).casefold()
    weights: list[int] = []
    for letter in letters:
        if letter not in _SILENT:
            plain = letter if letter in places else _plain(letter)
            weights += [places.get(part, len(places) + ord(part)) for part in plain]
    return tuple(weights), letters, text.swapcase()


@cache
def _places(language: str) -> dict[str, int]:
    alphabet = _ALPHABETS.get(language, _LATIN + _CYRILLIC)
    return {letter: place for place, letter in enumerate(" -0123456789" + alphabet)}


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.translate(_FOLD))
    return "".join(part for part in parts if not unicodedata.combining(part))
