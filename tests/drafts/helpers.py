"""A place to write at that needs no thread: drafts know only what the features tell them."""

from typing import Any

from django.test import Client

from accounts.models import Member
from forum.drafts.models import Draft
from forum.models import Thread


def put(client: Client, place: str, body: str, version: str | None = "", **more: Any) -> Any:
    """As the composer's script saves."""
    sent = {"body": body, "body_format": "markdown", **more}
    if version is not None:
        sent["version"] = version
    return client.put(f"/drafts/{place}/", sent, content_type="application/json")


def kept_body(member: Member, place: str) -> str | None:
    return Draft.objects.filter(member=member, place=place).values_list("body", flat=True).first()


def posted(thread: Thread, member: Member | None, body: str, **more: str) -> dict[str, str]:
    """What the form on a thread's page sends."""
    return {
        "place": f"thread:{thread.pk}",
        "back": f"{thread.get_absolute_url()}#reply",
        "writer": str(member.pk) if member else "",
        "next_action": f"/threads/{thread.pk}/posts/",
        "body": body,
        "body_format": "markdown",
        **more,
    }
