"""A plan's run sheet as PDF, in the plan's own language, as one person may see it."""

from typing import Any

from forum import paper
from forum.plans import reading, sheets
from forum.plans.models import Plan


def address_of(plan: Plan) -> str:
    return paper.short_address("p", plan.pk)


def job(plan: Plan, viewer: Any) -> dict[str, Any]:
    """What `paper.print_pdf` takes; the caller has asked whether this viewer may see the plan."""
    seen = reading.seen(plan, viewer)
    with paper.speaking(seen.outline.language) as language:
        data = paper.run_sheet(sheets.sheet_of(seen).data(), address=address_of(plan))
    return {
        "template": "run_sheet.typ",
        "data": data,
        "language": language,
        "title": seen.outline.title,
        "timestamp": int(plan.changed_at.timestamp()),
    }
