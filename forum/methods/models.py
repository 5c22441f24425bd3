"""Methods, their versions, and what happened when people tried them.

A method's audience, moderation and place are its thread's: whoever may read the thread may read the card.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from forum.communities.models import Community, Deed
from forum.methods.card import Card
from forum.methods.vocabularies import AdaptationKind, Again, CostBand, Licence, Maturity, Skill
from forum.threads.models import Thread
from forum.web.language import address_words

#: Pages beside a card's own: a method with such a title is not hidden by them.
PAGES = frozenset({"edit", "versions", "discussions", "plans"})


def kinds_in_words(kinds: list[str]) -> list[str]:
    return [str(AdaptationKind(kind).label) for kind in kinds if kind in AdaptationKind.values]


class MethodQuerySet(models.QuerySet["Method"]):
    def visible_to(self, viewer: Any) -> "MethodQuerySet":
        return self.filter(thread__in=Thread.objects.visible_to(viewer))


class Method(models.Model):
    """What stands still (whose, where, since when, whose adaptation), and what lists and filters ask of the present
    version, copied here by actions: numbers that are not stated are null."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="methods")
    # Null only inside the action that starts it: its first post names the method.
    thread = models.OneToOneField(Thread, null=True, on_delete=models.PROTECT, related_name="method")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="methods")
    published_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, help_text="the number of the present one")
    changed_at = models.DateTimeField(default=timezone.now)
    # Rights are given once: a later version cannot take them back.
    licence = models.CharField(max_length=20, choices=Licence.choices)

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    maturity = models.CharField(max_length=10, choices=Maturity.choices)
    group_min = models.PositiveIntegerField(null=True, blank=True)
    group_max = models.PositiveIntegerField(null=True, blank=True)
    ideal_min = models.PositiveIntegerField(null=True, blank=True)
    ideal_max = models.PositiveIntegerField(null=True, blank=True)
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_min = models.PositiveIntegerField(null=True, blank=True)
    minutes_max = models.PositiveIntegerField(null=True, blank=True)
    preparation_max = models.PositiveIntegerField(null=True, blank=True)
    cost_band = models.CharField(max_length=12, choices=CostBand.choices, blank=True)
    skill = models.CharField(max_length=1, choices=Skill.choices, blank=True)
    tries_count = models.PositiveIntegerField(default=0)

    parent = models.ForeignKey(
        "MethodVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="adaptations"
    )
    why_changed = models.CharField(max_length=400, blank=True)
    changed_kinds = models.JSONField(default=list, blank=True)

    import_key = models.CharField(max_length=200, blank=True, help_text="the id it had where it came from")
    source_url = models.URLField(max_length=500, blank=True)
    submission = models.UUIDField(null=True, blank=True)

    objects = MethodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="one_method_a_submission"),
            models.UniqueConstraint(
                fields=["community", "import_key"], condition=~Q(import_key=""), name="one_method_an_import_key"
            ),
        ]
        indexes = [
            models.Index(fields=["-tries_count", "-published_at"], name="methods_by_use"),
            models.Index(fields=["community", "-published_at"], name="methods_of_community"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/methods/{self.pk}/{self.slug}/"

    @property
    def slug(self) -> str:
        words = address_words(self.title)
        return f"{words}-method" if words in PAGES else words

    @property
    def file_name(self) -> str:
        """Of its downloads, without the ending."""
        return f"method-{self.pk}" if self.slug == "-" else self.slug

    @property
    def key(self) -> str:
        """What it is told by in files: the id it came with, or one of its own."""
        return self.import_key or f"courtyard:{self.community.slug}:{self.pk}"

    @property
    def kinds(self) -> list[str]:
        """What an adaptation changed, in words."""
        return kinds_in_words(self.changed_kinds)

    @property
    def audience(self) -> str:
        """Whom it is for: its thread's; the community's before it has one."""
        return self.thread.audience if self.thread else self.community.audience

    @property
    def may_be_adapted(self) -> bool:
        return self.licence != Licence.READ_ONLY


class MethodTerm(models.Model):
    """One choice of a list that allows several, of the present version: what the library filters by."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="terms")
    field = models.CharField(max_length=12, help_text="purposes, format, space, grouping, access, art_form or tags")
    term = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["method", "field", "term"], name="one_term_a_method")]
        indexes = [models.Index(fields=["field", "term", "method"], name="methods_by_term")]

    def __str__(self) -> str:
        return f"{self.method_id} {self.field} {self.term}"


class MethodVersionQuerySet(models.QuerySet["MethodVersion"]):
    def present(self) -> "MethodVersionQuerySet":
        """The versions that methods show now."""
        return self.filter(number=F("method__version"))


class MethodVersion(models.Model):
    """One state of a card. It never changes but by a redaction; whatever tells of a method at a time points here."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="Card.to_json()")
    html = models.TextField(blank=True, help_text="the card's free text, cleaned by forum.text")
    text_version = models.PositiveSmallIntegerField(default=0)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role_line = models.CharField(max_length=200, blank=True, help_text="the editor's, as written")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=140, blank=True, help_text="what changed; required from version 2")

    objects = MethodVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["method", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.method_id} version {self.number}"

    @cached_property
    def card(self) -> Card:
        return Card.from_json(self.content)


class Redaction(Deed):
    """Words that were taken out of every version for good: a child's name. What they were is not kept."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="redactions")
    versions = models.JSONField(default=list, help_text="numbers of the versions it touched")

    def __str__(self) -> str:
        return f"redaction in {self.method_id}"


class MethodPicture(models.Model):
    """A picture stands in a version of a method: whoever may read the method may see it. Never under its rights."""

    version = models.ForeignKey(MethodVersion, on_delete=models.CASCADE, related_name="picture_uses")
    picture = models.ForeignKey("forum.Picture", on_delete=models.PROTECT, related_name="method_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "picture"], name="one_use_a_version")]

    def __str__(self) -> str:
        return f"{self.picture_id} in {self.version_id}"


class TryQuerySet(models.QuerySet["Try"]):
    def visible_to(self, viewer: Any) -> "TryQuerySet":
        return self.filter(method__in=Method.objects.visible_to(viewer), withdrawal=None, hiding=None)


class Try(models.Model):
    """ "We tried it": sixty seconds' worth at first, grown later. No stars."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="tries")
    version = models.ForeignKey(MethodVersion, on_delete=models.PROTECT, related_name="tries")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tries")
    told_at = models.DateTimeField(default=timezone.now)
    grown_at = models.DateTimeField(null=True, blank=True)
    role_line = models.CharField(max_length=200, blank=True, help_text="as written")
    is_nameless = models.BooleanField(default=False, help_text="shown without the member's name and role")

    month = models.DateField(help_text="the first day of the month it happened in")
    people = models.PositiveIntegerField()
    again = models.CharField(max_length=12, choices=Again.choices)
    sentence = models.CharField(max_length=280)

    city = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    preparation = models.PositiveIntegerField(null=True, blank=True)
    changed_kinds = models.JSONField(default=list, blank=True)
    changed = models.CharField(max_length=600, blank=True)
    did_not_work = models.CharField(max_length=600, blank=True)
    worked = models.CharField(max_length=600, blank=True)
    changed_after = models.CharField(max_length=600, blank=True)
    submission = models.UUIDField(null=True, blank=True)

    objects = TryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "submission"], name="one_try_a_submission")]
        indexes = [models.Index(fields=["method", "-told_at"], name="tries_of_method")]
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.method_id} tried by {self.member_id}"

    def get_absolute_url(self) -> str:
        return f"/tries/{self.pk}/"

    @property
    def kinds(self) -> list[str]:
        return kinds_in_words(self.changed_kinds)


class TryWithdrawal(Deed):
    """Its author took a try back."""

    withdrawn = models.OneToOneField(Try, on_delete=models.CASCADE, related_name="withdrawal")

    def __str__(self) -> str:
        return f"{self.withdrawn_id} withdrawn"
