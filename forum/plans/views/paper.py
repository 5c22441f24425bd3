"""A plan on paper and in files: the run sheet, the handout, the shopping list, the calendar."""

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum import paper
from forum.methods.sheets import safe
from forum.plans import parts, printing, queries, reading, sheets


@require_safe
def run_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Time, what, who, with what, notes: notes only for those who plan."""
    return _printed(request, pk, "plans/run_sheet.html")


@require_safe
def run_sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a tagged PDF, in the plan's language."""
    plan = queries.load_plan(request.user, pk)
    back = {"url": plan.get_absolute_url(), "words": _("Back to the plan"), "community": plan.community}
    job = printing.job(plan, request.user)
    return paper.sheet_answer(request, job, filename=f"{plan.slug}.pdf", back=back)


@require_safe
def short_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/p/12/`, as it stands on paper: leads those who may see the plan to it."""
    return redirect(queries.load_plan(request.user, pk))


@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    return paper.code_answer(printing.address_of(queries.load_plan(request.user, pk)))


@require_safe
def handout(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who take part: no notes, no names of those who lead."""
    return _printed(request, pk, "plans/handout.html")


def _printed(request: HttpRequest, pk: int, template: str) -> HttpResponse:
    plan = queries.load_plan(request.user, pk)
    sheet = sheets.run_sheet(plan, request.user)
    notes = any(block.note for row in sheet.rows for _letter, blocks in row.tracks for block in blocks)
    address = paper.without_scheme(printing.address_of(plan))
    context = {
        "plan": plan,
        "community": plan.community,
        "sheet": sheet,
        "with_notes": notes,
        "address": address,
    }
    return render(request, template, context)


@require_safe
def shopping_list(request: HttpRequest, pk: int) -> HttpResponse:
    plan = queries.load_plan(request.user, pk)
    seen = reading.seen(plan, request.user)
    context = {
        "plan": plan,
        "community": plan.community,
        "seen": seen,
        "outline": seen.outline,
        "needs": [(need, parts.amount_words(need)) for need in parts.needs(seen)],
        "when": sheets.when_words(seen),
    }
    return render(request, "plans/shopping_list.html", context)


@require_safe
def shopping_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a spreadsheet, in the page's language: semicolons where office programs expect them."""
    plan = queries.load_plan(request.user, pk)
    seen = reading.seen(plan, request.user)
    out = io.StringIO()
    writer: Any = csv.writer(out, delimiter="," if get_language() == "en" else ";")
    writer.writerow([_("What"), _("How much"), _("To bring back"), _("For"), _("Note")])
    for need in parts.needs(seen):
        tool = _("yes") if need.tool else ""
        cells = [need.name, parts.amount_words(need), tool, ", ".join(need.parts), " ".join(need.notes)]
        writer.writerow([safe(cell) for cell in cells])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.file_name}.csv"'
    return response


@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    plan = queries.load_plan(request.user, pk)
    seen = reading.seen(plan, request.user)
    if seen.outline.day is None:
        raise Http404
    response = HttpResponse(sheets.calendar(seen), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.file_name}.ics"'
    return response
