"""What moderators and the house did, in the order it happened. Entries are never changed and never deleted."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.log.targets import TARGETS, Targeted, column_of, exactly_one

LOGGED = (*TARGETS, "house", "case")


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def update(self, **_fields: Any) -> NoReturn:
        raise TypeError("The log is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The log is append-only.")


class LogEntry(Targeted):
    """`house`: a community itself (its rules, its people); `case`: reports and what became of them."""

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)
    # Nobody: the house did it by itself.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey("forum.Community", null=True, on_delete=models.PROTECT, related_name="log")
    house = models.ForeignKey("forum.Community", null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("forum.Case", null=True, on_delete=models.PROTECT, related_name="log")
    words = models.CharField(max_length=300, blank=True, help_text="the reason, as given")
    more = models.JSONField(default=dict, blank=True, help_text="ids and values: what it was before, where it went")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        constraints = [exactly_one(LOGGED, "one_target_an_entry")]
        indexes = [models.Index(fields=["community", "-at"], name="log_of_community")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def logged_kind(self) -> str:
        return next(name for name in LOGGED if getattr(self, column_of(name)) is not None)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The log is append-only.")
