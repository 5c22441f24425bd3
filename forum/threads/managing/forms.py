"""What moderators fill in to manage a thread, or many."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.drafts.forms import ComposerForm
from forum.threads import rules
from forum.threads.forms import TitleForm, language_field
from forum.threads.managing.models import PACES
from forum.threads.models import Pin, Thread
from forum.web.errors import Refusal
from forum.web.fields import LineField

LONGEST_LOCK = timedelta(days=366)
NUMBER = {"min_value": 1, "max_value": 2**62}


def reason_field(*, required: bool = True) -> LineField:
    return LineField(label=_("Reason, in one line that everyone reads"), max_length=300, required=required)


class DeedForm(forms.Form):
    def refuse(self, refusal: Refusal) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, forms.ValidationError(str(refusal.message)))


class LockForm(DeedForm):
    SPANS = {
        "": _("until somebody unlocks it"),
        "1": _("for an hour"),
        "24": _("for a day"),
        "72": _("for three days"),
        "168": _("for a week"),
    }
    reason = reason_field()
    span = forms.ChoiceField(label=_("How long"), choices=list(SPANS.items()), required=False)
    until = forms.DateTimeField(
        label=_("Or until a day and an hour of your own"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def clean(self) -> dict[str, Any]:
        """`until`, if it has an end."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        now, until = timezone.now(), cleaned.get("until")
        if until and until <= now:
            self.add_error("until", _("This moment is over already. Please choose a later one."))
        elif until and until > now + LONGEST_LOCK:
            self.add_error("until", _("A lock ends within a year, or when somebody unlocks it."))
        elif not until and cleaned.get("span"):
            cleaned["until"] = now + timedelta(hours=int(cleaned["span"]))
        return cleaned


class PinForm(DeedForm):
    scope = forms.ChoiceField(
        label=_("Where it stands first"),
        choices=Pin.Scope.choices,
        initial=Pin.Scope.COMMUNITY,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = reason_field(required=False)

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if thread.section_id is None:
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {**cleaned, "scope": cleaned.get("scope") or Pin.Scope.COMMUNITY}


class PaceForm(DeedForm):
    minutes = forms.TypedChoiceField(label=_("One post each"), choices=list(PACES.items()), coerce=int, initial=15)
    reason = reason_field()


class RetitleForm(DeedForm, TitleForm):
    """With the reason, where somebody changes another's title."""

    def __init__(self, *args: Any, thread: Thread, by: Any, **kwargs: Any) -> None:
        initial = {"title": thread.title, "section": thread.section_id, "language": thread.language}
        super().__init__(*args, initial=initial, community=thread.community, **kwargs)
        if thread.author_id != by.pk:
            self.fields["reason"] = reason_field()


class ConclusionForm(ComposerForm):
    language = language_field()

    extra_fields = ("language",)

    def ask_pace(self) -> None:
        rules.check_edit_speed(self.writer)


class ChoiceForm(forms.Form):
    """`based_on`: the conclusion that stood when this one was chosen."""

    based_on = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)


class UndoForm(forms.Form):
    """`also`: the other entries of one deed."""

    also = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, posted: Any) -> None:
        super().__init__(posted)
        numbers = [value for value in posted.getlist("also") if value.isascii() and value.isdigit() and len(value) < 19]
        self.fields["also"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]


class ChosenForm(DeedForm):
    """What is done to the chosen threads of a list."""

    DEEDS = {
        "lock": _("Lock"),
        "unlock": _("Unlock"),
        "pin": _("Pin in the whole community"),
        "pin-section": _("Pin in its section"),
        "unpin": _("Unpin"),
    }
    deed = forms.ChoiceField(label=_("With the chosen"), required=False)
    reason = LineField(label=_("Reason, one line for all"), max_length=300, required=False)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {f"section-{section.pk}": section for section in community.sections.all()}
        into = [(key, str(section)) for key, section in self.sections.items()]
        choices: list[Any] = list(self.DEEDS.items())
        if into:
            choices.append((_("Put into the section"), [*into, ("section-none", _("No section"))]))
        self.fields["deed"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        deed = cleaned.get("deed", "")
        if not deed and "deed" not in self.errors:
            self.add_error("deed", _("Please say what to do with them."))
        if not cleaned.get("reason") and (deed == "lock" or deed.startswith("section-")):
            self.add_error("reason", _("Please say why, in one line: it stands in each of these threads."))
        return cleaned
