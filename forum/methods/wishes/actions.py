"""Asking a post's author for a card, and the answer. The card itself is made by `publish_method(of=…)`."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.methods.wishes import notices, rules
from forum.methods.wishes.models import CardWish
from forum.threads.models import Post
from forum.threads.steps import refuse, steady
from forum.web.errors import Refusal


@changes.writing()
def wish_card(*, member: Member, post: Post) -> CardWish:
    """Twice is once, as long as it waits or was granted."""
    steady(post.thread.community_id)
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    post = Post.objects.select_related("thread__community", "author", "deletion", "hiding").get(pk=post.pk)
    refuse(rules.may_wish(member, post))
    waiting = CardWish.objects.waiting().filter(post=post, member=member).first()
    if found := waiting or rules.granted(member, post):
        return found
    rules.check_pace(member)
    wish = CardWish.objects.create(post=post, member=member)
    notices.asked(wish)
    changes.record(f"member:{post.author_id}", "wishes.changed", wish=wish.pk)
    return wish


@changes.writing()
def answer_wish(*, by: Member, wish: CardWish, answer: str) -> CardWish:
    """Once: a yes is a promise. The same answer again changes nothing."""
    CardWish.objects.select_for_update(no_key=True).get(pk=wish.pk)
    wish = (
        CardWish.objects.visible_to(by).select_related("post__thread", "post__author").filter(pk=wish.pk).first()
        or _gone()
    )
    refuse(rules.may_answer(by, wish))
    if answer not in CardWish.Answer.values:
        raise Refusal(_("Please choose one of the two."), field="answer")
    if wish.answer == answer:
        return wish
    if wish.answer:
        raise Refusal(_("You have answered this already."), field="answer")
    wish.answer, wish.answered_at = answer, timezone.now()
    wish.save(update_fields=["answer", "answered_at"])
    notices.answered(wish)
    for member in (by.pk, wish.member_id):
        changes.record(f"member:{member}", "wishes.changed", wish=wish.pk)
    return wish


def _gone() -> CardWish:
    raise Refusal(_("This was taken back meanwhile."))
