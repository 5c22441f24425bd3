"""What moderators took out of sight, as records: it comes back by taking the record away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Deed
from forum.threads.models import Post, Thread


class PostHiding(Deed):
    """Folded: the words stand behind one click, and nowhere else. Hidden: a stub stands in their place."""

    class How(models.TextChoices):
        FOLDED = "folded", _("folded")
        HIDDEN = "hidden", _("hidden")

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="hiding")
    how = models.CharField(max_length=8, choices=How.choices)
    # The house folded it by itself, e.g. after three reports: `by` is then an account of the house.
    is_automatic = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.post_id} {self.how}"


class ThreadHiding(Deed):
    """Nobody but the community's moderators sees the thread: with a method's thread goes the method."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="hiding")

    def __str__(self) -> str:
        return f"{self.thread_id} hidden"


class PostWords(models.Model):
    """What a post says, evened out, as a digest: how the same words are found in other posts. Short ones have none."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="evened")
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256, hex")

    def __str__(self) -> str:
        return f"words of {self.post_id}"
