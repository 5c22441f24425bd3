"""What people fill in to start, answer, change or manage a thread."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum import text
from forum.communities.models import Community
from forum.drafts.forms import ComposerForm
from forum.threads import rules
from forum.threads.models import Post, Reaction
from forum.threads.steps import once
from forum.web.errors import Refusal
from forum.web.fields import LineField


class SectionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One of the community's own sections; the form sets the choices."""

    def __init__(self) -> None:
        super().__init__(queryset=None, required=False, label=_("Section"), empty_label=_("No section"))


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of this text"), choices=settings.LANGUAGES, required=False)


class PublishForm(ComposerForm):
    """A text that becomes a new post."""

    def ask_pace(self) -> None:
        try:
            rules.check_speed(self.writer)
        except Refusal:
            if not self._was_sent():  # the same form sent twice gets the answer it had
                raise

    def _was_sent(self) -> bool:
        sent, place = self.cleaned_data, self.data.get("place", "")
        words = text.tidied(sent.get("body", ""))
        key = once(sent.get("submission"), place, sent.get("title", ""), sent.get("body_format", ""), words)
        return key is not None and Post.objects.filter(author=self.writer, submission=key).exists()


class ReplyForm(PublishForm):
    language = language_field()
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    extra_fields = ("language",)
    answering: Post | None = None


class EditForm(ComposerForm):
    language = language_field()

    extra_fields = ("language",)

    def ask_pace(self) -> None:
        rules.check_edit_speed(self.writer)


class ThreadForm(PublishForm):
    title = LineField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    section = SectionField()
    language = language_field()

    extra_fields = ("title", "section", "language")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sections(self, community)
        self.fields["language"].initial = get_language()


class TitleForm(forms.Form):
    title = LineField(label=_("Title"), max_length=200)
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
    reason = LineField(label=_("Reason, in one line that everyone reads"), max_length=300)


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
