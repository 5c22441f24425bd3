"""What one fills in to tell: photos and words; then what they are, and where."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.drafts import telling
from forum.drafts.actions import version_of
from forum.drafts.forms import ComposerForm
from forum.drafts.queries import find_draft
from forum.methods.telling.pictures import LONGEST
from forum.web.fields import LineField

MOST_PICTURES = 12


class _SomeFiles(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several files as a list."""

    widget = _SomeFiles(attrs={"accept": "image/*", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST_PICTURES:
            raise forms.ValidationError(
                _("That is more than fits here: please choose up to %(most)s.") % {"most": MOST_PICTURES}
            )
        return list(files)


class TellForm(ComposerForm):
    """Nothing of it is looked at as a text yet: the form it goes on to does that."""

    title = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    pictures = PicturesField(label=_("Photos"), required=False)

    extra_fields = ("pictures",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("And in your words")
        self.fields["body"].widget.attrs["rows"] = 6

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    @property
    def draft_version(self) -> str:
        """What stands on the server now: whatever was sent has been kept, or the other text is shown."""
        return version_of(find_draft(self.writer, telling.place_of(self.writer)))


class Kind(models.TextChoices):
    CONVERSATION = "conversation", _("A conversation: I want to hear what others think")
    METHOD = "method", _("A way others can repeat")
    TRY = "try", _("Something we tried")


MOST_DESCRIBED = 40  # at once; the others keep what the text says of them


class KindForm(forms.Form):
    """What it is and where; and what can be seen in the pictures nobody has described yet."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    community = forms.ChoiceField(label=_("Where?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, communities: list[Community], pictures: list[str], **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = [(each.slug, each.name) for each in communities]  # type: ignore[attr-defined]  # a ChoiceField
        self.pictures = pictures[:MOST_DESCRIBED]
        for picture in self.pictures:
            self.fields[f"alt-{picture}"] = LineField(
                label=_("What can be seen in it, for people who cannot see it"), max_length=LONGEST, required=False
            )

    @property
    def picture_fields(self) -> list[tuple[str, forms.BoundField]]:
        """(address, the field of its description)"""
        return [(f"/pictures/{picture}/", self[f"alt-{picture}"]) for picture in self.pictures]

    @property
    def alts(self) -> dict[str, str]:
        return {picture: self.cleaned_data.get(f"alt-{picture}", "") for picture in self.pictures}
