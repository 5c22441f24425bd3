"""What people fill in to start, answer, change or manage a thread."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.drafts.forms import ComposerForm
from forum.threads.models import Post, Reaction


class TitleField(forms.CharField):
    """One line of plain words: runs of white space and control characters become one space."""

    def to_python(self, value: Any) -> str:
        plain = "".join(c if c.isprintable() else " " for c in super().to_python(value) or "")
        return " ".join(plain.split())


class SectionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One of the community's own sections; the form sets the choices."""

    def __init__(self) -> None:
        super().__init__(queryset=None, required=False, label=_("Section"), empty_label=_("No section"))


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of this text"), choices=settings.LANGUAGES, required=False)


class ReplyForm(ComposerForm):
    language = language_field()
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    extra_fields = ("language",)
    answering: Post | None = None


class EditForm(ComposerForm):
    language = language_field()

    extra_fields = ("language",)


class ThreadForm(ComposerForm):
    title = TitleField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    section = SectionField()
    language = language_field()

    extra_fields = ("title", "section", "language")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sections(self, community)
        self.fields["language"].initial = get_language()


class TitleForm(forms.Form):
    title = TitleField(label=_("Title"), max_length=200)
    section = SectionField()
    language = language_field()

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sections(self, community)


def _offer_sections(form: forms.Form, community: Community) -> None:
    sections = community.sections.all()
    if sections:
        cast(SectionField, form.fields["section"]).queryset = sections
    else:
        del form.fields["section"]


class ReasonForm(forms.Form):
    reason = TitleField(label=_("Reason, in one line that everyone reads"), max_length=300)


class ReactionForm(forms.Form):
    """`kind` empty takes the reaction back."""

    kind = forms.ChoiceField(choices=[("", ""), *Reaction.Kind.choices], required=False)


def opening_words(post: Post) -> dict[str, Any]:
    """What stands in the form that edits `post`."""
    return {
        "body": post.source,
        "body_format": post.format,
        "based_on": post.revision,
        "language": post.language,
    }
