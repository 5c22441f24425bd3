from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import names
from forum.moderation.factors.actions import LONGEST_CHECK
from forum.moderation.factors.rules import SAY_HOW


class ResetForm(forms.Form):
    checked = forms.CharField(
        label=_("How did you make sure that it is this person?"),
        max_length=LONGEST_CHECK,
        help_text=_("For example: met in person, or called back on a number we had before. Nothing that came by mail."),
        validators=[names.validate_printable],
        error_messages={"required": SAY_HOW},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("What happened"),
        max_length=LONGEST_CHECK,
        required=False,
        help_text=_("For the log: for example, a lost phone."),
        validators=[names.validate_printable],
    )
