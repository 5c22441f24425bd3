"""A method in another language, in numbered states: whoever changes one says which it began from."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from forum.communities.models import Deed
from forum.methods.models import Method, MethodVersion


class TranslationQuerySet(models.QuerySet["Translation"]):
    def standing(self) -> "TranslationQuerySet":
        return self.filter(removal=None)

    def visible_to(self, viewer: Any) -> "TranslationQuerySet":
        return self.standing().filter(method__in=Method.objects.visible_to(viewer))


class Translation(models.Model):
    """One a language. What lists, search and small cards ask of its present state is copied here by actions."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=5)
    number = models.PositiveIntegerField(default=1, help_text="the number of the present state")
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["method", "language"], name="one_translation_a_language")]
        indexes = [models.Index(fields=["language", "method"], name="translations_by_language")]

    def __str__(self) -> str:
        return f"{self.method_id} in {self.language}"

    def get_absolute_url(self) -> str:
        return f"/methods/{self.method_id}/in/{self.language}/"


class StateQuerySet(models.QuerySet["TranslationState"]):
    def present(self) -> "StateQuerySet":
        """Those that are shown now."""
        return self.filter(number=F("translation__number"), translation__removal=None)


class TranslationState(models.Model):
    """What a translation says, and who said so. It never changes but by a redaction."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="states")
    number = models.PositiveIntegerField()
    source = models.ForeignKey(
        MethodVersion, on_delete=models.PROTECT, related_name="translations", help_text="the version it was made from"
    )
    is_behind = models.BooleanField(default=False, help_text="made from a version that stayed where it was exported")
    texts = models.JSONField(help_text="{spot: words}, see texts.spots; what is missing stands in the original")
    html = models.TextField(blank=True, help_text="its free text, cleaned by forum.text")
    text_version = models.PositiveSmallIntegerField(default=0)
    translator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role_line = models.CharField(max_length=200, blank=True, help_text="the translator's, as written")
    at = models.DateTimeField(default=timezone.now)
    is_by_machine = models.BooleanField(default=False, help_text="begun by a machine; `checked_by` has read it")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    credited = models.JSONField(default=dict, blank=True, help_text="names it came with: translators, checked_by")

    objects = StateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "number"], name="one_state_a_number")]

    def __str__(self) -> str:
        return f"{self.translation_id} state {self.number}"


class TranslationRemoval(Deed):
    """Nobody is shown it any more. Whoever translates the method into this language again takes it away."""

    translation = models.OneToOneField(Translation, on_delete=models.CASCADE, related_name="removal")

    def __str__(self) -> str:
        return f"{self.translation_id} removed"
