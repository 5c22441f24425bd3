"""The page of a translator: every piece of the card that says something, and beside it what it says in their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from forum import text
from forum.methods import check
from forum.methods.labels import LABELS, label_of
from forum.methods.models import MethodVersion
from forum.methods.resuming import Resuming
from forum.methods.translations.actions import Saying
from forum.methods.translations.texts import FORMAT, LISTS, Spot, spots
from forum.text import TextRefused
from forum.web.errors import Refusal
from forum.web.fields import LineField, WordsField

REQUIRED = frozenset({"title", "summary"})
ONE_LINE = frozenset({"title", "cost_note", "consent_note", "invitation"})
PART_LENGTHS = {"title": check.STEP_TITLE, "text": check.STEP_TEXT, "note": check.STEP_NOTE}
PART_LABELS = {"title": _("Step %(number)s"), "text": _("What happens"), "note": _("Note")}
THING_LABELS = {"name": _("Material %(number)s"), "unit": _("Unit"), "note": _("Note")}


@dataclass(frozen=True)
class Pair:
    """A piece of the original and the field for its translation. `id` is what describes the field; `theirs` what
    somebody else sent meanwhile, where it is something else."""

    id: str
    original: str | SafeString
    field: forms.BoundField
    theirs: str


class TranslationForm(Resuming):
    """After `is_valid()`, `saying()` is what was typed. `base` is the version that stands beside it."""

    source = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    body_format = forms.CharField(required=False, initial="markdown", widget=forms.HiddenInput)
    is_by_machine = forms.BooleanField(
        label=_("A machine translated it"),
        help_text=_("The page says so until somebody has read it beside the original."),
        required=False,
    )

    def __init__(self, *args: Any, base: MethodVersion, texts: Mapping[str, str], **kwargs: Any) -> None:
        self.base, self.spots = base, list(spots(base.card))
        initial = {spot.name: texts.get(spot.name, "") for spot in self.spots}
        kwargs["initial"] = initial | {FORMAT: texts.get(FORMAT, "markdown")} | kwargs.get("initial", {})
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.text: text.Cleaned | None = None
        self.theirs: Mapping[str, str] = {}
        for spot in self.spots:
            self.fields[spot.name] = _field(spot)

    @property
    def pairs(self) -> list[Pair]:
        """In the order of the card. A field is described by its original, and by its mistakes where it has any."""
        found = []
        for spot in self.spots:
            bound, described = self[spot.name], f"original-{spot.name}"
            wrong = f" {bound.auto_id}_error" if bound.errors else ""
            bound.field.widget.attrs["aria-describedby"] = described + wrong
            original = text.filled(self.base.html) if spot.field == "body" else spot.words
            theirs = self.theirs.get(spot.name, "")
            found.append(Pair(described, original, bound, theirs if theirs != bound.value() else ""))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for spot in self.spots:
            most, over = _most(spot), len(cleaned.get(spot.name) or "")
            if most and over > most:
                self.add_error(spot.name, check.too_long(over - most))
        if (body := cleaned.get("body") or "").strip():
            try:
                self.text = text.clean(body, "html" if cleaned.get(FORMAT) == "html" else "markdown")
            except TextRefused as refused:
                self.add_error("body", str(refused.message))
        return cleaned

    def saying(self) -> Saying:
        texts = {spot.name: self.cleaned_data.get(spot.name) or "" for spot in self.spots}
        if self.text:
            texts |= {"body": self.text.source, FORMAT: self.text.format}
        return Saying(texts=texts, body=self.text, is_by_machine=self.cleaned_data["is_by_machine"])

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


def _field(spot: Spot) -> forms.CharField:
    required = spot.name in REQUIRED
    label = _label(spot)
    if spot.name in ONE_LINE or spot.part in {"title", "name", "unit"} or spot.field == "access":
        field: forms.CharField = LineField(label=label, required=required)
    else:
        rows = 8 if spot.field == "body" else min(2 + len(spot.words) // 120, 8)
        widget = forms.Textarea(attrs={"rows": rows})
        kind = forms.CharField if spot.field == "body" else WordsField
        field = kind(label=label, required=required, widget=widget)
    if spot.field in LISTS:
        field.help_text = _("One a line.")
    if most := _most(spot):
        field.widget.attrs["data-most"] = most
    return field


def _label(spot: Spot) -> Any:
    if spot.field == "steps":
        return PART_LABELS[spot.part] % {"number": spot.number + 1}
    if spot.field == "materials":
        return THING_LABELS[spot.part] % {"number": spot.number + 1}
    return label_of("access", spot.part) if spot.field == "access" else LABELS[spot.field]


def _most(spot: Spot) -> int:
    """As the card's, and half as much again as an original that is longer: languages differ. 0: text.clean says."""
    if spot.field == "body":
        return 0
    lengths = {"steps": PART_LENGTHS.get(spot.part), "materials": check.WORD if spot.part != "note" else check.NOTE}
    most = lengths.get(spot.field) or check.LENGTHS.get(spot.field) or check.NOTE
    if spot.field in LISTS:
        most = (check.WORD + 1) * check.MOST[spot.field]
    return max(most, len(spot.words) * 3 // 2)


class RemovalForm(forms.Form):
    reason = LineField(label=_("Reason, in one line that everyone reads"), max_length=300)

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))
