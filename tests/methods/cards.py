"""Cards for the tests."""

from typing import Any

from accounts.models import Member
from forum import text
from forum.methods import actions
from forum.methods.card import Card, Step
from forum.models import Community, Method


def soup(**changed: Any) -> Card:
    """A card that can be published."""
    stated: dict[str, Any] = {
        "title": "Soup in the courtyard",
        "summary": "Neighbours cook one pot together and talk about the yard.",
        "language": "en",
        "purpose": "So that people who only nod to each other have talked once.",
        "steps": (
            Step(title="Invite", text="Put a note on every door.", minutes_min=20, minutes_max=30),
            Step(title="Cook", text="Everyone brings one thing.", minutes_min=60, minutes_max=90),
        ),
        "group_min": 6,
        "group_max": 30,
        "minutes_min": 90,
        "minutes_max": 120,
        "space": ("courtyard",),
        "cost_band": "to200",
    }
    return Card(**stated | changed)


def published(author: Member, community: Community, **changed: Any) -> Method:
    card = soup(**changed)
    body = text.clean(card.body, card.body_format) if card.body else None
    return actions.publish_method(author=author, community=community, card=card, body=body)
