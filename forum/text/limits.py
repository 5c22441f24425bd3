"""How much a text may hold. Each limit is asked before the work it protects; the refusals are worded here."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.text.errors import TextRefused

SOURCE = 30_000  # characters of a text as written, and of the words in a formatted one
HTML_SOURCE = 200_000  # characters of a formatted text with its markup
OUTPUT = HTML_SOURCE  # characters of the cleaned HTML: what was cleaned can be cleaned again
DEPTH = 20  # quotes, lists and tables inside one another
TAGS = 6_000  # elements
LINKS = 300
NAMES = 100  # mentions; like quotes they are looked up and printed anew for every page
QUOTES = 30
METHOD_NAMES = 50  # methods called by their names; what is more stays as it was typed
BRACKETS = 3_000  # "[" in Markdown: each may open a link, and is looked after to the end of its paragraph
COLUMNS = 20
CELLS = 2_000
URL = 2_000
ALT = 1_000


def empty() -> TextRefused:
    return TextRefused(_("Please write something first."))


def only_quotes() -> TextRefused:
    return TextRefused(_("Please write something of your own below the quote."))


def undescribed() -> TextRefused:
    return TextRefused(_("Please say in a few words what the picture shows, or write something with it."))


def too_long(length: int) -> TextRefused:
    message = ngettext(
        "This text is %(length)s character long. Up to %(limit)s fit into one post: please shorten it or split it.",
        "This text is %(length)s characters long. Up to %(limit)s fit into one post: please shorten it or split it.",
        length,
    )
    return TextRefused(message % {"length": _number(length), "limit": _number(SOURCE)})


def too_heavy() -> TextRefused:
    return TextRefused(
        _("This text carries too much formatting. Please paste it in smaller parts, or without formatting.")
    )


def too_deep() -> TextRefused:
    return TextRefused(_("Quotes, lists or tables stand too deep inside one another. Please take some levels away."))


def too_many_links() -> TextRefused:
    message = _("There are too many links here. Up to %(limit)s fit into one post.")
    return TextRefused(message % {"limit": _number(LINKS)})


def too_many_names() -> TextRefused:
    message = _("Too many people are named here. Up to %(limit)s fit into one post.")
    return TextRefused(message % {"limit": _number(NAMES)})


def too_many_quotes() -> TextRefused:
    message = _("Too many posts are quoted here. Up to %(limit)s fit into one post.")
    return TextRefused(message % {"limit": _number(QUOTES)})


def table_too_large() -> TextRefused:
    message = _("This table is too large. A table may have up to %(columns)s columns and %(cells)s cells.")
    return TextRefused(message % {"columns": _number(COLUMNS), "cells": _number(CELLS)})


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
