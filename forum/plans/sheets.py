"""Plans on paper and in calendars: plain data, for pages, files and whatever prints them."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from forum.methods.facts import minutes_words, people_words
from forum.plans import hints, parts, reading
from forum.plans.models import Plan
from forum.plans.reading import BREAK, FOLDED, Seen, SeenBlock
from forum.templatetags.courtyard import day_words


@dataclass(frozen=True)
class SheetBlock:
    """One part: what, who, with what. `begins` and `ends` are clock times in words ("10:40"), or from the beginning
    ("0:40") where no hour is stated. Of a `folded` one there is its time alone."""

    begins: str
    ends: str
    minutes: int | None
    kind: str  # "method", "own", "break" or "folded"
    title: str
    language: str
    url: str
    who: str
    materials: list[str]
    text: str
    note: str  # "" for whoever does not plan along


@dataclass(frozen=True)
class SheetRow:
    """What happens at one time: one track, or several beside each other, each with its blocks in turn."""

    begins: str
    ends: str
    minutes: int
    tracks: list[tuple[str, list[SheetBlock]]]


@dataclass(frozen=True)
class RunSheet:
    """Everything a run sheet needs, in the reader's language where the words are the house's. `data()` is plain."""

    title: str
    language: str
    is_session: bool
    when: str
    venue: str
    people: str
    owner: str
    planners: list[str]
    note: str
    address: str
    revision: int
    licence: str
    total: str
    minutes: int
    available: int | None
    rows: list[SheetRow]
    hints: list[str]
    needs: list[dict[str, Any]]
    preparation: str
    costs: list[tuple[str, int]]
    credits: list[dict[str, Any]]
    folded: int

    def data(self) -> dict[str, Any]:
        return asdict(self)


def run_sheet(plan: Plan, viewer: Any) -> RunSheet:
    """For this viewer (or AnonymousUser), whose right to see the plan the caller has asked: three queries."""
    return sheet_of(reading.seen(plan, viewer))


def sheet_of(seen: Seen) -> RunSheet:
    plan, outline = seen.plan, seen.outline
    return RunSheet(
        title=outline.title,
        language=outline.language,
        is_session=outline.is_session,
        when=when_words(seen),
        venue=outline.venue,
        people=people_words(outline.people, outline.people),
        owner=str(plan.owner),
        planners=[str(each) for each in seen.planners],
        note=outline.note,
        address=f"{settings.SITE_URL}/plans/{plan.pk}/",
        revision=seen.number,
        licence=plan.licence,
        total=minutes_words(seen.sum.total, seen.sum.total),
        minutes=seen.sum.total,
        available=outline.minutes,
        rows=[
            SheetRow(
                seen.clock(line.begin),
                seen.clock(line.end),
                line.minutes,
                [(track.letter, [_block(seen, block) for block in track.blocks]) for track in line.tracks],
            )
            for line in seen.stretches
        ],
        hints=hints.of(seen) if seen.plans_along else [],
        needs=[asdict(need) | {"amount_words": parts.amount_words(need)} for need in parts.needs(seen)],
        preparation=parts.preparation(seen),
        costs=parts.costs(seen),
        credits=[asdict(credit) for credit in parts.credits_of(seen)],
        folded=seen.folded,
    )


def _block(seen: Seen, block: SeenBlock) -> SheetBlock:
    return SheetBlock(
        begins=seen.clock(block.begin),
        ends=seen.clock(block.end),
        minutes=block.minutes,
        kind=block.kind,
        title=title_of(block),
        language=block.language,
        url=block.url,
        who=block.who,
        materials=parts.materials_of(block),
        text=block.text,
        note=block.note,
    )


def title_of(block: SeenBlock) -> str:
    if block.kind == FOLDED:
        return _("a method you may not read")
    return block.title or (_("Break") if block.kind == BREAK else _("Without a name"))


def when_words(seen: Seen) -> str:
    """ "21 June 2026, 10:00–12:30"; as much of it as is stated."""
    outline = seen.outline
    day = day_words(outline.day) if outline.day else ""
    hours = ""
    if outline.starts:
        hours = seen.clock(0)
        if seen.sum.total:
            hours += f"–{seen.clock(seen.sum.total)}"
    return ", ".join(part for part in (day, hours) if part)


def calendar(seen: Seen) -> bytes:
    """An iCalendar file with the session as one event: what this reader may see, and no notes for those who lead.

    Without an hour it is a whole day. Needs a day: ValueError without one.
    """
    plan, outline = seen.plan, seen.outline
    if outline.day is None:
        raise ValueError("a plan without a day is no event")
    event = Event()
    event.add("uid", f"plan-{plan.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", plan.changed_at.astimezone(UTC))
    event.add("last-modified", plan.changed_at.astimezone(UTC))
    event.add("sequence", plan.revision - 1)
    event.add("summary", outline.title)
    event.add("url", f"{settings.SITE_URL}/plans/{plan.pk}/")
    event.add("description", _agenda(seen))
    if outline.venue:
        event.add("location", outline.venue)
    if seen.begins:
        event.add("dtstart", seen.begins)
        event.add("dtend", _end(seen, seen.begins))
    else:
        event.add("dtstart", outline.day)
        event.add("dtend", outline.day + timedelta(days=1))
    whole = Calendar()
    whole.add("prodid", "-//Courtyard//plans//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add_component(event)
    whole.add_missing_timezones()
    return bytes(whole.to_ical())


def _end(seen: Seen, begins: datetime) -> datetime:
    minutes = max(seen.sum.total, seen.outline.minutes or 0) or 60
    return (begins.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(seen.zone)


def _agenda(seen: Seen) -> str:
    lines = [seen.outline.note] if seen.outline.note else []
    for line in seen.stretches:
        for track in line.tracks:
            for block in track.blocks:
                time = f"{seen.clock(block.begin)} " if seen.outline.is_session else ""
                lines.append(f"{time}{f'{track.letter}: ' if line.is_parallel else ''}{title_of(block)}")
    return "\n".join(lines)
