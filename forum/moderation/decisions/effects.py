"""What each act does to what it is about, and how that is taken back. Steps inside the write of a decision, whose rules
were asked.

A decision's `effects` remember what it did: {"posts": [ids], "threads": [ids], "tries": [ids], "profile": bool,
"picture": bool, "membership": …, "draft": …}. What it did not do itself it does not take back.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, text
from forum.communities.models import Membership
from forum.communities.parting import end_invitations_of, part, put_back
from forum.communities.restrictions import ProfileHiding
from forum.files.hiding import PictureHiding
from forum.methods.hiding import TryHiding, bring_back, put_away
from forum.moderation.decisions import restricting, rewording
from forum.moderation.decisions.models import Act, Decision
from forum.moderation.subjects import Subject
from forum.threads.hiding import steps
from forum.threads.hiding.models import PostHiding, ThreadHiding
from forum.threads.models import Post, PostPicture, Thread
from forum.web.errors import Refusal

LINE = 300
MOST_QUOTED = 50  # of somebody's posts on one statement


def apply(decision: Decision, by: Member) -> dict[str, Any]:
    """Does what was decided; what it did, for `effects`."""
    match Act(decision.act):
        case Act.REWORD:
            return rewording.ask(decision)
        case Act.FOLD | Act.HIDE:
            return _hide(decision, by)
        case Act.PAUSE | Act.SUSPEND:
            restricting.restrict(decision, by)
        case Act.REMOVE:
            return _remove(decision, by)
    return {}


def lift(decision: Decision, by: Member) -> None:
    """As it was before."""
    match Act(decision.act):
        case Act.REWORD:
            rewording.unask(decision)
        case Act.FOLD | Act.HIDE:
            _show(decision, by)
        case Act.PAUSE | Act.SUSPEND:
            restricting.lift(decision)
        case Act.REMOVE:
            if was := decision.effects.get("membership"):
                put_back(*whose(decision), was)


def reason_of(decision: Decision) -> str:
    """The line that stands beside the act: never the facts, which are for the addressee alone."""
    return (decision.law or str(decision.clause or ""))[:LINE]


def _hide(decision: Decision, by: Member) -> dict[str, Any]:
    reason, target = reason_of(decision), decision.target
    match decision.target_kind:
        case "post":
            _put(target, decision, by)
            return {"posts": [target.pk]}
        case "thread":
            return {"threads": _hide_threads([target], by, reason)}
        case "method":
            if target.thread is None:
                raise Refusal(_("This cannot be hidden."), field="act")
            return {"threads": _hide_threads([target.thread], by, reason)}
        case "told":
            return {"tries": [target.pk] if put_away(target, by=by, reason=reason) else []}
        case "person":
            _row, new = ProfileHiding.objects.get_or_create(member=target, defaults={"by": by, "reason": reason})
            return {"profile": new}
    return {"picture": _hide_picture(decision, by, reason)}


def _hide_threads(threads: list[Thread], by: Member, reason: str) -> list[int]:
    hidden = {*ThreadHiding.objects.filter(thread__in=threads).values_list("thread", flat=True)}
    fresh = [thread for thread in threads if thread.pk not in hidden]
    for thread in fresh:
        steps.hide_thread(thread=thread, by=by, reason=reason)
    return [thread.pk for thread in fresh]


def _hide_picture(decision: Decision, by: Member, reason: str) -> bool:
    _row, new = PictureHiding.objects.get_or_create(picture=decision.picture, defaults={"by": by, "reason": reason})
    _tell_pages(decision.picture)
    return new


def _tell_pages(picture: Any) -> None:
    """The open pages that show it ask for it again."""
    uses = PostPicture.objects.filter(picture=picture, post__deletion=None).select_related("post")
    for use in uses.order_by("post__thread", "post__number")[:500]:
        changes.record(f"thread:{use.post.thread_id}", "post.edited", post=use.post_id)


def hide_all(person: Member, community: Any, by: Member, reason: str) -> dict[str, Any]:
    """Everything this person wrote there: threads in which nobody else spoke go whole."""
    others = Post.objects.exclude(author=person).values("thread")
    alone = list(Thread.objects.filter(author=person, community=community).exclude(pk__in=others).order_by("pk"))
    threads = _hide_threads(alone, by, reason)
    posts = posts_of(person, community).exclude(thread__in=alone).order_by("thread", "number")
    told = []
    for post in posts.select_related("thread__community", "author"):
        steps.hide_post(post=post, by=by, reason=reason)
        told.append(post.pk)
    return {"posts": told, "threads": threads}


def posts_of(person: Member, community: Any) -> Any:
    """What of this person's posts can be read in the community."""
    rows = Post.objects.filter(author=person, thread__community=community, deletion=None, hiding=None)
    return rows.filter(thread__hiding=None)


def words_of(decision: Decision, about: Subject | None) -> list[tuple[str, str]]:
    """[(language, words)]: the addressee's own words in full, as they stand now, hidden or not."""
    if about is None:
        return []
    if "count" not in decision.effects:
        return [(about.language, about.words)] if about.words else []
    first = Q(thread__in=decision.effects["threads"], number=1)
    posts = Post.objects.filter(Q(pk__in=decision.effects["posts"]) | first).order_by("pk")[:MOST_QUOTED]
    return [(post.language, text.plain(post.html)) for post in posts]


def _show(decision: Decision, by: Member) -> None:
    did = decision.effects
    posts = Post.objects.filter(pk__in=did.get("posts", [])).select_related("thread__community", "author")
    for post in posts.order_by("thread", "number"):
        other = standing_about(post, but=decision)
        if other is None:
            steps.show_post(post=post, by=by)
        else:
            _put(post, other, by)
    for thread in Thread.objects.filter(pk__in=did.get("threads", [])).order_by("pk"):
        steps.show_thread(thread=thread, by=by)
    for hiding in TryHiding.objects.filter(hidden__in=did.get("tries", [])).select_related("hidden__method__thread"):
        bring_back(hiding.hidden)
    if did.get("profile"):
        ProfileHiding.objects.filter(member=decision.person_id).delete()
    if did.get("picture"):
        PictureHiding.objects.filter(picture=str(decision.picture)).delete()
        _tell_pages(decision.picture)


def _put(post: Post, decision: Decision, by: Member) -> None:
    """Hidden or folded as this decision says, whatever it was before."""
    how = PostHiding.How.FOLDED if decision.act == Act.FOLD else PostHiding.How.HIDDEN
    hiding = PostHiding.objects.filter(post=post).first()
    if hiding is None or hiding.how != how or hiding.is_automatic != decision.is_by_machine:
        steps.show_post(post=post, by=by)
        reason = reason_of(decision)
        steps.hide_post(post=post, by=by, reason=reason, how=how, is_automatic=decision.is_by_machine)


def standing_about(post: Post, *, but: Decision | None = None) -> Decision | None:
    """The latest decision under which this post is folded or hidden, other than one that is being taken back."""
    rows = Decision.objects.filter(reversal=None, act__in=(Act.FOLD, Act.HIDE)).select_related("clause", "by")
    rows = rows.exclude(pk=but.pk if but else 0)
    found = [*rows.filter(post=post)]
    of_all = rows.filter(person=post.author_id, community=post.thread.community_id)
    found += [each for each in of_all if post.pk in each.effects.get("posts", [])]
    return max(found, key=lambda each: (each.at, each.pk), default=None)


def _remove(decision: Decision, by: Member) -> dict[str, Any]:
    member, community = whose(decision)
    membership = Membership.objects.get(community=community, member=member)
    was: dict[str, Any] = {"role": membership.role, "since": membership.since.isoformat()}
    departure = part(member, community, by=by, reason=reason_of(decision), is_told=False)
    was |= {"departure": departure.pk if departure else 0, "invitations": end_invitations_of(member, community)}
    return {"membership": was}


def whose(decision: Decision) -> tuple[Any, Any]:
    """Member and community of a removal: none is offered without both."""
    return decision.addressee, decision.community
