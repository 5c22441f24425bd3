"""What of the desk somebody looks at, from the address: unknown words are as good as none."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import JoinRequest
from forum.moderation.decisions.models import Complaint
from forum.moderation.desk import rules
from forum.moderation.reports.models import Case, Report
from forum.threads.holding.models import HeldText

Answered = TypeVar("Answered", JoinRequest, HeldText)
KINDS = {
    "report": _("reports"),
    "follow-up": _("to look at again"),
    "complaint": _("complaints"),
    "request": _("requests to join"),
    "held": _("texts that wait"),
}
WHOSE = {"free": _("free or mine"), "mine": _("in my hands"), "others": _("in others' hands")}
AGES = {"1": _("older than a day"), "7": _("older than a week")}


@dataclass(frozen=True)
class Filters:
    """Each "" where nothing was chosen. `community`: its slug."""

    community: str = ""
    kind: str = ""
    ground: str = ""
    whose: str = ""
    age: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        known = {"kind": KINDS, "ground": Report.Ground.values, "whose": WHOSE, "age": AGES}
        chosen = {name: said for name, words in known.items() if (said := query.get(name, "")) in words}
        return cls(community=query.get("community", "").replace("\0", "")[:60], **chosen)

    @property
    def query(self) -> str:
        """For addresses: "kind=report&age=7", or ""."""
        return urlencode({name: value for name, value in vars(self).items() if value})

    def of_cases(self, rows: QuerySet[Case], viewer: Any) -> QuerySet[Case]:
        if self.kind in {"complaint", "request", "held"}:
            return rows.none()
        if self.kind:
            again = Exists(rules.asked_to_reword())
            rows = rows.filter(again if self.kind == "follow-up" else ~again)
        if self.ground:
            rows = rows.filter(Exists(Report.objects.filter(case=OuterRef("pk"), ground=self.ground)))
        if self.community:
            rows = rows.filter(community__slug=self.community)
        return rows.filter(self._older("opened_at"), self._in_hands(viewer))

    def of_complaints(self, rows: QuerySet[Complaint], viewer: Any) -> QuerySet[Complaint]:
        if self.kind not in {"", "complaint"} or self.ground:
            return rows.none()
        if self.community:
            rows = rows.filter(decision__community__slug=self.community)
        return rows.filter(self._older("at"), self._in_hands(viewer))

    def of_answered(self, rows: QuerySet[Answered], kind: str) -> QuerySet[Answered]:
        """Requests and held texts: nobody takes them in hand, they are answered with one look."""
        if self.kind not in {"", kind} or self.ground or self.whose in {"mine", "others"}:
            return rows.none()
        if self.community:
            rows = rows.filter(community__slug=self.community)
        return rows.filter(self._older("at"))

    def _older(self, column: str) -> Q:
        return Q(**{f"{column}__lt": timezone.now() - timedelta(days=int(self.age))}) if self.age else Q()

    def _in_hands(self, viewer: Any) -> Q:
        match self.whose:
            case "free":
                return ~rules.held_by_another(viewer)
            case "others":
                return rules.held_by_another(viewer)
            case "mine":
                fresh = Q(claimed_at__gt=timezone.now() - rules.CLAIM_LASTS)
                return fresh & Q(claimed_by=viewer.pk)
        return Q()
