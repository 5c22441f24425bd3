"""The house's own template words."""

import datetime
import json
import re
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from forum.web.icons import ICONS

WHEN = datetime.datetime(2026, 11, 22, 23, 30, 15, 123456, tzinfo=datetime.UTC)


def printed(source: str, **context: object) -> str:
    return Template("{% load courtyard %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "23 November 2026, 00:30"),
        ("pl", "23 listopada 2026, 00:30"),
        ("de", "23. November 2026, 00:30"),
        ("uk", "23 листопада 2026 р., 00:30"),
    ],
)
def test_a_moment_is_the_same_for_every_reader_of_a_language(language: str, words: str) -> None:
    expected = f'<time datetime="2026-11-22T23:30:15Z">{words}</time>'
    for zone in ("Europe/Warsaw", "Asia/Tokyo"):
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            assert printed("{% moment when %}", when=WHEN) == expected


def test_a_day_is_no_hour() -> None:
    with translation.override("en"):
        assert printed('{% moment when "date" %}', when=WHEN) == '<time datetime="2026-11-23">23 November 2026</time>'
        assert printed("{% moment when %}", when=None) == ""


def test_icons_are_pictures_beside_words() -> None:
    for name in ICONS:
        picture = printed("{% icon name %}", name=name)
        assert picture.startswith("<svg")
        assert 'aria-hidden="true"' in picture


def test_words_are_json_in_every_language() -> None:
    for language in ("pl", "en", "de", "uk"):
        with translation.override(language):
            page = printed('{% once "components/_words.html" %}')
        block = re.search(r'<script type="application/json" id="words">(.*?)</script>', page, re.S)
        assert block
        assert json.loads(block[1])["now"]


@pytest.mark.parametrize(("reader", "shown"), [("de", "de"), ("uk", "en"), ("en", "en")])
def test_the_language_of_a_text_a_community_shows(reader: str, shown: str) -> None:
    with translation.override(reader):
        assert printed("{{ texts|language_of }}", texts={"pl": "Cześć", "de": "Hallo", "en": "Hello"}) == shown
        assert printed("{{ texts|language_of }}", texts={}) == ""
