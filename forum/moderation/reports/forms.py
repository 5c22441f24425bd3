"""What a report asks: of a member a ground, of anybody else what the Digital Services Act asks in article 16(2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.moderation.reports.addresses import LONGEST
from forum.moderation.reports.models import Report
from forum.moderation.reports.rules import needs_no_name
from forum.web.fields import LineField, WordsField

LONGEST_WORDS = 5000


class ReportForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=Report.Ground.choices, widget=forms.RadioSelect
    )
    words = WordsField(label=_("In your own words, if you like"), max_length=LONGEST_WORDS, required=False)
    address = LineField(widget=forms.HiddenInput, max_length=LONGEST)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    stamp = forms.CharField(widget=forms.HiddenInput, max_length=400, required=False)


class OpenReportForm(ReportForm):
    """Also of a member who came without saying what it is about."""

    address = LineField(
        label=_("Its exact address"),
        help_text=_("As it stands in the browser when you look at it. Under “More” every post has its own."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class StrangersReportForm(OpenReportForm):
    words = WordsField(
        label=_("Why is this against the law, or against our rules?"),
        help_text=_("A few sentences are enough. The author does not get to read them."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = LineField(
        label=_("Your name"),
        help_text=_("The author never learns who reported. Not needed when it is about sexual abuse of children."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For the receipt, and for what was decided. For nothing else."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is accurate and complete."),
    )
    # People do not see it; programs that fill in everything do.
    website = forms.CharField(
        label=_("Please leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not needs_no_name(data.get("ground", "")):
            for name, words in (("name", _("Write your name.")), ("email", _("Write your e-mail address."))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data
