"""What people fill in to tell a method: five things, two preset, and everything else when they like."""

import uuid
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum import text
from forum.methods import check
from forum.methods.card import Access as Answered
from forum.methods.card import Card, CardPicture, Credit, Material, Step
from forum.methods.lines import LinesField, in_a_line, with_rows
from forum.methods.pictures import rows as picture_rows
from forum.methods.pictures.rows import PictureRow
from forum.methods.pictures.settling import own
from forum.methods.resuming import Resuming
from forum.methods.steprows import EMPTY_ROWS, Row, rows_in, rows_of
from forum.methods.vocabularies import (
    Access,
    AdaptationKind,
    Answer,
    ArtForm,
    Basis,
    Consent,
    CostBand,
    Format,
    Grouping,
    Licence,
    Maturity,
    Purpose,
    Skill,
    Space,
)
from forum.text import Cleaned, TextRefused
from forum.web.errors import Refusal
from forum.web.fields import LineField, WordsField
from forum.web.widgets import Checkboxes, Select

ASKED = (Licence.SHARE_ALIKE, Licence.NOT_FOR_MONEY, Licence.READ_ONLY)
NOT_STATED: tuple[str, Promise] = ("", _("not stated"))
_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "\n")


class SomeField(forms.MultipleChoiceField):
    widget = Checkboxes

    def clean(self, value: Any) -> Any:
        return tuple(super().clean(value))


def number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=10**9)


def one(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[NOT_STATED, *choices], required=False, widget=Select, **more)


def some(label: Any, choices: Any, **more: Any) -> SomeField:
    return SomeField(label=label, choices=choices, required=False, **more)


def words(label: Any, help_text: Any = "") -> WordsField:
    return WordsField(label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class Group:
    title: Promise
    fields: list[forms.BoundField]
    is_open: bool


class CardForm(Resuming):
    """A whole card. After `is_valid()`, `card()` is what was typed over `base`, and `text` its free text cleaned."""

    title = LineField(label=_("What is it called?"), max_length=check.LENGTHS["title"])
    summary = words(_("In one or two sentences"), _("Left empty, it is the first sentence of how it goes."))
    purpose = WordsField(
        label=_("What is it for?"), help_text=_("“So that …”"), widget=forms.Textarea(attrs={"rows": 2})
    )
    language = forms.ChoiceField(label=_("Language of this card"), choices=settings.LANGUAGES)
    body = forms.CharField(label=_("Or in your own words"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    body_format = forms.CharField(required=False, initial="markdown", widget=forms.HiddenInput)
    licence = forms.ChoiceField(
        label=_("May others change and reuse this and name you?"),
        choices=Licence.choices,
        initial=Licence.SHARE_ALIKE,
        widget=forms.RadioSelect,
        help_text=_("This cannot be taken back. Pictures never come with it."),
    )
    maturity = forms.ChoiceField(
        label=_("Have you done it?"),
        choices=[(key, label) for key, label in Maturity.choices if key != Maturity.BY_OTHERS],
        initial=Maturity.IDEA,
        widget=forms.RadioSelect,
    )

    minutes_min, minutes_max = number(_("Minutes, at least")), number(_("Minutes, at most"))
    basis = one(_("The minutes are"), Basis.choices)
    preparation_min = number(_("Minutes of preparation, at least"))
    preparation_max = number(_("Minutes of preparation, at most"))
    group_min, group_max = number(_("People, at least")), number(_("People, at most"))
    ideal_min, ideal_max = number(_("Best from")), number(_("Best up to"))
    age_min, age_max = number(_("Age from")), number(_("Age up to"))
    leaders = number(_("People who lead"))
    purposes = some(_("What for, in a word (up to three)"), Purpose.choices)
    space = some(_("Where"), Space.choices)
    format = some(_("How people meet"), Format.choices)
    grouping = some(_("How people work"), Grouping.choices)
    people = LinesField(label=_("For whom, one a line"), required=False)
    cost_band = one(_("Cost"), CostBand.choices)
    cost_note = LineField(label=_("What costs money"), required=False)
    skill = one(_("How hard is it to lead?"), Skill.choices)
    materials = LinesField(label=_("Materials, one a line"), required=False, rows=True)
    inclusion = words(_("Who is left out, and what helps?"))
    risks = words(_("What can go wrong?"))
    consent = some(_("Ask people first about"), Consent.choices)
    consent_note = LineField(label=_("About asking"), required=False)
    invitation = LineField(label=_("The sentence you say to begin"), required=False)
    when_not = words(_("When not to do it"))
    after = words(_("What stays afterwards"))
    tips = words(_("Tips"))
    art_form = some(_("Art form"), ArtForm.choices)
    credits = LinesField(
        label=_("Whom it comes from, one a line"),
        help_text=_("“Source unknown” is fine."),
        required=False,
        rows=True,
    )
    tags = LinesField(label=_("Other words to find it by, one a line"), required=False)

    first = ("title", "summary", "purpose", "language")
    figures = (
        "minutes_min", "minutes_max", "basis", "preparation_min", "preparation_max", "group_min", "group_max",
        "ideal_min", "ideal_max", "age_min", "age_max", "leaders", "cost_band", "cost_note", "skill",
    )  # fmt: skip
    around = ("purposes", "space", "format", "grouping", "art_form", "people", "materials", "tags", "credits")
    care = ("inclusion", "risks", "consent", "consent_note", "invitation", "when_not", "after", "tips")

    def __init__(self, *args: Any, base: Card | None = None, **kwargs: Any) -> None:
        self.base = base or Card(language=get_language() or settings.LANGUAGE_CODE)
        kwargs.setdefault("initial", shown(self.base))
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.text: Cleaned | None = None
        self.steps_wrong: list[str] = []
        self.pictures_wrong: list[str] = []
        self.theirs: set[str] = set()  # pictures of others: what is said of them stays
        for key, label in Access.choices:
            self.fields[f"access_{key}"] = one(label, Answer.choices)
        self.rows = rows_in(self.data) if self.is_bound else rows_of(self.base.steps)
        self.pictures = picture_rows.rows_in(self.data) if self.is_bound else picture_rows.rows_of(self.base.pictures)
        if self.base.maturity == Maturity.BY_OTHERS:
            self.fields["maturity"].choices = Maturity.choices  # type: ignore[attr-defined]  # a ChoiceField
        for name, field in self.fields.items():
            if most := check.LENGTHS.get(name):
                field.widget.attrs["data-most"] = most
                field.widget.attrs.pop("maxlength", None)  # a long paste is said, not cut

    def take(self, sent: QueryDict) -> None:
        self.rows, self.pictures = rows_in(sent), picture_rows.rows_in(sent)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(row.step for row in self.rows)

    @property
    def written(self) -> str:
        return f"{super().written} step- picture-alt- picture-author-"

    @property
    def step_rows(self) -> list[Row]:
        """The steps as typed, and empty rows to go on in."""
        return [*self.rows, *[Row(Step())] * (EMPTY_ROWS if len(self.rows) < check.MOST["steps"] else 0)]

    @property
    def picture_rows(self) -> list[PictureRow]:
        """As typed; nothing is called wrong before it is sent."""
        return [
            replace(row, wrong=row.wrong if self.is_bound else {}, is_theirs=row.picture.id in self.theirs)
            for row in self.pictures
        ]

    @property
    def empty_picture(self) -> PictureRow:
        """The pattern of a row, for the page's script."""
        return PictureRow(CardPicture())

    def know_theirs(self, writer: Any) -> None:
        ids = {each.id for each in self.base.pictures}
        self.theirs = ids - own(ids, writer) if ids else ids

    def refuse_pictures(self, words: str) -> None:
        """A file that could not be taken."""
        if words and self.errors is not None:
            self.pictures_wrong.append(words)
            self.add_error(None, words)

    def fields_named(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return self.fields_named(*self.first)

    @property
    def groups(self) -> list[Group]:
        """What stands folded; a group with a mistake in it stands open."""
        return [
            Group(title, fields := self.fields_named(*names), any(field.errors for field in fields))
            for title, names in (
                (_("Time, people, cost"), self.figures),
                (_("Where, for whom, with what"), self.around),
                (_("Taking care of people"), self.care),
                (_("Who can take part"), tuple(f"access_{key}" for key in Access.values)),
            )
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        body = cleaned.get("body", "")
        if body.strip():
            try:
                self.text = text.clean(body, "html" if cleaned.get("body_format") == "html" else "markdown")
            except TextRefused as refused:
                self.add_error("body", str(refused.message))
        if not cleaned.get("summary"):
            cleaned["summary"] = self._first_sentence()
        for name, messages in check.problems(self.card()).items():
            if name not in self.errors:
                if name == "steps":
                    self.steps_wrong = messages
                if name == "pictures":
                    of_rows = {words for row in self.pictures for words in row.wrong.values()}
                    self.pictures_wrong = [words for words in messages if words not in of_rows]
                self.add_error(None if name in {"steps", "access", "pictures"} else name, messages)
        return cleaned

    def _first_sentence(self) -> str:
        told = self.text.plain if self.text else next((step.text or step.title for step in self.steps), "")
        told = " ".join(told.split())
        ends = [told.find(end) + 1 for end in _SENTENCE_ENDS if end in told]
        return told[: min(ends, default=len(told))].strip()[: check.LENGTHS["summary"]]

    def card(self) -> Card:
        """What was typed; what the form does not show stays as it was."""
        stated = {one.name: self.cleaned_data[one.name] for one in fields_of(Card) if one.name in self.cleaned_data}
        stated["steps"], stated["pictures"] = self.steps, self._stated_pictures()
        for name, row in (("materials", Material), ("credits", Credit)):
            stated[name] = with_rows(stated.get(name, ()), getattr(self.base, name), row)
        notes = {each.key: each.note for each in self.base.access}
        answers = {key: self.cleaned_data.get(f"access_{key}", "") for key in Access.values}
        stated["access"] = tuple(
            Answered(key=key, answer=answer, note=notes.get(key, "")) for key, answer in answers.items() if answer
        )
        stated["body_format"] = "markdown"
        if self.text:
            stated["body"], stated["body_format"] = self.text.source, self.text.format
        return replace(self.base, **stated)

    def _stated_pictures(self) -> tuple[CardPicture, ...]:
        before = {each.id: each for each in self.base.pictures if each.id in self.theirs}
        return tuple(replace(before.get(row.picture.id, row.picture), alt=row.picture.alt) for row in self.pictures)

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class NewCardForm(CardForm):
    """Three answers about rights; what comes from elsewhere keeps others."""

    licence = forms.ChoiceField(
        label=CardForm.base_fields["licence"].label,
        choices=[(each.value, each.label) for each in ASKED],
        initial=Licence.SHARE_ALIKE,
        widget=forms.RadioSelect,
        help_text=CardForm.base_fields["licence"].help_text,
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)


class RevisionForm(CardForm):
    """Rights were given with the first version, for good."""

    note = LineField(label=_("What did you change?"), max_length=140, required=False)
    based_on = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["licence"]


class AdaptationForm(NewCardForm):
    why = WordsField(label=_("What did you change, and why?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    kinds = some(_("What kind of change is it?"), AdaptationKind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["licence"]


class RedactionForm(Resuming):
    words = forms.CharField(
        label=_("Words that have to go, one a line"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Each in every form it stands there in: Zosia, Zosi, Zosię. They go from every version, for good."),
    )
    inside = forms.BooleanField(label=_("Also inside longer words"), required=False)
    reason = LineField(label=_("Reason, in one line that everyone reads"), max_length=300)

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


def shown(card: Card) -> dict[str, Any]:
    """What stands in the fields for this card."""
    values: dict[str, Any] = {each.name: getattr(card, each.name) for each in fields_of(Card)}
    for name in ("materials", "credits"):
        values[name] = tuple(line for each in values[name] if (line := in_a_line(each.name)))
    return values | {f"access_{each.key}": each.answer for each in card.access}
