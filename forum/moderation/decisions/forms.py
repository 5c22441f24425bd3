"""What a moderator chooses in two taps: the act and the rule. The rest is filled in, and may be changed."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Member
from forum.moderation.decisions import effects, rules, statements
from forum.moderation.decisions.models import RESTRICTIONS, Act, Complaint
from forum.moderation.reports.models import Case
from forum.moderation.rulebook.models import Clause
from forum.moderation.rulebook.queries import clauses_in_force
from forum.moderation.subjects import Subject
from forum.web.fields import LineField, WordsField

HIDE_ALL = "hide-all"
LAW = "law"
#: How long a pause or a suspension lasts, in days.
SPANS = (1, 7, 30, 180)
FOR_GOOD, UNTIL = "good", "until"


class DecisionForm(forms.Form):
    """For one member, thing and case: the choices are those that are this member's."""

    act = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("The rule it goes against"), widget=forms.RadioSelect, required=False)
    law = LineField(label=_("Which law, and which of its articles"), max_length=500, required=False)
    sentence = WordsField(
        label=_("Your sentence to the author"),
        max_length=1000,
        required=False,
        help_text=_("It is signed by the moderators, without your name. The post stands for 24 hours."),
    )
    facts = WordsField(
        label=_("The facts, as the statement says them"),
        max_length=3000,
        required=False,
        help_text=_("Left as they are, they are said in the language of the person they are for."),
    )
    span = forms.ChoiceField(label=_("How long"), required=False)
    until = forms.DateField(
        label=_("Until this day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_site_wide = forms.BooleanField(label=_("On the whole site, not only here"), required=False)

    def __init__(self, *args: Any, member: Member, about: Subject, case: Case | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.clauses = {str(each.pk): each for each in clauses_in_force(about.community)} if about.community else {}
        acts = rules.acts_for(member, case, about)
        self._offer("act", [(act.value, act.label) for act in acts] + _all_of(member, about))
        grounds = [(pk, f"{each.number}. {each.title}") for pk, each in self.clauses.items()]
        self._offer("ground", [*grounds, (LAW, _("a law"))])
        if not grounds:
            self.fields["ground"].initial = LAW
        self.said = statements.said_of(about, case)
        self.fields["facts"].initial = self.said
        self._offer_spans(acts)
        if not member.is_staff:
            del self.fields["is_site_wide"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, says the class

    def _offer_spans(self, acts: list[Act]) -> None:
        days = [(str(n), ngettext_lazy("%(n)d day", "%(n)d days", n) % {"n": n}) for n in SPANS]
        further = [(FOR_GOOD, _("for good"))] if Act.SUSPEND in acts else []
        self._offer("span", [*days, (UNTIL, _("until a day")), *further])
        self.fields["span"].initial = "7"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        act = data.get("act")
        if act in {*RESTRICTIONS, HIDE_ALL}:
            self._clean_ground(data, act)
        if act == Act.REWORD and not data.get("sentence"):
            self.add_error("sentence", _("Say in a sentence what you ask for."))
        if act in {Act.PAUSE, Act.SUSPEND} and "until" not in self.errors:
            data["ends"] = self._ends(data)
        return data

    def _clean_ground(self, data: dict[str, Any], act: str) -> None:
        ground = data.get("ground") or (LAW if data.get("law") else "")
        if not ground and "ground" not in self.errors:
            self.add_error("ground", _("Choose the rule it goes against, or name the law."))
        if ground == LAW and not data.get("law"):
            self.add_error("law", _("Name the law, so that it can be looked up."))
        if ground == LAW and act == HIDE_ALL:
            self.add_error("ground", _("Choose the rule it goes against."))

    def _ends(self, data: dict[str, Any]) -> datetime | None:
        span = data.get("span") or "7"
        if span == FOR_GOOD and data.get("act") == Act.SUSPEND:
            return None
        if span not in {UNTIL, FOR_GOOD}:
            return timezone.now() + timedelta(days=int(span))
        if data.get("until") is None:
            self.add_error("until", _("Choose a day."))
            return None
        return timezone.make_aware(datetime.combine(data["until"], time(23, 59)))

    @property
    def clause(self) -> Clause | None:
        return self.clauses.get(self.cleaned_data.get("ground", ""))

    def choice(self) -> dict[str, Any]:
        """For `actions.decide`. Facts nobody touched are left out: they are said in the addressee's language."""
        data = self.cleaned_data
        facts = data["sentence"] if data["act"] == Act.REWORD else data["facts"]
        is_restriction = data["act"] in RESTRICTIONS
        return {
            "act": data["act"],
            "clause": self.clause if is_restriction else None,
            "law": data["law"] if is_restriction and self.clause is None else "",
            "facts": "" if " ".join(facts.split()) == " ".join(self.said.split()) else facts,
            "until": data.get("ends"),
            "is_site_wide": data.get("is_site_wide", False),
        }


def _all_of(member: Member, about: Subject) -> list[tuple[str, Any]]:
    """For who came to advertise: everything of theirs here, at once."""
    if about.column not in {"post", "thread"} or about.author is None or about.author.is_house:
        return []
    count = effects.posts_of(about.author, about.community).count()
    if count < 2 or rules.why_not_all(about.author, count):
        return []
    words = ngettext_lazy(
        "hide the %(n)d post of this person here", "hide all %(n)d posts of this person here, as one decision", count
    )
    return [(HIDE_ALL, words % {"n": count})]


class ReversalForm(forms.Form):
    reason = LineField(label=_("Why, in one line for the log"), max_length=300)


class ComplaintForm(forms.Form):
    words = WordsField(label=_("Why the decision is wrong"), max_length=5000)


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("The decision"),
        widget=forms.RadioSelect,
        choices=[
            (Complaint.Outcome.UPHELD, _("stands")),
            (Complaint.Outcome.REVERSED, _("is taken back: everything becomes as it was")),
        ],
    )
    reasons = WordsField(label=_("Your reasons, for whoever complained"), max_length=3000)
