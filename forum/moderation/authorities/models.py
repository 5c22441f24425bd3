"""Orders of authorities (Digital Services Act, articles 9 and 10), as records for the yearly report."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community


class Order(models.Model):
    class Demand(models.TextChoices):
        ACT = "act", _("to act against something illegal")
        TELL = "tell", _("to give information about somebody")

    authority = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, help_text="the authority's own number of it")
    issued_on = models.DateField()
    received_at = models.DateTimeField(default=timezone.now)
    demand = models.CharField(max_length=4, choices=Demand.choices)
    demands = models.TextField(max_length=3000, help_text="what it demands, in words")
    about = models.CharField(max_length=500, blank=True, help_text="an address here, or words")
    # None: the whole site's.
    community = models.ForeignKey(Community, null=True, on_delete=models.PROTECT, related_name="orders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    effect = models.TextField(max_length=3000, blank=True, help_text="what was done; empty while it waits")
    effect_at = models.DateTimeField(null=True)
    effect_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "reference"], name="one_record_an_order"),
            models.CheckConstraint(
                condition=models.Q(effect="", effect_at=None)
                | ~models.Q(effect="") & models.Q(effect_at__isnull=False),
                name="an_effect_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.reference}"

    def get_absolute_url(self) -> str:
        return f"/moderation/orders/{self.pk}/"
