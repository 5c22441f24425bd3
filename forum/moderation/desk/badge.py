"""The number in every page's head, for those who have a desk: one query, and only where it is printed."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from forum.moderation.desk.sources import how_many


class Badge:
    def __init__(self, viewer: Any) -> None:
        self._viewer = viewer

    @cached_property
    def count(self) -> int:
        return how_many(self._viewer)


def badge(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "user", None)
    return {"badge": Badge(viewer)} if viewer is not None and viewer.is_authenticated else {}
