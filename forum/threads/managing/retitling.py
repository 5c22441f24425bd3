"""What a thread is called, in which section and language it stands."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.communities import steps as communities
from forum.communities.models import Community, Section
from forum.log import LogEntry
from forum.threads import indexing, rules
from forum.threads.managing.steps import Done, changed_since, enter, tell, thread_of
from forum.threads.managing.steps import hold as hold_moderated
from forum.threads.models import Pin, Thread
from forum.threads.moderating import ask_room
from forum.threads.steps import hold, narrow, refuse
from forum.web.errors import Refusal


@changes.writing()
def retitle_thread(
    *, by: Member, thread: Thread, title: str, section: Section | None, language: str, reason: str = ""
) -> Done:
    """By its author or a moderator. Whoever does it to another's thread says why, and the log keeps it."""
    _hold_places(thread)
    thread = hold(thread)
    refuse(rules.may_retitle(by, thread))
    _find_room(thread, section)
    named = {"title": title, "section": section, "language": language}
    return _rename(by, thread, "thread.retitled", reason, named, is_logged=thread.author_id != by.pk)


@changes.writing()
def put_in_section(*, by: Member, thread: Thread, section: Section | None, reason: str = "") -> Done:
    """By a moderator, of many threads at once: title and language stay as they are now."""
    _hold_places(thread)
    thread = hold_moderated(by, thread)
    _find_room(thread, section)
    return _rename(by, thread, "thread.sectioned", reason, {"section": section})


@changes.writing()
def name_thread(*, thread: Thread, title: str, language: str) -> None:
    """For what a thread is about, whose own action allowed it: its thread goes by its name, locked or not."""
    thread = hold(thread)
    if (thread.title, thread.language) != (title, language):
        _name(thread, title=title, language=language)


def find_section(section: Section | None, community: Community) -> None:
    """A section that a steward removed meanwhile is no place to write into: said before the database says it."""
    if section and not Section.objects.filter(pk=section.pk, community=community).exists():
        raise Refusal(_("This section was removed meanwhile. Please choose another one."), field="section")


def undo_rename(entry: LogEntry, by: Member) -> None:
    thread = thread_of(entry)
    _hold_places(thread)
    thread = hold_moderated(by, thread)
    was, now = entry.more["was"], entry.more["now"]
    if any(_stands(thread, name) != value for name, value in now.items()):
        raise changed_since()
    named = dict(was)
    if "section" in was:
        named["section"] = Section.objects.filter(pk=was["section"], community=thread.community).first()
        _find_room(thread, named["section"])
    _name(thread, **named)


def _hold_places(thread: Thread) -> None:
    """A thread pinned in its section takes its pin along: the pins of the other section are counted held."""
    if Pin.objects.filter(thread=thread, scope=Pin.Scope.SECTION).exists():
        communities.hold(thread.community)


def _find_room(thread: Thread, section: Section | None) -> None:
    if section is None or section.pk == thread.section_id:
        return
    find_section(section, thread.community)
    if Pin.objects.filter(thread=thread, scope=Pin.Scope.SECTION).exists():
        ask_room(thread, Pin.Scope.SECTION, section.pk, field="section")


def _rename(
    by: Member, thread: Thread, kind: str, reason: str, named: dict[str, Any], *, is_logged: bool = True
) -> Done:
    now = {name: value.pk if isinstance(value, Section) else value for name, value in named.items()}
    was = {name: _stands(thread, name) for name in named}
    if was == now:
        return Done()
    if [name for name in now if was[name] != now[name]] == ["section"]:
        kind = "thread.sectioned"
    _name(thread, **named)
    return Done(enter(kind, by=by, thread=thread, words=reason, was=was, now=now) if is_logged else None)


def _stands(thread: Thread, name: str) -> Any:
    return thread.section_id if name == "section" else getattr(thread, name)


def _name(thread: Thread, **named: Any) -> None:
    for name, value in named.items():
        setattr(thread, name, value)
    thread.save(update_fields=[*named])
    narrow(thread)
    indexing.put_all("thread", [thread.pk])
    tell(thread, "thread.retitled")
