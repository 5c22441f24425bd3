"""The bell in every page's head: one query, and only where it is printed."""

from typing import Any

from django.http import HttpRequest

from forum.notifications.queries import Bell


def bell(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "user", None)
    return {"bell": Bell(viewer)} if viewer is not None and viewer.is_authenticated else {}
