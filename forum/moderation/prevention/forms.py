"""What is filled in about a community's own eyes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.moderation.prevention.models import Guard, Watchword
from forum.web.fields import LineField


class GuardForm(forms.Form):
    first_posts = forms.IntegerField(
        label=_("Read their first texts before others do"),
        help_text=_("How many; 0 for none. For people nobody invited, in their first week here."),
        min_value=0,
        max_value=10,
    )
    links = forms.IntegerField(
        label=_("Most links in a text of theirs"),
        help_text=_("Leave it empty to allow as many as everybody may use."),
        min_value=0,
        max_value=50,
        required=False,
    )

    @staticmethod
    def initial_of(guard: Guard | None) -> dict[str, Any]:
        return {"first_posts": guard.first_posts if guard else 0, "links": guard.links if guard else None}


class WatchwordForm(forms.Form):
    kind = forms.ChoiceField(label=_("Look for"), choices=Watchword.Kind.choices, initial=Watchword.Kind.WORDS)
    pattern = LineField(
        label=_("Which"),
        max_length=120,
        help_text=_("Whole words in this order, or a site such as example.org."),
    )
    effect = forms.ChoiceField(label=_("Then"), choices=Watchword.Effect.choices, initial=Watchword.Effect.FLAG)
    reply = LineField(
        label=_("What its writer is told, when it is not taken"),
        max_length=300,
        required=False,
        help_text=_("A friendly sentence: what is the matter, and what to do instead."),
    )
