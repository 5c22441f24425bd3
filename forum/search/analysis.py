"""Words as the index knows them: found with or without their signs, and in another form of the same language.

A word gives its own letters ("łódź"), the same without signs ("lodz"), and its stem under the name of the text's
language ("pl·lodz"): a stem of one language never meets a word of another. Terms hold letters, digits and the dot
between alone, so that neither database finds anything in them to interpret.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import snowballstemmer

LONGEST_QUERY, MOST_WORDS = 200, 10
LONGEST_WORD = 60
MOST_PARTS = 4  # one Arabic sign is a whole sentence taken apart, with spaces in it
STEMMERS = {"pl": "polish", "de": "german", "en": "english"}  # there is none for Ukrainian

# Apostrophes and soft hyphens stand inside words: п'ять, neighbour's.
_INSIDE = "'’ʼ\u00ad\u200b\u2060"
_WORD = re.compile(rf"[^\W_]+(?:[{_INSIDE}][^\W_]+)*")
_NOTHING = dict.fromkeys(map(ord, _INSIDE))
_FOLD = str.maketrans({"ł": "l", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ı": "i", "ё": "е", "ґ": "г"})
# Letters of their own in Ukrainian; taking their dots away would make other words of them.
_KEPT = frozenset("їй")

_threads = threading.local()


def words_in(text: str) -> Iterator["re.Match[str]"]:
    """The words of a text in NFC."""
    return _WORD.finditer(text)


def terms(text: str, language: str) -> set[str]:
    """What a text of this language is found by."""
    found: set[str] = set()
    for word in set(_WORD.findall(unicodedata.normalize("NFC", text))):
        found |= terms_of(word, language)
    return found


@lru_cache(maxsize=50_000)
def terms_of(word: str, language: str) -> frozenset[str]:
    form = _form(word)
    found = {form, folded(form)}
    if language in STEMMERS:
        found.add(_stem(form, language))
    return frozenset(found)


def query(words: str) -> list[frozenset[str]]:
    """For each word looked for, the terms any of which will do: it may be of any language.

    Bounded before any work. Single letters (w, i, a) count only when there is nothing else.
    """
    text = unicodedata.normalize("NFC", words[:LONGEST_QUERY])
    forms = dict.fromkeys(_form(word) for word in _WORD.findall(text))
    long = [form for form in forms if len(form) > 1] or list(forms)
    return [
        frozenset({form, folded(form), *(_stem(form, language) for language in STEMMERS)}) for form in long[:MOST_WORDS]
    ]


def folded(form: str) -> str:
    return "".join(letter if letter in _KEPT else _plain(letter) for letter in form.translate(_FOLD))


def _plain(letter: str) -> str:
    parts = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
    return "".join(part for part in parts if part.isalnum()) if len(parts) <= MOST_PARTS else letter


def _form(word: str) -> str:
    return unicodedata.normalize("NFC", word.translate(_NOTHING).casefold())[:LONGEST_WORD]


def _stem(form: str, language: str) -> str:
    """One stemmer for each thread: they keep the word they work on."""
    stemmers: dict[str, Any] = _threads.__dict__
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(STEMMERS[language])
    return f"{language}·{folded(stemmers[language].stemWord(form))}"
