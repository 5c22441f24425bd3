"""What was told of posts, what members chose for a thread and began to write in it, go where the posts go."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from forum.drafts.actions import MOST_CHARACTERS
from forum.drafts.models import Draft
from forum.notifications.models import MOST_TOLD, Following, Happening, Line
from forum.notifications.spreading import save_dropped
from forum.threads.models import Thread
from forum.threads.moving.marks import AT_ONCE, chunks
from forum.threads.notices import OF_A_POST


def carry_lines(one: Thread, other: Thread, went: set[int], *, is_whole: bool) -> None:
    """Of what was told in `one`, all about the posts that `went` is told in `other`. `is_whole`: nothing stays."""
    for some in chunks(sorted(went)):
        rows = Happening.objects.filter(topic="thread", topic_id=one.pk, about__in=some, kind__in=OF_A_POST)
        rows.update(topic_id=other.pk, community=other.community_id)
    for lines in _batches(one):
        there = {line.member_id: line for line in _held(other, [line.member_id for line in lines])}
        changed = []
        for line in lines:
            going = [entry for entry in line.told if is_whole or entry[3] in went]
            if not going and not (is_whole and line.older):
                continue
            heir = there.get(line.member_id) or Line(
                member_id=line.member_id,
                topic="thread",
                topic_id=other.pk,
                community_id=other.community_id,
                rings=False,
                read_at=line.read_at or timezone.now(),  # as if it had told something that was read before
            )
            _join(heir, line, going, line.older if is_whole else {})
            line.told = [entry for entry in line.told if entry not in going]
            line.older = {} if is_whole else line.older
            changed += [line, heir]
        save_dropped(changed)


def _join(heir: Line, line: Line, going: list[Any], older: dict[str, int]) -> None:
    """Unread goes before read: on a line that was read, what is unread begins anew; what was read is not told again."""
    if line.read_at and not heir.read_at:
        return
    if bool(line.read_at) == bool(heir.read_at):
        heir.told = sorted([*heir.told, *going])[-MOST_TOLD:]
        heir.older = {name: heir.older.get(name, 0) + older.get(name, 0) for name in heir.older.keys() | older.keys()}
        heir.rings = heir.rings or line.rings
        heir.last_at = max(heir.last_at, line.last_at) if heir.pk else line.last_at
    else:
        heir.told, heir.older, heir.rings, heir.last_at = going, dict(older), line.rings, line.last_at
    heir.read_at = line.read_at


def _batches(thread: Thread) -> Iterator[list[Line]]:
    last = 0
    while lines := list(
        Line.objects.filter(topic="thread", topic_id=thread.pk, member__gt=last)
        .select_for_update(no_key=True)
        .order_by("member")[:AT_ONCE]
    ):
        yield lines
        last = lines[-1].member_id


def _held(thread: Thread, members: list[int]) -> list[Line]:
    rows = Line.objects.filter(topic="thread", topic_id=thread.pk, member__in=members)
    return list(rows.select_for_update(no_key=True).order_by("member"))


def copy_followings(one: Thread, other: Thread) -> list[int]:
    """Whoever watches or mutes `one` does so with `other`, unless they chose for it. The members it was done for."""
    chose = Following.objects.filter(topic="thread", topic_id=other.pk).values("member")
    rows = Following.objects.filter(topic="thread", topic_id=one.pk).exclude(member__in=chose)
    new = [Following(member_id=row.member_id, topic="thread", topic_id=other.pk, how=row.how) for row in rows]
    Following.objects.bulk_create(new, ignore_conflicts=True, batch_size=AT_ONCE)
    return [row.member_id for row in new]


def drop_followings(thread: Thread, members: list[int]) -> None:
    for some in chunks(members):
        Following.objects.filter(topic="thread", topic_id=thread.pk, member__in=some).delete()


def carry_drafts(one: Thread, other: Thread) -> list[int]:
    """Answers begun in a thread that is no more are answers in the one it went into; the drafts that went there as
    they were. Beside an answer begun there they stand below it, or stay where they are: nobody's words are lost."""
    place = f"thread:{other.pk}"
    went = []
    for draft in Draft.objects.filter(place=f"thread:{one.pk}").select_for_update(no_key=True).order_by("pk"):
        there = Draft.objects.filter(member=draft.member_id, place=place).first()
        if there is None:
            Draft.objects.filter(pk=draft.pk).update(place=place)  # saved when it was saved
            went.append(draft.pk)
        elif _fit(there, draft):
            joined = f"{there.body}{_BETWEEN[there.body_format]}{draft.body}"
            Draft.objects.filter(pk=there.pk).update(body=joined)
            draft.delete()
    return went


_BETWEEN = {"markdown": "\n\n", "html": ""}


def _fit(there: Draft, draft: Draft) -> bool:
    is_alike = there.body_format == draft.body_format and there.body_format in _BETWEEN
    return is_alike and len(there.body) + len(draft.body) + 2 <= MOST_CHARACTERS


def drafts_back(one: Thread, other: Thread, drafts: list[int]) -> None:
    """Those that went from `one` to `other`, and stand there still."""
    taken = Draft.objects.filter(place=f"thread:{one.pk}").values("member")
    rows = Draft.objects.filter(pk__in=drafts, place=f"thread:{other.pk}").exclude(
        member__in=list(taken.values_list("member", flat=True))
    )
    rows.update(place=f"thread:{one.pk}")


def relocate_told(thread: Thread) -> None:
    """The thread stands in another community: what is told of it as well."""
    Happening.objects.filter(topic="thread", topic_id=thread.pk).update(community=thread.community_id)
    Line.objects.filter(topic="thread", topic_id=thread.pk).update(community=thread.community_id)
