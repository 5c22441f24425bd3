"""The house's own template words: `{% load courtyard %}`."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forum import text
from forum.web.icons import ICONS
from forum.web.language import in_my_language

register = template.Library()

# Django's own formats say "Nov. 22, 2026" in English; these readers are Europeans.
DAY = {"de": "j. F Y", "uk": "j E Y р."}
ELSEWHERE = "j E Y"


@register.filter("day")
def day_words(day: datetime.date) -> str:
    """ "21 June 2030", in the active language, its month declined."""
    return format_date(day, DAY.get(get_language() or "", ELSEWHERE))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline picture, hidden from screen readers: words stand beside it. KeyError for a name we do not have."""
    return ICONS[name]


@register.simple_tag
def moment(when: datetime.datetime | None, only: str = "") -> str:
    """A `<time>` whose words are the same for every reader of one language: in the site's zone, never "ago".

    The page's own module makes it relative and local. `{% moment when "date" %}` has no hour and stays as it is.
    """
    return _moment(when, only, get_language() or "en") if when else ""


@lru_cache(maxsize=8192)
def _moment(when: datetime.datetime, only: str, language: str) -> SafeString:
    local = when.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = format_date(local, DAY.get(language, ELSEWHERE))
    if only == "date":
        return format_html('<time datetime="{}">{}</time>', local.date().isoformat(), day)
    stamp = when.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return format_html('<time datetime="{}">{}, {}</time>', stamp, day, format_date(local, "H:i"))


@register.filter
def month(date: datetime.date) -> str:
    """A month inside a sentence: "April 2026", "kwiecień 2026"."""
    words = format_date(date, "F Y")
    return words.lower() if get_language() in ("pl", "uk") else words


@register.simple_tag(takes_context=True)
def linked_data(context: template.Context, data: object) -> SafeString:
    """What a page says to search engines, as JSON-LD."""
    return text.linked_data(data, str(context.get("CSP_NONCE", "")))


@register.simple_tag
def accent(community: object) -> str:
    """The attribute that gives an element the community's neon: `<li {% accent community %}>`."""
    return format_html('data-accent="{}"', getattr(community, "accent", "") or "cobalt")


@register.simple_tag(takes_context=True)
def lang_of(context: template.Context, words: str) -> str:
    """The attribute of words of a card that its translation does not say: `<p{% lang_of card.purpose %}>`."""
    untold = context.get("untold") or ()
    return format_html(' lang="{}"', context["method"].language) if words in untold else ""


@register.filter
def named(names: Mapping[str, str], key: str) -> str:
    """The value of a mapping under a key that only the page knows: `{{ LANGUAGES|named:post.language }}`."""
    return names.get(key, key)


@register.filter
def language_of(texts: Mapping[str, str]) -> str:
    """The language of the text a community shows this reader: `lang="{{ community.descriptions|language_of }}"`."""
    shown = in_my_language(texts)
    return next((code for code, text in texts.items() if text == shown), "")


@register.simple_tag
def once(name: str) -> SafeString:
    """A template that depends on nothing but the language, rendered once a language and process."""
    return render_to_string(name) if settings.DEBUG else _once(name, get_language() or "en")


@lru_cache
def _once(name: str, language: str) -> SafeString:
    return render_to_string(name)
