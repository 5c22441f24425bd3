"""What people fill in to say "we tried it": a minute's worth, and the rest when they like."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.methods import check
from forum.methods.forms import SomeField
from forum.methods.resuming import Resuming
from forum.methods.vocabularies import AdaptationKind, Again
from forum.web.errors import Refusal
from forum.web.fields import LineField, WordsField

LONGEST = 600
SENTENCE = 280


class MonthField(forms.DateField):
    """A month, as `2026-11`; a whole date is its month."""

    widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-11"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%m.%Y", "%m/%Y", "%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> date:
        month: date = super().clean(value).replace(day=1)
        today = timezone.localdate()
        if month > today + timedelta(days=1):
            raise forms.ValidationError(_("This month has not come yet."))
        if month.year < 1950:
            raise forms.ValidationError(_("Please give the year with four figures."))
        return month


class TryForm(Resuming):
    month = MonthField(label=_("When? The month is enough"))
    people = forms.IntegerField(label=_("How many people, about?"), min_value=1, max_value=check.MOST_PEOPLE)
    again = forms.ChoiceField(
        label=_("Would you do it again?"), choices=Again.choices, widget=forms.RadioSelect, initial=Again.YES
    )
    sentence = LineField(
        label=_("How did it go, in one sentence?"),
        max_length=SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2, "data-most": SENTENCE}),
    )
    is_nameless = forms.BooleanField(label=_("Show this without my name"), required=False)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    @classmethod
    def prefilled(cls, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What an address brings along, `?month=2026-06&people=18`, as far as it may stand."""
        found = {}
        for name in ("month", "people"):
            with suppress(forms.ValidationError):
                found[name] = cls.base_fields[name].clean(asked.get(name, ""))
        return found

    quick: tuple[str, ...] = ("month", "people", "again", "sentence", "is_nameless")

    @property
    def quick_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.quick]

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class ToldTryForm(TryForm):
    """With words from Tell: what the sentence is too short for stands below it. `said`: the draft it says whole."""

    changed = WordsField(label=_("And what else?"), max_length=LONGEST, required=False)
    said = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    quick = ("month", "people", "again", "sentence", "changed", "is_nameless")


class FullTryForm(TryForm):
    """The whole report; what did not work is asked first."""

    did_not_work = WordsField(label=_("What did not work at first?"), max_length=LONGEST, required=False)
    changed_kinds = SomeField(label=_("What did you do differently?"), choices=AdaptationKind.choices, required=False)
    changed = WordsField(label=_("How, and why?"), max_length=LONGEST, required=False)
    worked = WordsField(label=_("What worked well?"), max_length=LONGEST, required=False)
    changed_after = WordsField(label=_("What changed afterwards?"), max_length=LONGEST, required=False)
    city = LineField(label=_("In which city?"), max_length=80, required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"), min_value=1, max_value=check.LONGEST, required=False
    )
    preparation = forms.IntegerField(
        label=_("And preparing it, in minutes?"), min_value=0, max_value=check.LONGEST, required=False
    )

    grown = (
        "month", "people", "again", "sentence", "is_nameless", "did_not_work", "changed_kinds", "changed", "worked",
        "changed_after", "city", "minutes", "preparation",
    )  # fmt: skip

    def clean_changed_kinds(self) -> list[str]:
        return list(self.cleaned_data["changed_kinds"])
