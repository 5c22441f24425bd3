"""How a method keeps what its card says: the version itself, and copies of the present one for lists and filters."""

from accounts.models import Member
from forum.files.models import Picture
from forum.methods import cities, indexing
from forum.methods.card import Card
from forum.methods.models import Method, MethodPicture, MethodTerm, MethodVersion
from forum.methods.naming import keep_name
from forum.text import Cleaned

COPIED = (
    "title", "summary", "language", "maturity", "group_min", "group_max", "ideal_min", "ideal_max", "age_min",
    "age_max", "minutes_min", "minutes_max", "preparation_max", "cost_band", "skill",
)  # fmt: skip
TERMS = ("purposes", "format", "space", "grouping", "art_form", "tags")
LONGEST_TERM = 80  # an imported word may be longer


def copy_present(method: Method, card: Card) -> None:
    for name in COPIED:
        setattr(method, name, getattr(card, name))


def keep_version(method: Method, card: Card, body: Cleaned | None, editor: Member, note: str) -> MethodVersion:
    version = MethodVersion.objects.create(
        method=method,
        number=method.version,
        content=card.to_json(),
        html=body.html if body else "",
        text_version=body.version if body else 0,
        editor=editor,
        role_line=editor.role_line,
        at=method.changed_at,
        note=note,
    )
    keep_terms(method, card)
    if body and body.pictures:
        # Held, or a sweep of unused ones could come between.
        own = (
            Picture.objects.select_for_update(no_key=True).filter(pk__in=body.pictures, uploader=editor).order_by("pk")
        )
        shown = Picture.objects.filter(pk__in=body.pictures, method_uses__version__method=method)
        MethodPicture.objects.bulk_create(
            [MethodPicture(version=version, picture=picture) for picture in {*own, *shown}]
        )
    indexing.put([method.pk])
    keep_name(method)
    return version


def keep_terms(method: Method, card: Card) -> None:
    terms = {(name, term[:LONGEST_TERM]) for name in TERMS for term in getattr(card, name)}
    answers = {"yes": "access", "no": "access_no"}
    terms |= {(answers[each.answer], each.key) for each in card.access if each.answer in answers}
    MethodTerm.objects.filter(method=method).exclude(field=cities.FIELD).delete()  # of tries, not of the card
    MethodTerm.objects.bulk_create(MethodTerm(method=method, field=name, term=term) for name, term in sorted(terms))
