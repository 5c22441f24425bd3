from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.web.errors import Refusal
from forum.web.fields import LineField


class TrustForm(forms.Form):
    whom = LineField(
        label=_("Who"),
        max_length=254,
        help_text=_("A user name, an e-mail address, or a domain such as @police.example."),
    )
    reason = LineField(label=_("Why"), max_length=300)

    def person(self) -> dict[str, Any]:
        """Which of the two `actions.trust` is about."""
        said = self.cleaned_data["whom"]
        member = None if "@" in said else Member.objects.filter(username__iexact=said, is_house=False).first()
        return {"member": member, "address": said}

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))
