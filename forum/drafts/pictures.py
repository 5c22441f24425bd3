"""A picture that is removed for good goes from what is only being written, too."""

from typing import Any
from uuid import UUID

from forum import text
from forum.drafts import queries


def fold_in_drafts(picture: UUID) -> None:
    """Called inside `changes.writing()`. A field that named it alone goes; in a text stays what can be seen in it."""
    ids = {str(picture)}
    for draft in queries.showing(picture).select_for_update(no_key=True):
        draft.body = text.source_without(draft.body, draft.body_format, ids)
        typed = {name: _without(value, draft.body_format, ids) for name, value in draft.fields.items()}
        draft.fields = {name: value for name, value in typed.items() if value}
        draft.save(update_fields=["body", "fields"])


def _without(value: Any, body_format: str, ids: set[str]) -> Any:
    if isinstance(value, list):
        return [each for each in value if each not in ids]
    return "" if value in ids else text.source_without(value, body_format, ids)
