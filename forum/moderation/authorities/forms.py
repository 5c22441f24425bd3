from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.moderation.authorities.models import Order
from forum.web.errors import Refusal
from forum.web.fields import LineField, WordsField


class Refusable(forms.Form):
    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class OrderForm(Refusable):
    authority = LineField(label=_("Authority"), max_length=200)
    reference = LineField(label=_("Its reference"), max_length=120)
    issued_on = forms.DateField(
        label=_("Date of the order"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    demand = forms.ChoiceField(label=_("It orders"), choices=Order.Demand.choices, widget=forms.RadioSelect)
    demands = WordsField(label=_("What exactly"), max_length=3000)
    about = LineField(
        label=_("What it is about"),
        max_length=500,
        required=False,
        help_text=_("An address here, or a few words."),
    )
    community = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, communities: list[Community], is_staff: bool, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.communities = communities
        whole = [("", _("the whole site"))] if is_staff else []
        named = [(str(each.pk), each.name) for each in communities]
        self.fields["community"].choices = [*whole, *named]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["community"].required = not is_staff

    def clean_issued_on(self) -> Any:
        day = self.cleaned_data["issued_on"]
        if day.year < 2000 or day > timezone.localdate():
            raise forms.ValidationError(_("This cannot be the day of an order."))
        return day

    def order(self) -> dict[str, Any]:
        """What `actions.record_order` takes."""
        said = dict(self.cleaned_data)
        pk = said.pop("community")
        return said | {"community": next((each for each in self.communities if str(each.pk) == pk), None)}


class EffectForm(Refusable):
    effect = WordsField(label=_("What was done"), max_length=3000)
