"""Decisions, their statements and complaints. The furnished decision warns the neighbour, by the moderator; the
neighbour complained."""

from tests.house.ways.way import NEVER, Way, all_get, moderators

NEW, DECISION, STATEMENT = "/decisions/new/?about=post:{post}", "/decisions/{decision}/", "/statements/{statement}/"
GROUND = {"ground": "law", "law": "Good law."}

WAYS: dict[str, Way] = {
    "new_decision": Way(NEW, moderators(200), moderators(422), {"act": "warn", **GROUND}, moderators(302)),
    "decision": Way(DECISION, "404 200 200 200 404 302", NEVER),
    "reverse_decision": Way(
        DECISION + "reversals/new/", moderators(200), moderators(422), {"reason": "Good words."}, moderators(302)
    ),
    "complain": Way(
        DECISION + "complaint/",
        "404 200 404 404 404 302",
        "404 422 404 404 404 302",
        {"words": "Good words."},  # a second time
        "404 422 404 404 404 302",
    ),
    "statement": Way(STATEMENT, all_get(200), NEVER),
    "complain_by_token": Way(
        STATEMENT + "complaint/", all_get(200), all_get(422), {"words": "Good words."}, all_get(422)
    ),
    "complaint": Way(
        "/complaints/{complaint}/",
        "404 404 200 404 404 302",
        "404 404 422 404 404 302",
        {"outcome": "upheld", "reasons": "Good words."},
        "404 404 302 404 404 302",
    ),
}
