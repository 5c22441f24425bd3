"""The first administrator of a site without a demo."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.actions import open_account
from accounts.models import Member


class Command(BaseCommand):
    help = "Makes an administrator: a new account, or an account that stands already. Asks for what is not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email")
        parser.add_argument("--name", help="the name people see")

    def handle(self, *, email: str | None, name: str | None, **options: Any) -> None:
        email = (email or input("E-mail address: ")).strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an e-mail address.") from error
        member = Member.objects.filter(email=email).first()
        if member is None:
            member = open_account(
                email=email,
                display_name=name or input("Name people see: ").strip(),
                password=ask_password(),
                verified=True,
                vouched=True,
            )
        member.is_staff = member.is_superuser = True
        member.save(update_fields=["is_staff", "is_superuser"])
        self.stdout.write(self.style.SUCCESS(f"{member} <{member.email}> is an administrator."))


def ask_password() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("The same again: "):
        raise CommandError("The two passwords differ.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
