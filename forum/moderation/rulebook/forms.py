"""What stewards fill in to change their community's rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.methods.resuming import Resuming
from forum.moderation.rulebook.rows import PREFIX, Row, rows_of, written_in
from forum.moderation.rulebook.written import LONGEST_TEXT, LONGEST_TITLE, MOST_CLAUSES, Written, problems
from forum.web.errors import Refusal
from forum.web.fields import LineField

EMPTY_ROWS = 2


class RulesForm(Resuming):
    """After `is_valid()`, `clauses` are what was typed."""

    note = LineField(
        label=_("What changed, in one line"),
        max_length=300,
        required=False,
        help_text=_("Stands beside the version, for everybody who reads the rules."),
    )
    is_significant = forms.BooleanField(
        label=_("This matters to everybody: tell the members"),
        required=False,
        help_text=_("Not needed for a corrected spelling or one more language."),
    )
    based_on = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, base: Sequence[Written], **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.clauses: Sequence[Written] = base
        self.wrong: dict[int, str] = {}
        if self.is_bound:
            self.take(self.data)

    def take(self, sent: Mapping[str, Any]) -> None:
        self.clauses = written_in(sent)

    @property
    def written(self) -> str:
        return f"{super().written} {PREFIX}-"

    @property
    def most(self) -> int:
        return MOST_CLAUSES

    @property
    def longest(self) -> dict[str, int]:
        return {"title": LONGEST_TITLE, "text": LONGEST_TEXT}

    @property
    def rows(self) -> list[Row]:
        """The clauses as typed, and empty rows to go on in."""
        return [*rows_of(self.clauses, self.wrong), *[Row()] * (EMPTY_ROWS if len(self.clauses) < MOST_CLAUSES else 0)]

    @property
    def clauses_wrong(self) -> list[str]:
        return list(self.wrong.values())[:10]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.wrong = problems(self.clauses)
        if self.wrong:
            self.add_error(None, self.clauses_wrong)
        return cleaned

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))
