"""A picture nobody is shown, by a decision; its words stay where it stands."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class PictureHiding(models.Model):
    """By its number, not its row: it is no place the picture is used at, and outlives the picture."""

    picture = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"picture {self.picture} hidden"
