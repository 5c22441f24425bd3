"""Who asked to make a card of a post, what its author said, and which card was made of which post."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Membership
from forum.threads.models import Post


class CardWishQuerySet(models.QuerySet["CardWish"]):
    def standing(self) -> "CardWishQuerySet":
        """Of posts that are neither deleted nor hidden, by members who still belong; nothing else comes of a wish."""
        belongs = Membership.objects.filter(member=OuterRef("member"), community=OuterRef("post__thread__community"))
        return self.filter(Exists(belongs), post__deletion=None, post__hiding=None, member__is_active=True)

    def visible_to(self, viewer: Any) -> "CardWishQuerySet":
        """The asker's and the author's, while both may still read the post."""
        rows = self.standing().filter(post__in=Post.objects.visible_to(viewer))
        return rows.filter(Q(member=viewer.pk or 0) | Q(post__author=viewer.pk or 0))

    def waiting(self) -> "CardWishQuerySet":
        return self.filter(answer="")

    def granted(self) -> "CardWishQuerySet":
        """Said yes to, and no card made of it yet."""
        return self.filter(answer=CardWish.Answer.YES, use=None)


class CardWish(models.Model):
    """A member asks a post's author: may I make a card of this?"""

    class Answer(models.TextChoices):
        YES = "yes", _("yes, and name me")
        NO = "no", _("no")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="card_wishes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="card_wishes")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CardWishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], condition=Q(answer=""), name="one_waiting_wish")
        ]
        verbose_name_plural = "card wishes"

    def __str__(self) -> str:
        return f"{self.member_id} wishes for a card of {self.post_id}: {self.answer or 'waiting'}"

    def get_absolute_url(self) -> str:
        return f"/wishes/{self.pk}/"


class CardSource(models.Model):
    """The post a method was made of. Where somebody else made it, the credit of the post's author is kept here, and
    stands in every version."""

    method = models.OneToOneField("forum.Method", on_delete=models.CASCADE, related_name="source")
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="cards")
    wish = models.OneToOneField(CardWish, null=True, on_delete=models.SET_NULL, related_name="use")
    credit_name = models.CharField(max_length=200, blank=True)
    credit_role = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.method_id} made of {self.post_id}"
