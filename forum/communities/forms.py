"""What people fill in to come into a community, and stewards to look after it. Words come in every language of the
site: one field a language, `name_pl`, `name_en` …"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.communities.models import Accent, Audience, Community, Joining, Role
from forum.web.fields import LineField, WordsField

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def name_of(code: str) -> str:
    """The language's name in itself: Polski, English."""
    return str(get_language_info(code)["name_local"]).capitalize()


@dataclass
class InLanguage:
    """The fields of one language, for the template; unfolded where the reader is likely to write."""

    code: str
    fields: list[forms.BoundField]

    @property
    def name(self) -> str:
        return name_of(self.code)

    @property
    def unfolded(self) -> bool:
        return self.code == get_language() or any(field.errors for field in self.fields)

    @property
    def hint(self) -> str:
        """What a fold says of its inside: the first words written there."""
        return str(next((value for field in self.fields if (value := field.value())), ""))


class InLanguages(forms.Form):
    """A form with `kinds` of words, each once a language. At least one name is needed."""

    kinds: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            for kind, make in self.kinds.items():
                self.fields[f"{kind}_{code}"] = made = make()
                made.widget.attrs["lang"] = code
                if len(self.kinds) == 1:
                    made.label = name_of(code)

    def by_language(self) -> list[InLanguage]:
        return [InLanguage(code, [self[f"{kind}_{code}"] for kind in self.kinds]) for code in LANGUAGES]

    def words(self, kind: str) -> dict[str, str]:
        """{language: words} of what was filled in."""
        given = {code: self.cleaned_data.get(f"{kind}_{code}", "") for code in LANGUAGES}
        return {code: text for code, text in given.items() if text}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = [f"name_{code}" for code in LANGUAGES]
        if not any(data.get(name) or name in self.errors for name in names):
            self.add_error(names[0], _("Write the name in at least one language."))
        return data

    @staticmethod
    def initial_words(**texts: dict[str, str]) -> dict[str, str]:
        """initial_words(name=community.names) -> {"name_pl": ...}"""
        return {f"{kind}_{code}": text for kind, by_code in texts.items() for code, text in by_code.items()}


class SectionForm(InLanguages):
    kinds: ClassVar[dict[str, Any]] = {"name": lambda: LineField(label=_("Name"), max_length=80, required=False)}


class CommunityForm(InLanguages):
    kinds: ClassVar[dict[str, Any]] = {
        "name": lambda: LineField(label=_("Name"), max_length=80, required=False),
        "description": lambda: WordsField(label=_("What it is about"), max_length=1000, required=False),
        "welcome": lambda: WordsField(label=_("Welcome for those who just joined"), max_length=4000, required=False),
    }
    audience = forms.ChoiceField(
        label=_("Who may read"),
        choices=[
            (Audience.ANYONE, _("Anyone, also people without an account")),
            (Audience.MEMBERS, _("Only members of the community")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "A change counts for what is written from now on. What was written for members only stays with "
            "members, even when the community opens."
        ),
    )
    joining = forms.ChoiceField(
        label=_("How people join"),
        choices=[
            (Joining.OPEN, _("Everyone signed in can join at once")),
            (Joining.REQUEST, _("People ask, and a steward answers")),
            (Joining.INVITATION, _("By invitation of a steward only")),
        ],
        widget=forms.RadioSelect,
    )
    in_directory = forms.BooleanField(
        label=_("Show its name to people who are not members"),
        required=False,
        help_text=_(
            "Only matters while members alone may read: people who are signed in then see the name and what it is "
            "about, and nothing more. Without this, nobody outside learns that the community exists."
        ),
    )
    accent = forms.ChoiceField(label=_("Colour of its sign"), choices=Accent.choices, initial=Accent.COBALT)

    @classmethod
    def initial_of(cls, community: Community) -> dict[str, Any]:
        words = cls.initial_words(name=community.names, description=community.descriptions, welcome=community.welcomes)
        settled = {name: getattr(community, name) for name in ("audience", "joining", "in_directory", "accent")}
        return words | settled

    def changes(self) -> dict[str, Any]:
        """What `actions.change_settings` and `create_community` take."""
        settled = {name: self.cleaned_data[name] for name in ("audience", "joining", "in_directory", "accent")}
        return settled | {f"{kind}s": self.words(kind) for kind in self.kinds}


def address_field() -> forms.CharField:
    return forms.CharField(
        label=_("Address"),
        max_length=60,
        help_text=_("Lower-case letters a to z, figures and hyphens: the end of the community's address."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )


class AddressForm(forms.Form):
    slug = address_field()


class NewCommunityForm(CommunityForm):
    slug = address_field()
    steward = forms.CharField(
        label=_("First steward"), max_length=254, help_text=_("The address with which this person signs in here.")
    )
    sections = WordsField(
        label=_("Sections"),
        required=False,
        max_length=2000,
        help_text=_("One a line; stewards can change them and add other languages later."),
    )

    def clean_steward(self) -> Member:
        wanted = self.cleaned_data["steward"].strip()
        people = Member.objects.filter(is_active=True, is_house=False)
        found = people.filter(**{"email__iexact" if "@" in wanted else "username__iexact": wanted}).first()
        if found is None:
            raise forms.ValidationError(_("Nobody with an account here has this address or name."))
        return found

    def clean_sections(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["sections"].split("\n") if line.strip()]
        if any(len(line) > 80 for line in lines):
            raise forms.ValidationError(_("The name of a section has at most 80 characters."))
        return lines


class ReasonForm(forms.Form):
    reason = LineField(label=_("Why"), max_length=300)


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.MEMBER, _("Member: reads and writes")),
            (Role.MODERATOR, _("Moderator: also locks and pins threads")),
            (Role.STEWARD, _("Steward: also invites and removes people, and changes the settings")),
        ],
        widget=forms.RadioSelect,
    )


class RequestForm(forms.Form):
    note = WordsField(
        label=_("A few words to the stewards"),
        max_length=1000,
        required=False,
        help_text=_("Who you are and what brings you here. Only the stewards read this."),
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
