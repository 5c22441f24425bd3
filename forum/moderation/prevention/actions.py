"""What moderators and stewards decide about the house's own eyes. All raise Refusal when the rules say no."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log
from forum.communities import rules as communities
from forum.communities.models import Community
from forum.communities.steps import hold, only_for_stewards
from forum.moderation.prevention.matching import site_of
from forum.moderation.prevention.models import Guard, Watchword
from forum.web.errors import Refusal

MOST_WATCHWORDS = 200
Kind, Effect = Watchword.Kind, Watchword.Effect


@changes.writing()
def set_guard(*, by: Member, community: Community, first_posts: int, links: int | None) -> Guard:
    community = hold(community)
    only_for_stewards(by, community)
    chosen = {"first_posts": first_posts, "links": links, "by": by, "at": timezone.now()}
    guard, _new = Guard.objects.update_or_create(community=community, defaults=chosen)
    more = {"first_posts": first_posts, "links": links}
    log.enter("guard.changed", by=by, community=community.pk, house=community, more=more)
    return guard


@changes.writing()
def add_watchword(
    *, by: Member, community: Community, kind: str, pattern: str, effect: str, reply: str = ""
) -> Watchword:
    """Answers the one that stands, when it stands already."""
    community = hold(community)
    _only_for_moderators(by, community)
    if kind == Kind.LINK:
        pattern = site_of(pattern)
        if not pattern:
            raise Refusal(_("Write the name of a site, such as example.org."), field="pattern")
    elif not any(sign.isalnum() for sign in pattern):
        raise Refusal(_("Write one word or a few."), field="pattern")
    standing = Watchword.objects.filter(community=community, retired_at=None)
    same = standing.filter(kind=kind, pattern=pattern, effect=effect).first()
    if same:
        return same
    if standing.count() >= MOST_WATCHWORDS:
        raise Refusal(_("The list is as long as it may be. Take out what is not needed any more."), field="pattern")
    word = Watchword.objects.create(community=community, kind=kind, pattern=pattern, effect=effect, reply=reply, by=by)
    _enter("watchword.added", by, word)
    return word


@changes.writing()
def retire_watchword(*, by: Member, watchword: Watchword) -> None:
    """Twice is once."""
    community = hold(watchword.community)
    _only_for_moderators(by, community)
    rows = Watchword.objects.filter(pk=watchword.pk, retired_at=None)
    if rows.update(retired_at=timezone.now(), retired_by=by):
        _enter("watchword.retired", by, watchword)


def _enter(kind: str, by: Member, word: Watchword) -> None:
    more: dict[str, Any] = {"watchword": word.pk, "effect": word.effect}
    log.enter(kind, by=by, community=word.community_id, house=word.community, words=word.pattern, more=more)


def _only_for_moderators(by: Member, community: Community) -> None:
    if not communities.is_moderator(communities.role_of(by, community)):
        raise Refusal(_("Only the moderators of this community can do this."))
