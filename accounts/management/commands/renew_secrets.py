"""After SECRET_KEY was replaced: the second factors of members under the new key, so that the old one can go."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.secrets import LostSecret, lock_anew

LOCKED = ("secret", "seed")  # of an app, of recovery codes


class Command(BaseCommand):
    help = "Locks the secrets of second factors with the present SECRET_KEY. Run it before SECRET_KEY_FALLBACKS goes."

    def handle(self, **options: Any) -> None:
        renewed = lost = 0
        for pk in Authenticator.objects.values_list("pk", flat=True):
            try:
                renewed += renew(pk)
            except LostSecret:
                lost += 1
        self.stdout.write(f"{renewed} renewed, {lost} that no key opens.")


@transaction.atomic
def renew(pk: int) -> bool:
    """False when the factor has no secret, or is gone meanwhile."""
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    held = [name for name in LOCKED if factor and name in factor.data]
    for name in held:
        factor.data[name] = lock_anew(factor.data[name])
    if held:
        factor.save(update_fields=["data"])
    return bool(held)
