"""The form every text is written in."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum import text
from forum.drafts import keeping, registry
from forum.drafts.actions import version, version_of
from forum.drafts.models import Draft
from forum.drafts.preview import fill_anywhere
from forum.web.errors import Refusal


class WrittenField(forms.CharField):
    """Text as it was typed: control characters are forum.text's business, not a reason to send it back."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\0", "")


class ComposerForm(forms.Form):
    """One text. Subclasses add fields (title, section); those named in `extra_fields` are printed above the text.

    After `is_valid()`, `cleaned_data["text"]` is the `Cleaned` text and `cleaned_data["submission"]` a UUID.
    `writer` is who writes. `refusal` is why the text was not even looked at: somebody is too fast.
    `draft` is what stands on the server for this place; `other_text` (`other_format`) a second version that must not
    be lost, printed above this one with `other_about`, a sentence that says what it is.
    """

    extra_fields: tuple[str, ...] = ()
    refusal: Refusal | None = None
    draft: Draft | None = None
    other_text: str = ""
    other_format: str = "markdown"
    other_about: Any = _("Below is the text you sent last. This one was kept earlier: take from it what you need.")

    body = WrittenField(
        label=_("Text"), strip=False, required=False, widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"})
    )
    body_format = forms.CharField(required=False, initial="markdown", widget=forms.HiddenInput)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    based_on = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, writer: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)  # the editor hides the textarea: the server says it better
        super().__init__(*args, **kwargs)
        self.writer = writer

    @classmethod
    def opened(
        cls, request: HttpRequest, place: str, *, initial: dict[str, Any] | None = None, quote: str = "", **kwargs: Any
    ) -> Any:
        """A form ready to be written in: with what was lost on the way to signing in, else with the draft kept here.

        `initial` is what stands in it when there is neither (the text being edited); the quote `345.2` is added to
        either, once.
        """
        opening = keeping.open_place(request, place)
        fields = {**(initial or {}), **opening.fields}
        if quote and quote not in str(fields.get("body", "")):
            fields["body"] = _with_quote(str(fields.get("body", "")), str(fields.get("body_format", "")), quote)
        form = cls(initial=fields, **kwargs)
        form.draft, form.other_text, form.other_format = opening.draft, opening.other_text, opening.other_format
        return form

    def clean_body_format(self) -> str:
        return "html" if self.cleaned_data["body_format"] == "html" else "markdown"

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_based_on(self) -> int:
        return self.cleaned_data["based_on"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        latest = registry.latest_at(self.writer, self.data.get("place", ""))
        try:
            self.ask_pace()
            cleaned["text"] = text.clean(cleaned.get("body", ""), cleaned.get("body_format", "markdown"), latest=latest)
        except Refusal as refusal:
            self.refusal = refusal
            self.refuse(refusal)
        except text.TextRefused as refused:
            self.add_error("body", forms.ValidationError(refused.message))
        return cleaned

    def ask_pace(self) -> None:
        """Refusal for somebody too fast: before their text is cleaned, which is what costs."""

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal on its field; on the text when it names none of this form's."""
        field = refusal.field if refusal.field in self.fields else "body"
        self.add_error(field, forms.ValidationError(str(refusal.message)))

    @property
    def draft_version(self) -> str:
        """What the page knows of the draft: a refused text has been kept by `writing_needs_sign_in`."""
        if self.is_bound:
            return version(str(self.data.get("title", "")), str(self.data.get("body", "")))
        return version_of(self.draft)

    @property
    def other_shown(self) -> str:
        """The other version as it would be published; "" when it could not be."""
        try:
            return fill_anywhere(text.clean(self.other_text, self.other_format).html)
        except text.TextRefused:
            return ""

    @property
    def printed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.extra_fields if name in self.fields]


def _with_quote(body: str, body_format: str, quote: str) -> str:
    if body_format == "html":
        return f'{body}<blockquote data-quote="{quote}"></blockquote><p></p>'
    return f"{body.rstrip()}\n\n>>{quote}\n\n".lstrip()
