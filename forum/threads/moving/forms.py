"""What moderators fill in to move, split and merge."""

import re
from typing import Any, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.communities.models import Community, Section
from forum.communities.queries import by_name
from forum.threads.forms import SectionField, _offer_sections
from forum.threads.models import Thread
from forum.threads.moving import rules
from forum.threads.moving.queries import threads_beside
from forum.web.fields import LineField

LATEST = 30  # threads offered by name
_ADDRESS = re.compile(r"(?:.*/threads/)?#?(\d{1,15})(?:[/?#].*)?")


def reason_field() -> LineField:
    return LineField(label=gettext_lazy("Reason, in one line that everyone reads"), max_length=300)


class MoveForm(forms.Form):
    """`place`: a community one moderates, or a section of it; `community` and `section` are what was chosen."""

    place = forms.ChoiceField(label=gettext_lazy("Where to"))
    reason = reason_field()

    def __init__(self, *args: Any, member: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thread = thread
        houses = rules.moderated_with(member).prefetch_related("sections")
        if rules.is_of_method(thread):
            houses = houses.filter(pk=thread.community_id)
        self.houses = sorted(by_name(houses), key=lambda house: house.pk != thread.community_id)
        self.initial["place"] = _value(thread.community_id, thread.section_id)
        cast(forms.ChoiceField, self.fields["place"]).choices = [
            (str(house), self._places(house)) for house in self.houses
        ]

    def _places(self, house: Community) -> list[tuple[str, str]]:
        sections = [(_value(house.pk, each.pk), f"{house}: {each}") for each in house.sections.all()]
        bare = _("%(community)s, no section") % {"community": house} if sections else str(house)
        return [(_value(house.pk, None), bare), *sections]

    @property
    def community(self) -> Community:
        return next(house for house in self.houses if str(house.pk) == self.cleaned_data["place"].split(".")[0])

    @property
    def section(self) -> Section | None:
        chosen = self.cleaned_data["place"].split(".")[1]
        return next((each for each in self.community.sections.all() if str(each.pk) == chosen), None)


def _value(community: int, section: int | None) -> str:
    return f"{community}.{section or 0}"


class IntoForm(forms.Form):
    """Another thread of the same community: one of the latest, or any by its address."""

    into = forms.ChoiceField(label=gettext_lazy("Thread"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Or its address"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Copied from the thread's page, for one that is not in the list."),
    )
    reason = reason_field()
    must_choose, none_chosen = True, gettext_lazy("Choose a thread")

    def __init__(self, *args: Any, member: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thread, self.rows = thread, threads_beside(member, thread)
        latest = self.rows.order_by("-last_at", "-pk").values_list("pk", "title")[:LATEST]
        offered = [(str(pk), Truncator(title).chars(70)) for pk, title in latest]
        cast(forms.ChoiceField, self.fields["into"]).choices = [("", self.none_chosen), *offered]

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"].strip()
        found = _ADDRESS.fullmatch(typed)
        if typed and found and int(found[1]) == self.thread.pk:
            raise forms.ValidationError(_("That is this thread itself. Choose another one."))
        if typed and not (found and self.rows.filter(pk=found[1]).exists()):
            raise forms.ValidationError(_("No thread of this community has this address."))
        return found[1] if found else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.must_choose and not self.errors and not self.chosen:
            self.add_error("into", _("Choose a thread, or paste its address."))
        return data

    @cached_property
    def chosen(self) -> Thread | None:
        pk = self.cleaned_data.get("address") or self.cleaned_data.get("into")
        return self.rows.filter(pk=pk).first() if pk else None


class MergeForm(IntoForm):
    pass


class SplitForm(IntoForm):
    """A new thread by its title, or a thread there is."""

    title = LineField(label=gettext_lazy("Title of the new thread"), max_length=200, required=False)
    section = SectionField()
    must_choose, none_chosen = False, gettext_lazy("A new thread")
    field_order = ("title", "section", "into", "address", "reason")

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, thread=thread, **kwargs)
        _offer_sections(self, thread.community)
        if "section" in self.fields:
            self.fields["section"].initial = thread.section_id
        self.fields["into"].label = _("Or a thread there is")
