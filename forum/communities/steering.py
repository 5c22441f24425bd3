"""What stewards change about their community: words, rules, address, sections, closing."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes
from forum.communities import rules
from forum.communities.founding import check_address, save_address
from forum.communities.models import Closing, Community, FormerSlug, Section
from forum.communities.steps import hold, only_for_stewards, tell_readers
from forum.web.errors import Refusal


def _tell(community: Community) -> None:
    tell_readers(community, "community.changed")


def change_settings(
    *,
    by: Member,
    community: Community,
    names: Mapping[str, str],
    descriptions: Mapping[str, str],
    welcomes: Mapping[str, str],
    audience: str,
    joining: str,
    accent: str,
    in_directory: bool,
) -> Community:
    """What was written keeps the audience it was written for: opening a community opens no thread of before."""
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        community.names, community.descriptions, community.welcomes = dict(names), dict(descriptions), dict(welcomes)
        community.audience, community.joining, community.accent = audience, joining, accent
        community.in_directory = in_directory
        community.save()
        _tell(community)
        return community


def rename_community(
    *, by: Member, community: Community, slug: str, names: Mapping[str, str] | None = None
) -> Community:
    """Another address (and names, where given). The old address leads here for ever. Refusal: address unusable."""
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        if names is not None:
            community.names = dict(names)
        if slug != community.slug:
            rules.check_renaming(by)
            check_address(slug, community)
            FormerSlug.objects.filter(slug=slug, community=community).delete()  # back to one it had
            FormerSlug.objects.create(slug=community.slug, community=community)
            community.slug = slug
        save_address(community)
        _tell(community)
        return community


def close_community(*, by: Member, community: Community, reason: str) -> Closing:
    """Read-only from now on. Closing a closed one answers with the closing there is."""
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        if not reason.strip():
            raise Refusal(_("Say why, so that members understand."), field="reason")
        closing, new = Closing.objects.get_or_create(
            community=community, defaults={"by": by, "reason": reason.strip()[:300]}
        )
        if new:
            _tell(community)
        return closing


def reopen_community(*, by: Member, community: Community) -> None:
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        gone, _rows = Closing.objects.filter(community=community).delete()
        if gone:
            _tell(community)


def add_section(*, by: Member, community: Community, names: Mapping[str, str]) -> Section:
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        last = community.sections.last()
        section = Section.objects.create(
            community=community, names=dict(names), position=last.position + 1 if last else 1
        )
        _tell(community)
        return section


def change_section(*, by: Member, section: Section, names: Mapping[str, str]) -> Section:
    with changes.writing():
        section = _held(by, section)
        section.names = dict(names)
        section.save(update_fields=["names"])
        _tell(section.community)
        return section


def move_section(*, by: Member, section: Section, up: bool) -> None:
    """One place up or down; at the end already: nothing."""
    with changes.writing():
        section = _held(by, section)
        row = list(section.community.sections.all())
        place = row.index(section)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(row):
            return
        row[place], row[other] = row[other], row[place]
        for position, each in enumerate(row, start=1):
            each.position = position
        Section.objects.bulk_update(row, ["position"])
        _tell(section.community)


def remove_section(*, by: Member, section: Section) -> None:
    """Its threads stay in the community, in no section."""
    with changes.writing():
        section = _held(by, section)
        section.delete()
        _tell(section.community)


def _held(by: Member, section: Section) -> Section:
    """The section as it is now, its community locked. Refusal when it was removed meanwhile."""
    community = hold(section.community)
    only_for_stewards(by, community)
    found = community.sections.filter(pk=section.pk).first()
    if found is None:
        raise Refusal(_("This section was removed meanwhile."))
    return found
