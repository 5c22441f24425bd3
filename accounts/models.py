"""Who people are: one row a person, and nothing about what they do in the forum."""

import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import names


def validate_time_zone(name: str) -> None:
    from django.core.exceptions import ValidationError

    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."))


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person (or a house account without sign-in, see `is_house`)."""

    class ProfileReaders(models.TextChoices):
        NOBODY = "nobody", _("Nobody: only my name is shown")
        COMMUNITIES = "communities", _("People in my communities")
        ANYONE = "anyone", _("Anyone")

    email = models.EmailField(_("e-mail address"), unique=True)
    username = models.CharField(max_length=40, unique=True, help_text="made by the house, see accounts.names")
    display_name = models.CharField(_("name"), max_length=80)
    # What both look like (accounts.names.look), so that a look-alike is found by an index. Kept by save().
    username_look = models.CharField(max_length=120, unique=True, editable=False)
    name_look = models.CharField(max_length=240, db_index=True, editable=False)
    bio = models.TextField(_("about me"), max_length=2000, blank=True, validators=[names.validate_printable])
    city = models.CharField(_("city"), max_length=80, blank=True, validators=[names.validate_printable])
    function = models.CharField(_("function"), max_length=120, blank=True, validators=[names.validate_printable])
    organisation = models.CharField(
        _("organisation"), max_length=160, blank=True, validators=[names.validate_printable]
    )
    languages = models.JSONField(_("languages I read"), default=list, blank=True, help_text="codes, or names of others")
    interface_language = models.CharField(
        _("language of the pages"), max_length=5, choices=settings.LANGUAGES, blank=True
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    profile_readers = models.CharField(
        _("who may read my profile"), max_length=12, choices=ProfileReaders.choices, default=ProfileReaders.NOBODY
    )
    # A newcomer nobody invited meets tighter limits; an invitation or a steward's yes sets this.
    vouched_at = models.DateTimeField(null=True, blank=True)
    is_house = models.BooleanField(default=False, help_text="an account of the house: no sign-in, e.g. an importer")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[MemberManager] = MemberManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
            models.UniqueConstraint(Lower("username"), name="one_member_a_username"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username_look, self.name_look = names.look(self.username), names.look(self.display_name)[:240]
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields} | {"name_look"} if "display_name" in fields else fields
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/members/{self.username}/"

    @property
    def role_line(self) -> str:
        """What stands behind the name under a post, as text: "culture department, City of Łódź"."""
        return ", ".join(part for part in (self.function, self.organisation or self.city) if part)[:200]
