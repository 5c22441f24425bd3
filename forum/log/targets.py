"""What moderation is about: exactly one thing, and the database says so."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

#: The words of addresses (`?about=post:55`), log and desk. `told`: a try; `person`: a member's profile.
TARGETS = ("thread", "post", "method", "told", "person", "picture")


def _to(model: str) -> Any:
    return models.ForeignKey(model, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


class Targeted(models.Model):
    """About a thread, a post, a method, a try, a person's profile or a picture. What is judged may not vanish."""

    thread = _to("forum.Thread")
    post = _to("forum.Post")
    method = _to("forum.Method")
    told = _to("forum.Try")
    person = _to(settings.AUTH_USER_MODEL)
    # By its number: a picture that has to go goes, and what was decided about it stays.
    picture = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def target_kind(self) -> str:
        return next(name for name in TARGETS if getattr(self, column_of(name)) is not None)

    @property
    def target(self) -> Any:
        """The row itself; of a picture its id."""
        return getattr(self, self.target_kind)

    @property
    def target_id(self) -> Any:
        return getattr(self, column_of(self.target_kind))


def column_of(name: str) -> str:
    return name if name == "picture" else f"{name}_id"


def exactly_one(names: tuple[str, ...], constraint: str) -> models.CheckConstraint:
    """Of these columns one is filled, and only one."""
    either = Q()
    for name in names:
        either |= Q(**{f"{each}__isnull": each != name for each in names})
    return models.CheckConstraint(condition=either, name=constraint)
