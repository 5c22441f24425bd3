"""What stays of a picture that was removed: that it was, by whom, when and why; where it stood."""

from django.db import models

from forum.communities.models import Deed
from forum.methods.models import Method


class PictureRemoval(Deed):
    """Somebody took a picture out of everything for good, beginning at this method. Its row and its file are gone."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="picture_removals")
    picture = models.UUIDField(unique=True, help_text="what its id was")

    def __str__(self) -> str:
        return f"picture {self.picture} removed"


class PictureGap(models.Model):
    """A method in whose versions the removed picture stood."""

    removal = models.ForeignKey(PictureRemoval, on_delete=models.CASCADE, related_name="gaps")
    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="picture_gaps")
    versions = models.JSONField(default=list, help_text="their numbers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["removal", "method"], name="one_gap_a_method")]

    def __str__(self) -> str:
        return f"{self.removal_id} in {self.method_id}"

    @property
    def is_told(self) -> bool:
        """Who and why belong to the community where it was decided."""
        return self.removal.method.community_id == self.method.community_id
