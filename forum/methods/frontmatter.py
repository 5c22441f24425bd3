"""A method as a Markdown file: its record as front matter, its free text below. There and back nothing is lost.

Each line of the front matter is a key and a value in JSON, which is YAML too: other programs read it.
"""

import json
from typing import Any

FENCE = "---\n"


def to_markdown(record: dict[str, Any]) -> str:
    """The file of a line that `records.outgoing` gave; a text that is no Markdown stands in the front matter."""
    body = record.get("body_markdown") or ""
    head = {key: value for key, value in record.items() if key != "body_markdown"}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f"{FENCE}{lines}{FENCE}{body}"


def from_markdown(source: str) -> dict[str, Any]:
    """The record of such a file. ValueError for anything else."""
    source = source.removeprefix("\ufeff")
    if source.startswith(FENCE.replace("\n", "\r\n")):  # saved by an editor that ends every line so
        source = source.replace("\r\n", "\n")
    if not source.startswith(FENCE) or (end := source.find(f"\n{FENCE}", len(FENCE) - 1)) < 0:
        raise ValueError("no front matter")
    record: dict[str, Any] = {}
    for line in source[len(FENCE) : end].split("\n"):
        key, colon, value = line.partition(": ")
        if not colon:
            raise ValueError(f"not a key and a value: {line[:60]!r}")
        try:
            record[key] = json.loads(value)
        except RecursionError:
            raise ValueError(f"too deep: {key[:60]!r}") from None
    body = source[end + 1 + len(FENCE) :]
    return record | {"body_markdown": body or None}
