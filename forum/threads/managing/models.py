"""What stands of a whole thread besides its lock and its pin."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Audience, Deed
from forum.threads.models import Post, Thread

#: Minutes one may choose from.
PACES = {
    5: _("every 5 minutes"),
    15: _("every 15 minutes"),
    60: _("every hour"),
    240: _("every 4 hours"),
    1440: _("once a day"),
}


class Pace(Deed):
    """Slow mode: one post a member every so many minutes."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="pace")
    minutes = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.thread_id}: every {self.minutes} minutes"

    @property
    def words(self) -> str:
        return str(PACES.get(self.minutes, self.minutes))


class Conclusion(Deed):
    """What a thread has come to: a post of its own, or words written for it. The one that stands is
    `Thread.conclusion`; rows are never changed, so what stood before is not lost and can come back."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="conclusions")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    source = models.TextField(blank=True, help_text="as written")
    format = models.CharField(max_length=10, blank=True)
    html = models.TextField(blank=True, help_text="cleaned by forum.text")
    text_version = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=5)
    audience = models.CharField(max_length=12, choices=Audience.choices, help_text="as written")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, html="") | Q(post__isnull=True) & ~Q(html=""),
                name="a_post_or_words_of_its_own",
            )
        ]

    def __str__(self) -> str:
        return f"conclusion {self.pk} of {self.thread_id}"
