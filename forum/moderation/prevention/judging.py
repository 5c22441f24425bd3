"""What the house decides by itself about a text that somebody sends: let it pass, show it, hold it, refuse it.

Only members' own texts on their way out come here; invited and vouched people and moderators pass the newcomers' part.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from forum import text
from forum.communities import rules as communities
from forum.communities.models import Community
from forum.moderation import subjects
from forum.moderation.prevention.matching import has_words, hosts_in, links_to
from forum.moderation.prevention.models import Catch, Guard, Watchword
from forum.moderation.reports.actions import ask_for_a_look
from forum.moderation.reports.telling import tell_desks
from forum.text import Cleaned
from forum.threads import rules
from forum.threads.holding import gate
from forum.threads.holding.gate import Effect, Verdict
from forum.threads.models import Post

Kind = Watchword.Kind
#: The strictest first.
_ORDER = (Effect.REFUSE, Effect.HOLD, Effect.FLAG)


def register() -> None:
    gate.register(gate.Keeper(judge, flagged, held, settled))


def judge(author: Member, community: Community, title: str, body: Cleaned) -> Verdict:
    if communities.is_moderator(communities.role_of(author, community)):
        return Verdict()
    found = [*_newcomers(author, community, body), *_watchwords(community, title, body)]
    return min(found, key=lambda verdict: _ORDER.index(verdict.effect), default=Verdict())


def is_newcomer(member: Member) -> bool:
    return member.vouched_at is None and member.date_joined > timezone.now() - rules.NEWCOMER_FOR


def _newcomers(author: Member, community: Community, body: Cleaned) -> list[Verdict]:
    guard = Guard.objects.filter(community=community).first()
    if guard is None or not is_newcomer(author):
        return []
    found = []
    if guard.links is not None and len(hosts_in(body.html)) > guard.links:
        words = ngettext(
            "Texts of people who just came may hold %(n)d link here. Please take the others out.",
            "Texts of people who just came may hold %(n)d links here. Please take the others out.",
            guard.links,
        )
        found.append(Verdict(Effect.REFUSE, words % {"n": guard.links}, {"newcomer": True}))
    if guard.first_posts:
        written = Post.objects.filter(author=author, thread__community=community, deletion=None).count()
        if written < guard.first_posts:
            found.append(Verdict(Effect.HOLD, "", {"newcomer": True}))
    return found


def _watchwords(community: Community, title: str, body: Cleaned) -> list[Verdict]:
    rows = Watchword.objects.filter(community=community, retired_at=None)
    said = f"{title}\n{text.plain(body.html)}"
    return [_of(word) for word in rows if matches(word, said, body.html)]


def matches(word: Watchword, said: str, html: str) -> bool:
    return has_words(said, word.pattern) if word.kind == Kind.WORDS else links_to(html, word.pattern)


def _of(word: Watchword) -> Verdict:
    words = word.reply or _("The rules of this community do not allow “%(words)s” here.") % {"words": word.pattern}
    return Verdict(Effect(word.effect), words, {"watchword": word.pk})


def flagged(post: Any, found: Verdict) -> None:
    """A case for the moderators, opened by the house itself."""
    case = ask_for_a_look(about=subjects.subject_of("post", post))
    _remember(case.community_id, found, case=case)


def held(text: Any, found: Verdict) -> None:
    _remember(text.community_id, found, held=text)
    tell_desks(text.community_id)


def settled(text: Any) -> None:
    tell_desks(text.community_id)


def _remember(community: Any, found: Verdict, **what: Any) -> None:
    Catch.objects.create(
        community_id=community, watchword_id=found.why.get("watchword"), effect=found.effect.value, **what
    )
