"""What the pages of communities need, each in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from forum.changes.models import Stream
from forum.communities.models import Audience, Community, CommunityQuerySet, Invitation, JoinRequest, Membership, Role
from forum.communities.restrictions import ProfileHiding
from forum.web.language import collation_key

MEMBERS_A_PAGE = 50


def _communities(viewer: Any) -> CommunityQuerySet:
    """What every page about a community shows of it."""
    return Community.objects.with_my_role(viewer).with_member_count().select_related("closing__by")


def load_community(viewer: Any, slug: str) -> Community:
    """The community as the viewer sees it, with `.my_role`, `.member_count` and its closing. Http404 for what the
    viewer may not see. By an address it used to have, too: then `.slug` is another one, and the page redirects.

    `.head`, `.inside_head` and `.my_head` are the numbers of its stream, its members' and the viewer's own, read with
    it and before all else the page shows: what happens in between arrives once more as a change, and applying a change
    twice does no harm.
    """
    pk = Cast(OuterRef("pk"), TextField())
    visible = _communities(viewer).visible_to(viewer)
    visible = visible.annotate(
        head=_head(Concat(Value("community:"), pk)),
        inside_head=_head(Concat(Value("inside:"), pk)),
        my_head=_head(Value(f"member:{viewer.pk}")),
    )
    community = visible.filter(slug=slug).first() or visible.filter(former_slugs__slug=slug).first()
    if community is None:
        raise Http404
    return community


def _head(key: Any) -> Coalesce:
    return Coalesce(Subquery(Stream.objects.filter(key=key).values("head")[:1]), 0)


def load_door(viewer: Any, slug: str) -> Community:
    """A community one may join or ask for: one the viewer may read, or one its stewards listed. Else Http404."""
    communities = _communities(viewer)
    community = (communities.visible_to(viewer) | communities.doors_for(viewer)).filter(slug=slug).first()
    if community is None:
        raise Http404
    return community


class Standing(TypedDict):
    """`waiting_request`: the viewer's own; `requests_waiting`: how many a steward has to answer."""

    waiting_request: JoinRequest | None
    requests_waiting: int


def standing(viewer: Any, community: Community) -> Standing:
    """The context communities/_head.html needs beside `community` from `load_community`: at most one query."""
    waiting, count = None, 0
    if community.my_role == Role.STEWARD:
        count = JoinRequest.objects.filter(community=community, outcome=JoinRequest.Outcome.WAITING).count()
    elif viewer.is_authenticated and community.my_role is None:
        waiting = JoinRequest.objects.filter(
            community=community, member_id=viewer.pk, outcome=JoinRequest.Outcome.WAITING
        ).first()
    return {"waiting_request": waiting, "requests_waiting": count}


def readers_now(community: Community, audience: str | None = None) -> Audience:
    """Who reads what is written here now; `audience`: a thread's."""
    return Audience.ANYONE if community.is_open and audience in {None, Audience.ANYONE} else Audience.MEMBERS


def audience_sentence(community: Community, audience: str | None = None) -> str:
    """Who will see what is written: the community's readers, or fewer where `audience` (a thread's) is narrower."""
    if readers_now(community, audience) == Audience.ANYONE:
        return _("Everyone on the internet will be able to read this.")
    count = getattr(community, "member_count", None)
    if count is None:
        count = Membership.objects.filter(community=community).count()
    return ngettext(
        "Only you will see this: %(community)s has no other member yet.",
        "Only the %(count)d members of %(community)s will see this.",
        count,
    ) % {"count": count, "community": community.name}


def who_will_see(community: Community, audience: str | None = None) -> dict[str, str]:
    """What a composer prints of its readers, and sends back as what its writer was told."""
    return {
        "audience_line": audience_sentence(community, audience),
        "readers": readers_now(community, audience),
    }


def by_name(communities: Iterable[Community]) -> list[Community]:
    return sorted(communities, key=lambda community: (collation_key(community.name), community.pk))


@dataclass
class Directory:
    mine: list[Community] = field(default_factory=list)
    others: list[Community] = field(default_factory=list)
    doors: list[Community] = field(default_factory=list)


def directory(viewer: Any) -> Directory:
    """What the viewer may see, one's own first, and the doors one may knock on (`.asked`: I did)."""
    visible = by_name(_communities(viewer).visible_to(viewer))
    found = Directory(
        mine=[community for community in visible if community.my_role],
        others=[community for community in visible if not community.my_role],
    )
    if viewer.is_authenticated:
        asked = JoinRequest.objects.filter(
            community=OuterRef("pk"), member_id=viewer.pk, outcome=JoinRequest.Outcome.WAITING
        )
        all_with_asked = Community.objects.annotate(asked=Exists(asked)).select_related("closing")
        # A request outlives the listing: whoever asked may still take it back.
        doors = all_with_asked.doors_for(viewer) | all_with_asked.filter(audience=Audience.MEMBERS, asked=True)
        found.doors = by_name(doors)
    return found


def waiting_requests(community: Community) -> list[JoinRequest]:
    waiting = community.requests.filter(outcome=JoinRequest.Outcome.WAITING)
    return list(waiting.select_related("member").order_by("at", "pk"))


def open_invitations(community: Community) -> list[Invitation]:
    return list(community.invitations.still_open().select_related("by").order_by("-at", "-pk"))


def load_membership(community: Community, username: str) -> Membership:
    """For stewards. Http404 for who does not belong to it."""
    membership = community.memberships.select_related("member").filter(member__username=username).first()
    if membership is None:
        raise Http404
    return membership


@dataclass
class MembersPage:
    """One page of members, stewards and moderators first, then as the language sorts. `complete`: are these all?
    The rest is what components/pager.html takes."""

    memberships: list[Membership]
    complete: bool
    links: list[dict[str, Any]]
    previous: str
    next: str


_RANK = {Role.STEWARD: 0, Role.MODERATOR: 1, Role.MEMBER: 2}


def members_page(viewer: Any, community: Community, number: int) -> MembersPage:
    """Members see all of them, others who looks after the community. Each carries `.role_line`, "" where the
    member does not show it to the viewer. Three queries at most, however many members."""
    rows = community.memberships.all()
    complete = community.my_role is not None
    if not complete:
        rows = rows.filter(role__in=[Role.STEWARD, Role.MODERATOR])
    light = [
        (_RANK[Role(role)], collation_key(name), pk)
        for pk, role, name in rows.values_list("pk", "role", "member__display_name")
    ]
    pages = Paginator([pk for _rank, _key, pk in sorted(light)], MEMBERS_A_PAGE)
    page = pages.get_page(number)
    found = community.memberships.select_related("member").in_bulk(list(page.object_list))
    memberships = [found[pk] for pk in page.object_list if pk in found]
    _show_role_lines(viewer, memberships, complete)
    return MembersPage(
        memberships=memberships,
        complete=complete,
        links=[_link(each, page.number) for each in pages.get_elided_page_range(page.number, on_ends=1)],
        previous=f"?page={page.number - 1}" if page.has_previous() else "",
        next=f"?page={page.number + 1}" if page.has_next() else "",
    )


def _link(label: Any, current: int) -> dict[str, Any]:
    return {
        "label": label,
        "url": f"?page={label}",
        "is_current": label == current,
        "is_gap": not isinstance(label, int),
    }


def _show_role_lines(viewer: Any, memberships: list[Membership], all_share: bool) -> None:
    readers = Member.ProfileReaders
    of_page = [each.member_id for each in memberships]
    hidden = set(ProfileHiding.objects.filter(member__in=of_page).values_list("member", flat=True))
    sharing: set[int] = set()
    if all_share:
        sharing = {each.member_id for each in memberships}
    elif viewer.is_authenticated:
        mine = Membership.objects.filter(member_id=viewer.pk).values("community")
        among = Membership.objects.filter(community__in=mine, member__in=[each.member_id for each in memberships])
        sharing = set(among.values_list("member", flat=True))
    for each in memberships:
        setting = readers.NOBODY if each.member_id in hidden else each.member.profile_readers
        shown = (
            setting == readers.ANYONE
            or (setting == readers.COMMUNITIES and each.member_id in sharing)
            or each.member_id == viewer.pk
        )
        each.role_line = each.member.role_line if shown else ""
