"""For a site whose only administrator lost the second factor; others ask an administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Member
from forum.moderation.factors.actions import reset_second_factor
from forum.web.errors import Refusal


class Command(BaseCommand):
    help = "Takes away a member's second factor, signs them out everywhere, tells them, and enters it in the log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--checked", required=True, help="how you made sure that it is them")

    def handle(self, *, email: str, checked: str, **options: Any) -> None:
        member = Member.objects.filter(email__iexact=email.strip()).first()
        if member is None:
            raise CommandError(f"Nobody here has the address {email!r}.")
        try:
            reset_second_factor(by=None, member=member, checked=checked)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(self.style.SUCCESS(f"{member} <{member.email}> has no second factor any more."))
