"""What the bell and the list of notices need, each in a constant number of queries; filtered again as they are read."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from accounts.models import Member
from forum.notifications.models import CommunityChoice, Following, Line
from forum.notifications.registry import Shown, reasons, topics

PAGE = 30
NAMES = 2  # people a line names

# For every page of a member: one statement written out, for making it of querysets took longer than asking.
_RINGING = """
    SELECT head, '' FROM forum_stream WHERE key = %s
    UNION ALL
    SELECT DISTINCT 0, topic FROM forum_line WHERE member_id = %s AND read_at IS NULL AND rings
"""
_BESIDE = " UNION ALL SELECT 0, '{name}' WHERE EXISTS ({sql})"
_beside: dict[str, str] = {}


def ask_beside(name: str, sql: str) -> None:
    """A room above wants to know something of who looks at a page, in the same query: does `sql` (with one %s for the
    member's id) find a row? It stands in `bell.beside`."""
    _beside[f"+{name}"] = sql


class Bell:
    """How many lines ring unread, and the number of the member's stream: asked once, when a page first prints it."""

    def __init__(self, viewer: Any) -> None:
        self._viewer = viewer
        self._asked: tuple[int, int, frozenset[str]] | None = None

    def _ask(self) -> tuple[int, int, frozenset[str]]:
        if self._asked is None:
            self._asked = bell_of(self._viewer)
        return self._asked

    @property
    def count(self) -> int:
        return self._ask()[0]

    @property
    def head(self) -> int:
        return self._ask()[1]

    @property
    def beside(self) -> frozenset[str]:
        return self._ask()[2]


def seen_by(viewer: Any, among: Collection[str]) -> Q:
    """Lines about what the viewer may see now; only of these topics, for asking of each costs more than the answer."""
    seen = Q(pk__in=[])
    for name, topic in topics().items():
        if name in among:
            row = topic.visible(viewer).filter(pk=OuterRef("topic_id")).order_by()
            seen |= Q(Exists(row), topic=name)
    return seen


def bell_of(viewer: Any) -> tuple[int, int, frozenset[str]]:
    """(unread lines that ring, head of the member's stream, what is so of what is asked beside), in one query, and one
    more where there is a line."""
    sql = _RINGING + "".join(_BESIDE.format(name=name, sql=sql) for name, sql in _beside.items())
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"member:{viewer.pk}", viewer.pk, *([viewer.pk] * len(_beside))])
        rows = cursor.fetchall()
    head = sum(number for number, _topic in rows)
    among = {topic for _number, topic in rows if topic}
    beside = frozenset(name.removeprefix("+") for name in among if name in _beside)
    among -= _beside.keys()
    lines = Line.objects.filter(member=viewer.pk, read_at=None, rings=True)
    return lines.filter(seen_by(viewer, among)).count() if among else 0, head, beside


def bell_html(member_pk: int) -> str:
    """The number as it stands on the member's own pages."""
    viewer = Member.objects.filter(pk=member_pk).first()
    count = bell_of(viewer)[0] if viewer else 0
    return render_to_string("notifications/_count.html", {"count": count})


def unread_line(viewer: Any, topic: str, pk: str = "pk") -> Exists:
    """For rows of a topic: has the viewer a line of it to read? `pk`: where the row names it."""
    return Exists(Line.objects.filter(member=viewer.pk, topic=topic, topic_id=OuterRef(pk), read_at=None))


def following_of(viewer: Any, topic: str) -> Subquery:
    """For rows of a topic: the viewer's `Following.How`, or None."""
    rows = Following.objects.filter(member=viewer.pk, topic=topic, topic_id=OuterRef("pk"))
    return Subquery(rows.values("how")[:1])


def choosers(community: Any, level: str) -> "QuerySet[Member]":
    """The members of the community who chose this for it."""
    chose = CommunityChoice.objects.filter(community=community, level=level).values("member")
    return Member.objects.filter(memberships__community=community, pk__in=chose)


def followers(topic: str, pk: Any, how: str = Following.How.WATCH) -> "QuerySet[Member]":
    rows = Following.objects.filter(topic=topic, topic_id=pk, how=how)
    return Member.objects.filter(pk__in=rows.values("member"))


def levels_of(member: Member) -> dict[int, str]:
    return dict(CommunityChoice.objects.filter(member=member).values_list("community", "level"))


def topics_of(viewer: Any) -> set[str]:
    """What the viewer has lines of."""
    return set(Line.objects.filter(member=viewer).order_by().values_list("topic", flat=True).distinct())


def page_of(viewer: Member, *, unread: bool, community: int | None, page: int) -> tuple[list[Line], bool]:
    """A page of lines as they are printed, newest first; and whether there are more."""
    rows = Line.objects.filter(seen_by(viewer, topics_of(viewer)), member=viewer)
    if unread:
        rows = rows.filter(read_at=None)
    if community:
        rows = rows.filter(community=community)
    start = (page - 1) * PAGE
    lines = list(rows.order_by("-last_at", "-pk").select_related("community")[start : start + PAGE + 1])
    return _described(lines[:PAGE]), len(lines) > PAGE


def _described(lines: list[Line]) -> list[Line]:
    pks: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        pks[line.topic].append(line.topic_id)
    shown = {name: topic.describe(pks[name]) for name, topic in topics().items() if pks[name]}
    people = {entry[2] for line in lines for entry in line.told}
    names = {row.pk: str(row) for row in Member.objects.filter(pk__in=people).only("username", "display_name")}
    kept = []
    for line in lines:
        if found := shown.get(line.topic, {}).get(line.topic_id):
            line.shown = _as_shown(line, found, names)
            kept.append(line)
    return kept


def _as_shown(line: Line, found: Shown, names: dict[int, str]) -> dict[str, Any]:
    """What templates/notifications/_line.html prints."""
    known = reasons()
    said = [known[name].words(n) for name, n in line.counts.items() if name in known]
    latest = list(dict.fromkeys(entry[2] for entry in reversed(line.told) if entry[2] in names))
    others = len(latest) - NAMES
    people = [names[pk] for pk in latest[:NAMES]]
    if others > 0:
        people.append(ngettext("%(n)d more", "%(n)d more", others) % {"n": others})
    return {
        "url": _place(line, found),
        "title": found.title,
        "language": found.language,
        "note": found.note,
        "said": said,
        "people": people,
    }


def _place(line: Line, found: Shown) -> str:
    """Where the first of what was told stands."""
    known = reasons()
    for _happening, name, _actor, about in line.told:
        if (reason := known.get(name)) and reason.place and about:
            return reason.place(about)
    return found.url
