"""What people fill in about themselves."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import names
from accounts.models import Member
from accounts.zones import zones_by_region

MOST_OTHER_LANGUAGES = 10


class NameForm(forms.Form):
    """The one thing we ask at sign-up besides what allauth asks."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=names.LONGEST,
        help_text=_("As people here should know you: name and surname, or what your neighbours call you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "email", "password1"]

    def clean_display_name(self) -> str:
        return names.clean_display_name(self.cleaned_data["display_name"])

    def signup(self, request: HttpRequest, user: Member) -> None:
        """allauth calls it after the adapter has saved everything."""


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """One's profile. `languages` becomes one list: the codes ticked, then the others as written."""

    languages = forms.MultipleChoiceField(
        label=_("Languages I read"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    other_languages = forms.CharField(
        label=_("Other languages I read"),
        max_length=200,
        required=False,
        help_text=_("With commas between them, for example: Czech, Belarusian."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))

    field_order = [
        *("display_name", "function", "organisation", "city", "bio", "languages", "other_languages"),
        *("interface_language", "time_zone", "profile_readers"),
    ]

    class Meta:
        model = Member
        fields = ["display_name", "function", "organisation", "city", "bio", "interface_language", "profile_readers"]
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "function": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "bio": forms.Textarea(attrs={"rows": 5}),
            "profile_readers": forms.RadioSelect,
        }
        help_texts = {
            "function": _("Stands beside your name on what you write, as it is on that day."),
            "interface_language": _("Also the language of the mail you get from us."),
            "profile_readers": _("Your name and your contributions are seen by those who may read them anyway."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes, mine = dict(settings.LANGUAGES), self.instance.languages
        self.initial.update(
            languages=[language for language in mine if language in codes],
            other_languages=", ".join(language for language in mine if language not in codes),
            time_zone=self.instance.time_zone,
        )
        pages = cast(forms.ChoiceField, self.fields["interface_language"])
        pages.choices = [("", _("As my browser asks")), *settings.LANGUAGES]
        zones = zones_by_region(get_language() or "en", self.instance.time_zone)
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = zones

    def clean_display_name(self) -> str:
        return names.clean_display_name(self.cleaned_data["display_name"], member=self.instance)

    def clean_other_languages(self) -> list[str]:
        text = self.cleaned_data["other_languages"]
        names.validate_printable(text)
        others = list(dict.fromkeys(" ".join(part.split())[:40] for part in text.split(",") if part.strip()))
        if len(others) > MOST_OTHER_LANGUAGES:
            raise ValidationError(_("Please name no more than %(most)d."), params={"most": MOST_OTHER_LANGUAGES})
        return others

    def profile(self) -> dict[str, Any]:
        """What `actions.change_profile` takes, once the form is valid."""
        fields = dict(self.cleaned_data)
        fields["languages"] = fields["languages"] + fields.pop("other_languages")
        return fields
