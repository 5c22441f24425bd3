"""What is worth a second look before the day. Hints, never walls; of methods the reader may not see, nothing."""

from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.methods.models import Method
from forum.plans import timing
from forum.plans.materials import shared_tools
from forum.plans.models import Readers
from forum.plans.parts import wanted
from forum.plans.reading import METHOD, Seen, SeenBlock


def of(seen: Seen) -> list[str]:
    """In words, the weightiest first; of a list of methods only who may read them."""
    if not seen.outline.is_session:
        return _readers(seen)
    return [*_time(seen), *_people(seen), *_format(seen), *_tools(seen), *_readers(seen)]


def _time(seen: Seen) -> list[str]:
    found, there_are, sums = [], seen.outline.minutes, seen.sum
    if there_are is not None and sums.total > there_are:
        over = sums.total - there_are
        found.append(
            ngettext(
                "The parts take %(over)s minute more than you have.",
                "The parts take %(over)s minutes more than you have.",
                over,
            )
            % {"over": over}
        )
    elif there_are is not None and sums.advised > there_are:
        found.append(
            _("It just fits: with time between the parts and a tenth to spare it would be %(advised)s minutes.")
            % {"advised": sums.advised}
        )
    if sums.unknown:
        found.append(
            ngettext(
                "%(count)s part does not say how long it takes.",
                "%(count)s parts do not say how long they take.",
                sums.unknown,
            )
            % {"count": sums.unknown}
        )
    unbroken = timing.longest_unbroken(seen.outline.blocks)
    if unbroken > timing.UNBROKEN:
        found.append(_("%(minutes)s minutes go by without a break for everybody.") % {"minutes": unbroken})
    return found


def _people(seen: Seen) -> list[str]:
    found, people = [], seen.outline.people
    for block in _methods(seen) if people else []:
        card = block.version.card  # type: ignore[union-attr]  # a block of a method has one
        if people and not block.track and card.group_min is not None and people < card.group_min:
            found.append(
                _("“%(title)s” is for %(number)s people or more.") % {"title": block.title, "number": card.group_min}
            )
        if people and not block.track and card.group_max is not None and people > card.group_max:
            found.append(
                _("“%(title)s” is for %(number)s people at most.") % {"title": block.title, "number": card.group_max}
            )
    return found


def _format(seen: Seen) -> list[str]:
    for one, other in pairwise(_methods(seen)):
        formats = [set(block.version.card.format) for block in (one, other) if block.version]
        if formats in ([{"online"}, {"in_person"}], [{"in_person"}, {"online"}]):
            words = _("“%(one)s” and “%(other)s” follow each other: one is online, the other in person.")
            return [words % {"one": one.title, "other": other.title}]
    return []


def _tools(seen: Seen) -> list[str]:
    words = _("Two things at the same time need this: %(names)s.")
    names = shared_tools(wanted(seen))
    return [words % {"names": ", ".join(names)}] if names else []


def _readers(seen: Seen) -> list[str]:
    """Methods that fewer people may read than see the plan."""
    plan = seen.plan
    if plan.readers == Readers.PLANNERS:
        return []
    narrow = {block.method for block in _methods(seen) if block.method and not _is_open(block.method)}
    if plan.readers_now == Readers.MEMBERS:
        narrow = {method for method in narrow if method.community_id != plan.community_id}
    words = ngettext(
        "Not everybody who sees this plan may read %(count)s method in it: they see only how long it takes.",
        "Not everybody who sees this plan may read %(count)s methods in it: they see only how long they take.",
        len(narrow),
    )
    return [words % {"count": len(narrow)}] if narrow else []


def _is_open(method: Method) -> bool:
    hidden = method.thread is not None and method.thread.is_hidden
    return method.community.is_open and method.audience == Readers.ANYONE and not hidden


def _methods(seen: Seen) -> list[SeenBlock]:
    return [block for block in seen.blocks if block.kind == METHOD]
