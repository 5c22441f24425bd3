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
    _place_pictures(version, card, body)
    indexing.put([method.pk])
    keep_name(method)
    return version


def _place_pictures(version: MethodVersion, card: Card, body: Cleaned | None) -> None:
    """The editor's own and those that stood here before; of others', what the card says: `settled` let it in."""
    in_card, in_text = [each.id for each in card.pictures], body.pictures if body else ()
    if not in_card and not in_text:
        return
    # Held, or a sweep of unused ones could come between.
    rows = Picture.objects.select_for_update(no_key=True).filter(pk__in={*in_card, *in_text}).order_by("pk")
    stood = set(MethodPicture.objects.filter(version__method=version.method).values_list("picture", flat=True))
    MethodPicture.objects.bulk_create(
        MethodPicture(version=version, picture=row)
        for row in rows
        if row.uploader_id == version.editor_id or row.pk in stood or str(row.pk) in in_card
    )


def keep_terms(method: Method, card: Card) -> None:
    terms = {(name, term[:LONGEST_TERM]) for name in TERMS for term in getattr(card, name)}
    answers = {"yes": "access", "no": "access_no"}
    terms |= {(answers[each.answer], each.key) for each in card.access if each.answer in answers}
    MethodTerm.objects.filter(method=method).exclude(field=cities.FIELD).delete()  # of tries, not of the card
    MethodTerm.objects.bulk_create(MethodTerm(method=method, field=name, term=term) for name, term in sorted(terms))
