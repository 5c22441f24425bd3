"""What the moderators' log is narrowed by."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.log.targets import column_of
from forum.moderation.logbook.labels import LABELS
from forum.moderation.logbook.queries import Wish
from forum.moderation.subjects import KINDS
from forum.web.fields import LineField
from forum.web.widgets import Select

_THING = re.compile(r"\b(thread|post|method|try)(?:s|:)?[:/](\d{1,15})\b")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class LogForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), required=False, widget=Select)
    community = forms.ChoiceField(label=_("Where"), required=False, widget=Select)
    person = LineField(label=_("User name"), required=False, max_length=40)
    about = LineField(
        label=_("Address of a thread, post or method"),
        required=False,
        max_length=300,
    )
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, *args: Any, communities: list[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communities = communities
        kinds = [(kind, label) for kind, label in LABELS.items()]
        self.fields["kind"].choices = [("", _("everything")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
        places = [(each.slug, each.name) for each in communities]
        self.fields["community"].choices = [("", _("everywhere")), *places]  # type: ignore[attr-defined]  # same

    def clean_about(self) -> tuple[str, int] | None:
        said = self.cleaned_data["about"]
        if not said:
            return None
        if found := _THING.search(said):
            return column_of(KINDS[found[1]]), int(found[2])
        raise forms.ValidationError(_("This is no address of a thread, a post or a method here."))

    def wish(self) -> Wish:
        """What was understood; what was not, narrows nothing."""
        found: dict[str, Any] = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        community = next((each for each in self.communities if each.slug == found.get("community")), None)
        return Wish(
            kind=found.get("kind") or "",
            person=found.get("person") or "",
            about=found.get("about"),
            community=community,
            since=_begin(found.get("since")),
            until=_begin(found.get("until"), days=1),
        )


def _begin(day: date | None, days: int = 0) -> datetime | None:
    """The first moment of the day so many days later."""
    if day is None or not date(2000, 1, 1) <= day < date(9000, 1, 1):
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
