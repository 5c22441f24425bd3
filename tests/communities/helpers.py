"""What the tests of communities ask about answers."""

from typing import Any

from django.contrib.messages import get_messages

from forum.changes.models import Change


def words_of(response: Any) -> str:
    """What the page said after the deed."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def kinds_on(stream: str) -> list[str]:
    return list(Change.objects.filter(stream=stream).order_by("n").values_list("kind", flat=True))
