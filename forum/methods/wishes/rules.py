"""May this member do that? None, or the reason when not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.methods.wishes.models import CardWish
from forum.threads import rules as threads
from forum.threads.models import Post
from forum.web.pace import ask_pace

Reason = threads.Reason

MOST_WISHES = 20  # an hour, by one member: each of them asks somebody


def may_make(member: Member, post: Post) -> Reason:
    """Make a card of it now."""
    if reason := _may_begin(member, post):
        return reason
    if post.author_id != member.pk and not granted(member, post):
        return _("Its author has to say yes before you make a card of it.")
    return None


def may_wish(member: Member, post: Post) -> Reason:
    """Ask its author."""
    if reason := _may_begin(member, post):
        return reason
    if post.author_id == member.pk:
        return _("These are your own words: you need not ask.")
    if not post.author.is_active:
        return _("Its author is no longer here to say yes.")
    if CardWish.objects.filter(post=post, member=member, answer=CardWish.Answer.NO).exists():
        return _("Its author would rather have no card made of it.")
    return None


def _may_begin(member: Member, post: Post) -> Reason:
    if post.is_deleted or not Post.objects.visible_to(member).filter(pk=post.pk).exists():
        return _("This post was deleted.")
    if post.hidden_how:
        return _("The moderators took this post out of sight, so no card can be made of it now.")
    if post.number == 1 and hasattr(post.thread, "method"):
        return _("This is a card already.")
    return threads.may_start(member, post.thread.community)


def granted(member: Any, post: Post) -> CardWish | None:
    """The wish its author said yes to, while no card was made of it."""
    return CardWish.objects.standing().granted().filter(post=post, member=member).order_by("pk").first()


def may_answer(member: Member, wish: CardWish) -> Reason:
    if wish.post.author_id != member.pk:
        return _("Only the author of the post can answer this.")
    return None


def check_pace(member: Member) -> None:
    """Refusal (429) for somebody who asks more people than anybody can have read."""
    ask_pace("wishes", member, most=MOST_WISHES, seconds=3600)
