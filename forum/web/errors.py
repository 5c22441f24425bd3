"""A refusal: an answer for a person, not a fault."""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(ValueError):
    """The deed was not done, and `message` says why and what to do, in the reader's language.

    `field`: the form's field it stands on ("body" unless said); `status`: the answer's HTTP status (429 for
    too fast, then `retry_after` in seconds).
    """

    def __init__(
        self, message: str | Promise, *, field: str | None = None, status: int = 422, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.status = status
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        """What its answer says besides the words."""
        return {"Retry-After": str(self.retry_after)} if self.retry_after else {}

    def answered(self, response: HttpResponse) -> HttpResponse:
        """The response, with this refusal's status and headers."""
        response.status_code = self.status
        for name, value in self.headers.items():
            response[name] = value
        return response


class Conflict(Refusal):
    """Somebody (perhaps oneself, elsewhere) changed it meanwhile: `present` is how it stands now."""

    def __init__(self, present: Any, message: str | Promise = "") -> None:
        words = _("This text was changed somewhere else meanwhile. Both versions are below: nothing was lost.")
        super().__init__(message or words, status=409)
        self.present = present
