"""Plans: the author's, shown to their community; the neighbour plans along."""

from tests.house.ways.methods import METHOD
from tests.house.ways.way import NEVER, Way, all_get, its_author, readers

PLAN = "/plans/{plan}/"
OUTLINE = {
    "title": "A good plan",
    "kind": "session",
    "language": "en",
    "shown": "planners",
    "block-0-title": "Begin",
    "block-0-minutes": "10",
}
SIGNED_IN = "{0} {0} {0} {0} {0} 302".format

WAYS: dict[str, Way] = {
    "plans": Way("/plans/", all_get(200), NEVER),
    "new_plan": Way(
        "/plans/new/", SIGNED_IN(200), SIGNED_IN(422), {**OUTLINE, "licence": "CC-BY-SA-4.0"}, SIGNED_IN(302)
    ),
    "plans_for_method": Way(
        METHOD + "plans/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {"plan": "{plan}"},
        "302 302 422 422 404 302 open:422 302",
    ),
    "plan": Way(PLAN + "{planned}/", readers(200), NEVER),
    "plan_address": Way(PLAN, readers(301), NEVER),
    "edit_plan": Way(
        PLAN + "edit/",
        "200 200 404 404 404 302",
        "422 422 404 404 404 302",
        {**OUTLINE, "based_on": "1"},
        "302 302 404 404 404 302",
    ),
    "plan_run_sheet": Way(PLAN + "run-sheet/", readers(200), NEVER),
    "plan_pdf": Way(PLAN + "run-sheet.pdf", readers(200), NEVER),
    "plan_code": Way(PLAN + "code.svg", readers(200), NEVER),
    "plan_short": Way("/p/{plan}/", readers(302), NEVER),
    "plan_handout": Way(PLAN + "handout/", readers(200), NEVER),
    "plan_shopping_list": Way(PLAN + "shopping-list/", readers(200), NEVER),
    "plan_shopping_sheet": Way(PLAN + "shopping-list.csv", readers(200), NEVER),
    "plan_calendar": Way(PLAN + "plan.ics", readers(200), NEVER),
    "copy_plan": Way(
        PLAN + "copies/",
        readers(200, visitor=302, opened="200 302"),
        readers(302, visitor=302, opened="302 302"),
    ),
    "planners": Way(
        PLAN + "planners/", "200 200 404 404 404 302", its_author(422), {"name": "steward"}, its_author(302)
    ),
    "planner_removal": Way(PLAN + "planners/neighbour/removal/", NEVER, "302 302 404 404 404 302"),
    "remove_plan": Way(
        PLAN + "removal/",
        "200 404 200 200 404 302",
        "302 404 422 422 404 302",
        {"reason": "It is done."},
        "302 404 302 302 404 302",
    ),
}
