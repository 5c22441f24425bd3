"""What people fill in to plan."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.methods.resuming import Resuming
from forum.methods.vocabularies import Licence
from forum.plans import check
from forum.plans.blockrows import EMPTY_ROWS, Row, Shelf, row_of, rows_in, rows_of, typed_in
from forum.plans.models import Kind, Plan, Readers
from forum.plans.outline import TRACKS, Outline
from forum.web.errors import Refusal
from forum.web.fields import LineField, WordsField

OURS = Readers.PLANNERS.value


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=10**9)


class PlanForm(Resuming):
    """A whole plan. After `is_valid()`, `outline()` is what was typed, and `readers` and `community` whom it is shown
    to (None where that is not the writer's to say). `bases` are the revisions whose methods may stay, the one it starts
    from first."""

    title = LineField(label=_("What is it called?"))
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Kind.choices, initial=Kind.SESSION, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language of this plan"), choices=settings.LANGUAGES)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    starts = forms.TimeField(
        label=_("Begins at"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    minutes = _number(_("Minutes you have"))
    people = _number(_("People, about"))
    venue = LineField(label=_("Where"), required=False)
    note = WordsField(label=_("A few words about it"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    shown = forms.ChoiceField(label=_("Who may see this?"), initial=OURS)
    based_on = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    first = ("title", "kind")
    figures = ("day", "starts", "minutes", "people", "venue", "language")

    def __init__(
        self,
        *args: Any,
        viewer: Any,
        bases: tuple[Outline, ...] = (),
        communities: tuple[Community, ...] = (),
        plan: Plan | None = None,
        **kwargs: Any,
    ) -> None:
        self.viewer, self.bases, self.plan, self.communities = viewer, bases, plan, communities
        self.base = bases[0] if bases else Outline(language=get_language() or settings.LANGUAGE_CODE)
        kwargs.setdefault("initial", {name: getattr(self.base, name) for name in (*self.first, *self.figures, "note")})
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.blocks_wrong: list[str] = []
        self._offer_readers()
        if self.is_bound:
            self.take(self.data)
        else:
            self.rows = rows_of(self.base, Shelf(viewer, bases))
        for name, most in check.LENGTHS.items():
            self.fields[name].widget.attrs["data-most"] = most

    def _offer_readers(self) -> None:
        if self.plan and self.plan.owner_id != self.viewer.pk:
            del self.fields["shown"]
            return
        offered: list[tuple[str, Any]] = [(OURS, _("Only I and those I name"))]
        for community in self.communities:
            members = _("Members of %(community)s") % {"community": community.name}
            offered.append((f"{Readers.MEMBERS}:{community.pk}", members))
            if community.is_open and not (self.plan and self.plan.kept_in):
                anyone = _("Anyone, in %(community)s") % {"community": community.name}
                offered.append((f"{Readers.ANYONE}:{community.pk}", anyone))
        self.fields["shown"].choices = offered  # type: ignore[attr-defined]  # a ChoiceField
        if self.plan and self.plan.community_id:
            self.initial["shown"] = f"{self.plan.readers_now}:{self.plan.community_id}"

    def take(self, sent: Mapping[str, Any]) -> None:
        typed = typed_in(sent)
        self.rows = rows_in(typed, Shelf(self.viewer, self.bases, typed))

    def bring(self, version: Any) -> None:
        """Somebody comes from a method: it stands in the plan they begin."""
        if version.pk not in {row.block.version for row in self.rows}:
            self.rows = [*self.rows, row_of(version)]

    @property
    def written(self) -> str:
        return f"{super().written} block-"

    @property
    def tracks(self) -> tuple[str, ...]:
        return TRACKS

    @property
    def most(self) -> int:
        return check.MOST_BLOCKS

    @property
    def block_rows(self) -> list[Row]:
        """The parts as typed, and empty rows to go on in."""
        return [*self.rows, *[Row()] * (EMPTY_ROWS if len(self.rows) < check.MOST_BLOCKS else 0)]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.first]

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.figures]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        problems = check.problems(self.outline())
        for number, row in enumerate(self.rows, 1):
            if row.lost:
                words = _("Part %(number)s: this method is not there any more, or you may not read it.")
                problems.setdefault("blocks", []).append(words % {"number": number})
        for name, messages in problems.items():
            if name == "blocks":
                self.blocks_wrong = messages[:10]
                self.add_error(None, messages[:10])
            elif name not in self.errors:
                self.add_error(name, messages)
        return cleaned

    def outline(self) -> Outline:
        """What was typed; what the form does not show stays as it was."""
        names = (*self.first, *self.figures, "note")
        stated = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        zone = self.base.zone or self.viewer.time_zone
        return replace(self.base, **stated, zone=zone, blocks=tuple(row.block for row in self.rows))

    @property
    def readers(self) -> str | None:
        shown = self.cleaned_data.get("shown")
        return shown.partition(":")[0] if shown else None

    @property
    def community(self) -> Community | None:
        pk = (self.cleaned_data.get("shown") or "").partition(":")[2]
        return next((each for each in self.communities if str(each.pk) == pk), None)

    def refuse(self, refusal: Refusal) -> None:
        if refusal.field == "blocks":
            self.blocks_wrong = [str(refusal.message)]
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class NewPlanForm(PlanForm):
    licence = forms.ChoiceField(
        label=_("May others copy this plan and name you?"),
        choices=[
            (Licence.SHARE_ALIKE, Licence.SHARE_ALIKE.label),
            (Licence.NOT_FOR_MONEY, Licence.NOT_FOR_MONEY.label),
            (Licence.READ_ONLY, Licence.READ_ONLY.label),
        ],
        initial=Licence.SHARE_ALIKE,
        widget=forms.RadioSelect,
        help_text=_("The methods in it keep the rights their authors gave."),
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)


class PlannerForm(forms.Form):
    name = LineField(label=_("Name or user name"), max_length=80)

    def refuse(self, refusal: Refusal) -> None:
        self.add_error("name", str(refusal.message))


class RemovalForm(forms.Form):
    reason = LineField(label=_("Reason, in one line"), max_length=300, required=False)

    def refuse(self, refusal: Refusal) -> None:
        self.add_error("reason", str(refusal.message))


class CopyForm(forms.Form):
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
