"""What changed between two revisions of a plan, for somebody who may not read all of it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum import text
from forum.methods.differences import Difference
from forum.methods.facts import minutes_words
from forum.plans import queries
from forum.plans.outline import Block, Outline
from forum.templatetags.courtyard import day_words

LABELS: dict[str, Any] = {
    "title": gettext_lazy("Title"),
    "day": gettext_lazy("Day"),
    "starts": gettext_lazy("Begins at"),
    "minutes": gettext_lazy("Minutes you have"),
    "people": gettext_lazy("People, about"),
    "venue": gettext_lazy("Where"),
    "note": gettext_lazy("A few words about it"),
    "blocks": gettext_lazy("Parts"),
}


def differences(viewer: Any, earlier: Outline, later: Outline) -> list[Difference]:
    versions = queries.versions_seen(viewer, earlier.versions | later.versions)
    titles = {pk: version.card.title for pk, version in versions.items()}
    found = []
    for name, label in LABELS.items():
        before, after = getattr(earlier, name), getattr(later, name)
        if before != after:
            shown = [text.as_words(_words(name, value, titles)) for value in (before, after)]
            found.append(Difference(str(label), text.diff(*shown)))
    return found


def _words(name: str, value: Any, titles: dict[int, str]) -> str:
    if name == "blocks":
        return "\n\n".join(_block(block, titles) for block in value)
    if value is None:
        return ""
    if name == "day":
        return day_words(value)
    return value.strftime("%H:%M") if name == "starts" else str(value)


def _block(block: Block, titles: dict[int, str]) -> str:
    minutes = minutes_words(block.minutes, block.minutes)
    if block.version is not None and block.version not in titles:
        return " · ".join(part for part in (_("a method you may not read"), minutes) if part)
    title = titles.get(block.version or 0) or block.title or (_("Break") if block.is_break else "")
    parts = (block.track, title, minutes, block.who, block.text, block.note)
    return " · ".join(part for part in parts if part)
