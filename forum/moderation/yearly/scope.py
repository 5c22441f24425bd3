"""Which part of what happened a report of figures is about."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import Member
from forum.communities.models import Community
from forum.moderation.logbook.queries import concerns


@dataclass(frozen=True)
class Scope:
    """One year of the calendar here, of one community or (None) the whole site.

    `reader`: who reads the figures of a year that is not over. What concerns themselves is left out then, or a number
    that grew would tell them that somebody reported them. `is_public`: for anybody's eyes.
    """

    year: int
    is_public: bool = False
    community: Community | None = None
    reader: Member | None = None

    @property
    def begin(self) -> datetime:
        return timezone.make_aware(datetime(self.year, 1, 1))

    @property
    def end(self) -> datetime:
        return timezone.make_aware(datetime(self.year + 1, 1, 1))

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.end

    @property
    def leaves_out(self) -> bool:
        return self.reader is not None and not self.is_over

    def during(self, when: str, *, place: str = "community", about: str | None = "") -> Q:
        """Rows whose `when` is in it; `place`: the path to their community; `about`: the path to what they are about,
        None for what is about nobody."""
        found = Q(**{f"{when}__gte": self.begin, f"{when}__lt": self.end})
        if self.community:
            found &= Q(**{place: self.community})
        if self.leaves_out and about is not None:
            found &= ~concerns(self.reader, about)
        return found
