"""New communities, and their addresses."""

import re
from collections.abc import Callable, Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes
from forum.communities.models import Accent, Community, FormerSlug, Role, Section
from forum.communities.steps import admit
from forum.web.errors import Refusal

_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Addresses that would look like the site speaking, or like a page of its own.
KEPT_BACK = {
    *("about", "account", "accounts", "admin", "all", "communities", "community", "contact", "help", "home", "imprint"),
    *("info", "moderation", "new", "official", "privacy", "rules", "search", "settings", "site", "support", "team"),
}

#: What rooms above add to a new community, inside its founding.
FOUNDED: list[Callable[[Community], object]] = []


def create_community(
    *,
    by: Member,
    slug: str,
    names: Mapping[str, str],
    audience: str,
    joining: str,
    steward: Member,
    descriptions: Mapping[str, str] | None = None,
    welcomes: Mapping[str, str] | None = None,
    accent: str = Accent.COBALT,
    sections: Iterable[Mapping[str, str]] = (),
    in_directory: bool = False,
) -> Community:
    """A new community with its sections ({language: name} each) and first steward. For administrators.

    Refusal when the address is taken (field "slug") or `by` is no administrator.
    """
    if not by.is_staff:
        raise Refusal(_("Only administrators can create a community."))
    with changes.writing():
        check_address(slug)
        community = Community(
            slug=slug,
            names=dict(names),
            descriptions=dict(descriptions or {}),
            welcomes=dict(welcomes or {}),
            audience=audience,
            joining=joining,
            accent=accent,
            in_directory=in_directory,
        )
        save_address(community)
        Section.objects.bulk_create(
            Section(community=community, names=dict(each), position=n) for n, each in enumerate(sections, start=1)
        )
        admit(steward, community, by=by, role=Role.STEWARD)
        _furnish(community)
        changes.record(f"community:{community.pk}", "community.changed")
        return community


def _furnish(community: Community) -> None:
    for add in FOUNDED:
        add(community)


def check_address(slug: str, community: Community | None = None) -> None:
    """Refusal unless `community` (None: a new one) may have this address. One answer for every address that is
    unfit, kept back or not free, so that asking tells as little as possible about communities one cannot see."""
    if not _ADDRESS.fullmatch(slug) or len(slug) > 60 or slug in KEPT_BACK:
        raise _unusable()
    # In this order: a rename in between moves the address from the first table to the second.
    taken = Community.objects.filter(slug=slug).exists() or FormerSlug.objects.filter(slug=slug).exclude(
        community=community
    )
    if taken:
        raise _unusable()


def save_address(community: Community) -> None:
    try:
        with transaction.atomic():
            community.save()
    except IntegrityError as error:  # somebody took it since check_address
        raise _unusable() from error


def _unusable() -> Refusal:
    words = _(
        "This address cannot be used. Choose another one: lower-case letters a to z, figures and hyphens, "
        "such as our-courtyard."
    )
    return Refusal(words, field="slug")
