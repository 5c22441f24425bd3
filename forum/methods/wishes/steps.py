"""What publishing and changing a card share with the post it was made of. Called inside `changes.writing()`."""

import re
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forum import changes
from forum.communities.models import Audience, Community
from forum.files.models import Picture
from forum.methods.card import Card, Credit
from forum.methods.citing import may_stand
from forum.methods.models import Method, MethodPicture, MethodVersion
from forum.methods.wishes import notices, rules
from forum.methods.wishes.models import CardSource, CardWish
from forum.text import Cleaned
from forum.threads import rules as threads
from forum.threads.models import Post
from forum.threads.steps import audience_now, refuse
from forum.web.errors import Refusal


def hold(of: Post, author: Member, community: Community) -> tuple[Post, CardWish | None]:
    """The post as it is now, its row held, and the wish that is used up by a card of it. Refusal when it may not be,
    or not in this community."""
    Post.objects.select_for_update(no_key=True).get(pk=of.pk)
    of = Post.objects.select_related("thread__community", "author", "deletion", "hiding").get(pk=of.pk)
    refuse(rules.may_make(author, of))
    if of.thread.community_id != community.pk:
        raise Refusal(gettext_lazy("A card of a post stays in the community of the post."))
    return of, None if of.author_id == author.pk else rules.granted(author, of)


def audience_of(post: Post) -> str:
    """Never more people than the post was written for."""
    return Audience.MEMBERS if Audience.MEMBERS in {post.audience, audience_now(post.thread)} else Audience.ANYONE


def credit_of(post: Post, language: str) -> Credit:
    """What a card says of the post's author, in the card's language."""
    with translation.override(language):
        return Credit(name=post.author.display_name[:200], role=_("told it first"))


def credited_from(card: Card, of: Post, author: Member) -> Card:
    """Somebody else's card names the post's author."""
    return card if of.author_id == author.pk else credited(card, credit_of(of, card.language))


def credited(card: Card, credit: Credit) -> Card:
    """The card with this credit: first, unless it stands there."""
    if any((each.name, each.role) == (credit.name, credit.role) for each in card.credits):
        return card
    others = tuple(each for each in card.credits if each.name != credit.name)
    return replace(card, credits=(credit, *others))


def pictures_of(post: Post) -> set[str]:
    """Its author's own: they come along with the words."""
    rows = Picture.objects.filter(uses__post=post, uploader=post.author_id)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def remember(version: MethodVersion, of: Post, wish: CardWish | None, body: Cleaned | None) -> None:
    """The card is of this post, and shows its pictures. Who reads the post hears of it, where all may read the card."""
    method = version.method
    credit = credit_of(of, method.language) if of.author_id != method.author_id else Credit()
    CardSource.objects.create(method=method, post=of, wish=wish, credit_name=credit.name, credit_role=credit.role)
    if body and (given := pictures_of(of) & set(body.pictures)):
        rows = [MethodPicture(version=version, picture_id=pk) for pk in sorted(given)]
        MethodPicture.objects.bulk_create(rows, ignore_conflicts=True)
    if wish:
        for member in (of.author_id, wish.member_id):
            changes.record(f"member:{member}", "wishes.changed", wish=wish.pk)
    if of.author_id != method.author_id:
        notices.made(method)
    if may_stand(method, of.thread):
        changes.record(f"thread:{of.thread_id}", "post.edited", post=of.pk)


def keep_credit(method: Method, card: Card) -> Card:
    """Whose words they were stays on the card, whatever its author takes out."""
    source = CardSource.objects.filter(method=method).exclude(credit_name="").first()
    return credited(card, Credit(name=source.credit_name, role=source.credit_role)) if source else card


def redact_credit(by: Member, method: Method, taken: re.Pattern[str], black: str) -> None:
    """Who made a card of somebody's post does not take that name out. Moderators may, and then it is kept nowhere."""
    source = CardSource.objects.filter(method=method).exclude(credit_name="").first()
    if source is None or not taken.search(source.credit_name):
        return
    if by.pk == method.author_id and not threads.may_moderate(by, method.community):
        raise Refusal(_("This is the name of the person whose words the card was made of, so it stays."), field="words")
    source.credit_name = taken.sub(black, source.credit_name)[:200]
    source.save(update_fields=["credit_name"])
