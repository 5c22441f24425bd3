"""The run sheet of a plan: what its data needs besides what happens when. Its head says the shape."""

from typing import Any

from django.utils.translation import gettext as _

from forum.paper.codes import code_svg, without_scheme


def run_sheet(data: dict[str, Any], *, address: str) -> dict[str, Any]:
    """`data` as "run_sheet.typ" takes it, with the house's words in the active language and where the plan stands.

    Of `data` the sheet reads title, when, venue, people, total, note, preparation, is_session, owner, planners,
    revision, rows, needs, costs and credits. Then: `print_pdf("run_sheet.typ", run_sheet(…), language=…, title=…)`.
    """
    names = ", ".join([data["owner"], *data["planners"]])
    return {
        **data,
        "total": data["total"] if data["is_session"] else "",
        "authors": [data["owner"], *data["planners"]],
        "url": address,
        "address": without_scheme(address),
        "code": code_svg(address),
        "labels": {
            "page": _("page {n} of {total}"),
            "lacking": _("A □ stands for a letter that cannot be printed here. The text online has it."),
            "picture": _("Picture"),
            "code": _("QR code: %(address)s") % {"address": address},
            "by": _("by %(name)s") % {"name": names},
            "edition": _("version %(number)s") % {"number": data["revision"]},
            "time": _("Time"),
            "minutes": _("{n} min"),
            "who": _("Who"),
            "what": _("What happens"),
            "track": _("Side by side: {letter}"),
            "tools": _("Materials"),
            "optional": _("optional"),
            "preparation": _("Preparation"),
            "costs": _("Cost"),
            "credits": _("Whom it comes from"),
        },
    }
