"""Every write about people: opening an account, changing a profile."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import names, signals
from accounts.models import Member

TRIES = 5  # somebody with the same name may open an account at the same moment


def open_account(
    *,
    email: str,
    display_name: str,
    password: str | None = None,
    verified: bool = False,
    vouched: bool = False,
    is_house: bool = False,
    **profile: Any,
) -> Member:
    """A new member with a username made by the house.

    `verified`: the address is known to be theirs. `vouched`: somebody knows the person, so newcomers' limits do not
    apply. `is_house`: an account of the house, which never signs in. `profile`: further fields of Member.
    Raises ValidationError for a name nobody may have, and for an address that has an account.
    """
    from allauth.account.models import EmailAddress

    email = Member.objects.normalize_email(email).lower()
    name = names.clean_display_name(display_name, is_house=is_house)
    member = Member(email=email, display_name=name, is_house=is_house, **profile)
    if vouched:
        member.vouched_at = timezone.now()
    member.set_password(None if is_house else password)
    member.full_clean(exclude=["username", "password"], validate_constraints=False)
    with transaction.atomic():
        save_with_username(member)
        EmailAddress.objects.create(user=member, email=email, primary=True, verified=verified)
    return member


def save_with_username(member: Member) -> None:
    """Saves a new member under a free username. Raises ValidationError when the address has an account."""
    for _attempt in range(TRIES):
        member.username = names.new_username(member.display_name)
        try:
            with transaction.atomic():
                return member.save()
        except IntegrityError:
            if Member.objects.filter(email__iexact=member.email).exists():
                raise ValidationError({"email": _("There is an account with this address already.")}) from None
    raise RuntimeError(f"no free username for {member.display_name!r} in {TRIES} tries")


def give_up_unverified(email: str) -> bool:
    """Delete the account somebody opened with this address and never showed to be theirs; was there one?

    Deleted and not taken over: whoever opened it may be another, and their password must never open what comes next.
    """
    from allauth.account.models import EmailAddress

    with transaction.atomic():
        beginners = Member.objects.filter(last_login=None, is_house=False, is_staff=False, is_active=True)
        member = beginners.filter(email__iexact=email).first()
        addresses = list(EmailAddress.objects.select_for_update().filter(user=member)) if member else []
        if member is None or not addresses or any(address.verified for address in addresses):
            return False
        member.delete()
        return True


def change_profile(*, member: Member, **profile: Any) -> Member:
    """Sets the given fields of the member's own profile.

    Raises ValidationError, by field, for a name nobody may have and for values out of their bounds.
    """
    was = Member.objects.values_list("display_name", flat=True).get(pk=member.pk)
    if "display_name" in profile:
        try:
            profile["display_name"] = names.clean_display_name(profile["display_name"], member=member)
        except ValidationError as error:
            raise ValidationError({"display_name": error.messages}) from None
    for field, value in profile.items():
        setattr(member, field, value)
    member.full_clean(
        exclude={field.name for field in Member._meta.fields} - profile.keys(), validate_constraints=False
    )
    with transaction.atomic():
        member.save(update_fields=list(profile))
        if member.display_name != was:
            signals.renamed.send(sender=Member, member=member, was=was)
    return member
