"""What members do with their notices: read them, and choose what they want to hear of. Each is harmless done twice.

What is told is no action: deeds call `notifications.notify`."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes
from forum.notifications.models import CommunityChoice, Following, Level, Line, PersonMute
from forum.notifications.registry import topics
from forum.notifications.spreading import save_dropped
from forum.web.errors import Refusal
from forum.web.pace import ask_pace

MOST_MUTED = 500
MOST_CHOICES = 60  # a minute

__all__ = ["choose", "follow", "mute_person", "read", "read_all", "unmute_person"]


@changes.writing()
def read(*, member: Member, topic: str, pk: int) -> None:
    """The member opened it: its line is read in all their tabs."""
    _read(member, Line.objects.filter(topic=topic, topic_id=pk))


@changes.writing()
def read_all(*, member: Member, community: int | None = None) -> None:
    lines = Line.objects.all()
    _read(member, lines.filter(community=community) if community else lines)


def _read(member: Member, lines: "QuerySet[Line]") -> None:
    if lines.filter(member=member, read_at=None).update(read_at=timezone.now()):
        changes.record(f"member:{member.pk}", "notices.changed")


@changes.writing()
def choose(*, member: Member, levels: Mapping[int, str]) -> None:
    """{community: Level}, of communities the member belongs to; others are passed over."""
    mine = set(member.memberships.values_list("community", flat=True))
    rows = [
        CommunityChoice(member=member, community_id=pk, level=level)
        for pk, level in sorted(levels.items())
        if pk in mine and level in Level.values
    ]
    CommunityChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "community"], update_fields=["level", "at"]
    )
    changes.record(f"member:{member.pk}", "following.changed")


@changes.writing()
def follow(*, member: Member, topic: str, pk: int, how: str) -> None:
    """`how`: a `Following.How`, or "" for what is usual. Muting reads what was told of it. Refusal for what the member
    cannot see; leaving off is possible always."""
    ask_pace("choices", member, most=MOST_CHOICES)
    rows = Following.objects.filter(member=member, topic=topic, topic_id=pk)
    if not how:
        rows.delete()
    elif how not in Following.How.values:
        raise Refusal(_("Choose one of the buttons."))
    elif topic not in topics() or not topics()[topic].visible(member).filter(pk=pk).exists():
        raise Refusal(_("This can no longer be read here."), status=404)
    else:
        Following.objects.update_or_create(member=member, topic=topic, topic_id=pk, defaults={"how": how})
    if how == Following.How.MUTE:
        _read(member, Line.objects.filter(topic=topic, topic_id=pk))
    changes.record(f"member:{member.pk}", "following.changed")


@changes.writing()
def mute_person(*, member: Member, person: Member) -> None:
    """From now on nothing this person does is told, and what waits unread of theirs goes."""
    ask_pace("choices", member, most=MOST_CHOICES)
    if member.pk == person.pk:
        raise Refusal(_("You cannot mute yourself."))
    if PersonMute.objects.filter(member=member).count() >= MOST_MUTED:
        raise Refusal(_("You have muted as many people as one can. Take somebody off the list first."))
    PersonMute.objects.get_or_create(member=member, muted=person)
    unread = Line.objects.filter(member=member, read_at=None).select_for_update(no_key=True).order_by("pk")
    save_dropped([line for line in unread if line.drop(actor=person.pk)])
    changes.record(f"member:{member.pk}", "following.changed")


@changes.writing()
def unmute_person(*, member: Member, person: Member) -> None:
    PersonMute.objects.filter(member=member, muted=person).delete()
    changes.record(f"member:{member.pk}", "following.changed")
