"""What an author was asked, by mail or on the page, and does not want to be asked again. Nobody else sees any of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.methods.models import Method


class SkippedQuestion(models.Model):
    """Its author does not want to answer this about this method, ever."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="skipped")
    question = models.CharField(max_length=40, help_text="the key of one of catalogue.QUESTIONS")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["method", "question", "member"], name="one_skip_a_question")]

    def __str__(self) -> str:
        return f"{self.question} of {self.method_id} skipped"


class MailedQuestion(models.Model):
    """One question by mail, at most one a member and week. The row is there before the mail: `claimed_at` says that
    somebody is sending it, `sent_at` that the mail server took it. A claim that never ended is never sent again."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="its Monday")
    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="mailed_questions")
    question = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "week"], name="one_question_a_week"),
            models.UniqueConstraint(fields=["method", "question", "member"], name="asked_once_by_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.method_id} mailed"


class QuestionMailStop(models.Model):
    """This member wants no questions by mail."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="question_mail_stop")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"no questions to {self.member_id}"
