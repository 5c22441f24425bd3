"""Letters: what is to be mailed, to whom, and how far that came."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        return self.filter(sent_at=None, withdrawn_at=None, given_up_at=None)

    def due(self) -> "LetterQuerySet":
        return self.waiting().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class Letter(models.Model):
    """To one person: a member, or an address of somebody without an account."""

    kind = models.CharField(max_length=40)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(blank=True, help_text="of somebody without an account")
    language = models.CharField(max_length=5, blank=True, help_text="theirs, where no account says it")
    about = models.BigIntegerField(default=0, help_text="id of what the kind is about")
    more = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Taken by a worker: whoever finds it so later knows it may have gone out, and sends it again under the same id.
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="taken back, or nothing left to say")
    given_up_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, help_text="what the mail server said last")

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=False) | ~models.Q(address=""), name="a_letter_is_to_somebody"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, withdrawn_at=None, given_up_at=None),
                name="letters_waiting",
            ),
            models.Index(fields=["kind", "about"], name="letters_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
