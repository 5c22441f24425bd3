"""The names of a card's fields and of the choices in them."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forum.methods.check import ONE_OF, SOME_OF
from forum.methods.vocabularies import Access, Answer, PictureRights

LABELS: dict[str, Any] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "language": _("Language"),
    "purpose": _("What for"),
    "body": _("How it goes"),
    "steps": _("Steps"),
    "licence": _("Rights"),
    "maturity": _("How far it was tried"),
    "purposes": _("Purposes"),
    "invitation": _("The sentence that begins it"),
    "when_not": _("When not to do it"),
    "group_min": _("People, at least"),
    "group_max": _("People, at most"),
    "ideal_min": _("Best from"),
    "ideal_max": _("Best up to"),
    "grouping": _("How people work"),
    "people": _("For whom"),
    "age_min": _("Age from"),
    "age_max": _("Age up to"),
    "minutes_min": _("Minutes, at least"),
    "minutes_max": _("Minutes, at most"),
    "basis": _("The minutes are"),
    "preparation_min": _("Minutes of preparation, at least"),
    "preparation_max": _("Minutes of preparation, at most"),
    "format": _("How people meet"),
    "space": _("Where"),
    "materials": _("Materials"),
    "cost_band": _("Cost"),
    "cost_note": _("What costs money"),
    "leaders": _("People who lead"),
    "skill": _("How hard it is to lead"),
    "access": _("Who can take part"),
    "inclusion": _("Who is left out, and what helps"),
    "risks": _("What can go wrong"),
    "consent": _("Ask people first about"),
    "consent_note": _("About asking"),
    "after": _("What stays afterwards"),
    "art_form": _("Art form"),
    "tips": _("Tips"),
    "credits": _("Whom it comes from"),
    "pictures": _("Pictures"),
    "tags": _("Other words"),
}
_CHOICES: dict[str, dict[str, Any]] = {
    **{name: dict(offered.choices) for name, offered in {**ONE_OF, **SOME_OF}.items()},
    "access": dict(Access.choices),
    "answer": dict(Answer.choices),
    "picture_rights": dict(PictureRights.choices),
    "language": dict(settings.LANGUAGES),
}


def label_of(name: str, key: str) -> str:
    """The words of a choice; a key nobody knows any more stands for itself."""
    return str(_CHOICES.get(name, {}).get(key, key))
