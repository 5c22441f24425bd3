"""Threads and posts. Numbers within a thread run 1, 2, 3 … without a hole and are never given twice."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Audience, Community, Deed, Membership, Role, Section
from forum.log.models import LogEntry
from forum.threads.managing.acts import LASTING
from forum.web.language import address_words

#: Pages beside a thread's own: a thread with such a title is not hidden by them.
PAGES = frozenset({"posts", "read-marks", "title", "lock", "pin", "pace", "conclusion", "move", "split", "merge"})


def _last_act() -> Subquery:
    """{kind, words, at, name} of the last deed that left a line, or None: in the thread's own query."""
    acts = LogEntry.objects.filter(thread=OuterRef("pk"), kind__in=LASTING, undone_by=None).order_by("-pk")
    said = JSONObject(kind="kind", words="words", at="at", name="by__display_name")
    return Subquery(acts.annotate(said=said).values("said")[:1])


def _names_of_deeds() -> dict[str, Any]:
    """Who did what stands of a thread, and what has become of the post that is its conclusion."""
    names = {f"{deed}_name": F(f"{deed}__by__display_name") for deed in ("lock", "pace", "conclusion")}
    chosen = "conclusion__post"
    return {
        **names,
        "concluded_in": F(f"{chosen}__author__display_name"),
        "concluded_taken_back": F(f"{chosen}__deletion__at"),
        "concluded_hidden": F(f"{chosen}__hiding__how"),
    }


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, viewer: Any) -> "ThreadQuerySet":
        """Open threads of open communities, and everything in the communities the viewer belongs to; hidden ones where
        the viewer moderates. A thread without a post went into another one: see Merging."""
        anyone = Q(audience=Audience.ANYONE, community__audience=Audience.ANYONE)
        shown = Q(hiding=None)
        standing = self.filter(last_number__gt=0)
        if not viewer.is_authenticated:
            return standing.filter(anyone, shown)
        belonging = Membership.objects.filter(member_id=viewer.pk)
        mine = belonging.values("community")
        moderated = belonging.filter(role__in=(Role.MODERATOR, Role.STEWARD)).values("community")
        return standing.filter(shown & (anyone | Q(community__in=mine)) | Q(community__in=moderated))

    def for_page(self) -> "ThreadQuerySet":
        """With what a thread's head prints: community, section, what stands of it, and names without their people."""
        rows = self.select_related("community__closing", "section", "lock", "pin", "hiding", "pace", "conclusion__post")
        rows = rows.defer("conclusion__source", "conclusion__post__source")
        return rows.annotate(author_name=F("author__display_name"), act_said=_last_act(), **_names_of_deeds())


class Thread(models.Model):
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="threads")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="threads")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5)
    # The narrowest audience any of its posts was written for: a community that opens later never opens this.
    audience = models.CharField(max_length=12, choices=Audience.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads")
    started_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0, help_text="the number of its last post; also how many")
    last_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The same form submitted twice is one thread.
    submission = models.UUIDField(null=True, blank=True)
    # The one that stands; those before it stay in `conclusions`.
    conclusion = models.OneToOneField(
        "forum.Conclusion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="one_thread_a_submission")]
        indexes = [
            models.Index(fields=["community", "-last_at"], name="threads_by_activity"),
            models.Index(fields=["community", "-started_at"], name="threads_by_start"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/threads/{self.pk}/{self.slug}/"

    @property
    def slug(self) -> str:
        words = address_words(self.title)
        return f"{words}-thread" if words in PAGES else words

    @property
    def replies(self) -> int:
        return max(self.last_number - 1, 0)

    @property
    def is_locked(self) -> bool:
        return hasattr(self, "lock") and not self.lock.is_over

    @property
    def is_pinned(self) -> bool:
        """Somewhere: a pin of a section that went stands nowhere."""
        return hasattr(self, "pin") and (self.pin.scope == Pin.Scope.COMMUNITY or self.section_id is not None)

    @property
    def is_hidden(self) -> bool:
        """From all but its community's moderators."""
        return hasattr(self, "hiding")

    @property
    def is_open(self) -> bool:
        """May anybody at all read it?"""
        anyone = self.audience == self.community.audience == Audience.ANYONE
        return anyone and not self.is_hidden


class Lock(Deed):
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="lock")
    until = models.DateTimeField(null=True, blank=True, help_text="None: until somebody unlocks it")

    def __str__(self) -> str:
        return f"{self.thread_id} locked"

    @property
    def is_over(self) -> bool:
        """What has ended locks nothing, whether or not a chore has taken the record away yet."""
        return self.until is not None and self.until <= timezone.now()


class Pin(Deed):
    class Scope(models.TextChoices):
        SECTION = "section", _("in its section")
        COMMUNITY = "community", _("in the whole community")

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="pin")
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.COMMUNITY)

    def __str__(self) -> str:
        return f"{self.thread_id} pinned"


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, viewer: Any) -> "PostQuerySet":
        return self.filter(thread__in=Thread.objects.visible_to(viewer))

    def standing(self) -> "PostQuerySet":
        """Whose words may be told elsewhere: in quotes, in search, in excerpts, in notices."""
        return self.filter(deletion=None, hiding=None)

    def readable(self) -> "PostQuerySet":
        """Whose words stand on their thread's page, be it folded."""
        return self.filter(deletion=None).exclude(hiding__how="hidden")

    def written_by(self, viewer: Any) -> "PostQuerySet":
        """One's own words that still stand, wherever that is: also where one may read no more."""
        return self.filter(author_id=viewer.pk or 0, deletion=None)


class Post(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    source = models.TextField(help_text="as written")
    format = models.CharField(max_length=10, help_text="markdown or html: what the source is")
    html = models.TextField(help_text="cleaned by forum.text, with empty placeholders")
    text_version = models.PositiveSmallIntegerField(help_text="version of the pipeline that made the html")
    language = models.CharField(max_length=5)
    audience = models.CharField(max_length=12, choices=Audience.choices, help_text="as written")
    role_line = models.CharField(max_length=200, blank=True, help_text="the author's, as written")
    revision = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    reactions = models.JSONField(default=dict, blank=True, help_text="{kind: how many}, kept by actions")
    submission = models.UUIDField(null=True, blank=True)
    source_url = models.URLField(max_length=500, blank=True, help_text="where an imported text stood first")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_post_a_number"),
            models.UniqueConstraint(fields=["author", "submission"], name="one_post_a_submission"),
        ]
        indexes = [models.Index(fields=["author", "-published_at"], name="posts_of_author")]

    def __str__(self) -> str:
        return f"post {self.pk} ({self.thread_id}#{self.number})"

    def get_absolute_url(self) -> str:
        return f"/posts/{self.pk}/"

    @property
    def is_deleted(self) -> bool:
        if "deleted_at" in self.__dict__:  # as queries.prepare gives it
            return self.__dict__["deleted_at"] is not None
        return hasattr(self, "deletion")

    @property
    def hidden_how(self) -> str:
        """What moderators did to it: "hidden", "folded", or "" """
        if "hiding_how" in self.__dict__:  # as queries.prepare gives it
            return self.__dict__["hiding_how"] or ""
        return str(self.hiding.how) if hasattr(self, "hiding") else ""

    @property
    def is_hidden(self) -> bool:
        return self.hidden_how == "hidden"

    @property
    def is_standing(self) -> bool:
        """As `PostQuerySet.standing`."""
        return not (self.is_deleted or self.hidden_how)

    @property
    def shown_reactions(self) -> list[tuple[str, str, int]]:
        """(kind, words, how many) of those given, and always the first kind, so that thanking is one click."""
        kinds = Reaction.Kind
        counts = [(kind.value, str(kind.label), self.reactions.get(kind.value, 0)) for kind in kinds]
        return [entry for entry in counts if entry[2] or entry[0] == kinds.THANKS]


class Revision(models.Model):
    """One text a post has had, the first and the present one included."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    format = models.CharField(max_length=10)
    html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"{self.post_id} rev {self.number}"


class Deletion(Deed):
    """The author took the post back: a stub stands in its place, quotes of it fold."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="deletion")

    def __str__(self) -> str:
        return f"{self.post_id} deleted"


class Reaction(models.Model):
    class Kind(models.TextChoices):
        THANKS = "thanks", _("Thank you")
        AGREE = "agree", _("I think so too")
        TRY = "try", _("I will try this")
        WITH_YOU = "with-you", _("I am with you")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="given_reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_reaction_each")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.post_id}"


class ReadMark(models.Model):
    """How far somebody has read a thread."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField()
    # Threads were merged, and what had been read stands among what had not: [[first, last], …], all beyond `number`.
    beyond: Any = models.JSONField(null=True, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "thread"], name="one_mark_a_thread")]

    def __str__(self) -> str:
        return f"{self.member_id} read {self.thread_id} to {self.number}"


class PostQuote(models.Model):
    """A post quotes another one as it stands now: what happens to `source` happens to the quote."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="quotes")
    source = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="quoted_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "source"], name="one_quote_of_a_post")]

    def __str__(self) -> str:
        return f"{self.source_id} in {self.post_id}"


class PostMethod(models.Model):
    """A post shows the card of a method as it stands now. By its number: one may be named before it is there."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="methods")
    number = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_card_a_post")]

    def __str__(self) -> str:
        return f"method {self.number} in {self.post_id}"


class PostPicture(models.Model):
    """A picture stands in a post: whoever may read the post may see the picture."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="picture_uses")
    picture = models.ForeignKey("forum.Picture", on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "picture"], name="one_use_a_post")]

    def __str__(self) -> str:
        return f"{self.picture_id} in {self.post_id}"
