"""allauth's form of signing up, apart from the fields of ours: allauth's module of forms imports those."""

from typing import Any, cast

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accounts.actions import give_up_unverified


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth has no types
    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """An address whose code was never entered is nobody's yet: signing up again begins anew, with a new code."""
        if self.account_already_exists:
            self.account_already_exists = not give_up_unverified(self.cleaned_data["email"])
        if self.account_already_exists:  # the same work as for a new one: how long it takes tells nobody which it was
            make_password(self.cleaned_data["password1"])
        return cast(tuple[Any, Any], super().try_save(request))
