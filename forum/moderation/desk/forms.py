"""What is filled in at the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.communities.models import Community
from forum.moderation.desk.filters import AGES, KINDS, WHOSE
from forum.moderation.reports.models import Report
from forum.web.fields import LineField, WordsField
from forum.web.widgets import Select


class FilterForm(forms.Form):
    """By GET: the address says what is shown."""

    community = forms.ChoiceField(label=_("Community"), required=False, widget=Select)
    kind = forms.ChoiceField(label=_("What"), required=False, widget=Select)
    ground = forms.ChoiceField(label=_("Ground"), required=False, widget=Select)
    whose = forms.ChoiceField(label=_("In whose hands"), required=False, widget=Select)
    age = forms.ChoiceField(label=_("How old"), required=False, widget=Select)

    def __init__(self, *args: Any, communities: list[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {"kind": KINDS.items(), "ground": Report.Ground.choices}
        choices |= {"whose": WHOSE.items(), "age": AGES.items()}
        choices["community"] = [(each.slug, each.name) for each in communities]
        for name, some in choices.items():
            self.fields[name].choices = [("", _("all")), *some]  # type: ignore[attr-defined]  # a ChoiceField each


class NoteForm(forms.Form):
    text = WordsField(label=_("A note for those who decide"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """One of the people who may decide it, by name."""

    def __init__(self, people: "QuerySet[Member]", **kwargs: Any) -> None:
        super().__init__(people.order_by("display_name", "pk"), to_field_name="username", **kwargs)


class AssignForm(forms.Form):
    def __init__(self, *args: Any, people: "QuerySet[Member]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = PersonField(people, label=_("To whom"))


class HandOverForm(forms.Form):
    text = WordsField(
        label=_("What they should know"), max_length=2000, help_text=_("It stands as a note beside each of them.")
    )

    def __init__(self, *args: Any, people: "QuerySet[Member]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"to": PersonField(people, label=_("To whom")), **self.fields}


class ReplyForm(forms.Form):
    """A saved sentence. `communities` None: it stays where it is."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=Select)
    title = LineField(label=_("Title"), max_length=80, help_text=_("By which you find it again."))
    text = WordsField(label=_("The words"), max_length=1000)

    def __init__(
        self, *args: Any, communities: list[Community] | None = None, site: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if communities is not None:
            choices: list[tuple[str, Any]] = [(each.slug, each.name) for each in communities]
            choices += [("", _("the whole site"))] if site else []
            where = forms.ChoiceField(label=_("For whom"), choices=choices, required=not site, widget=Select)
            self.fields = {"community": where, **self.fields}
