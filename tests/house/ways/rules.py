"""Rules, the log, and what stewards and administrators keep beside the desk."""

from tests.house.ways.way import HOUSE, NEVER, Way, all_get, readers

STEWARD, MODERATORS, NOBODY = "404 404 {} 404 404 302", "404 404 {} {} 404 302", "404 404 404 404 404 302"
CLAUSES = {"clause-0-title_en": "Zq", "based_on": "1", "place": "rules:{community}", "whole": "clause-"}
ORDER = {
    "authority": "Court",
    "reference": "II K 1",
    "issued_on": "2026-01-02",
    "demand": "act",
    "demands": "Take it down.",
    "community": "{community}",
}

WAYS: dict[str, Way] = {
    "rules": Way(HOUSE + "rules/", readers(200), NEVER),
    "rules_versions": Way(HOUSE + "rules/versions/", readers(200), NEVER),
    "rules_version": Way(HOUSE + "rules/versions/1/", readers(200), NEVER),
    "edit_rules": Way(
        HOUSE + "rules/edit/",
        STEWARD.format(200),
        STEWARD.format(422),
        CLAUSES,
        "404 404 302 404 404 401",  # the words of whoever was signed out stand on the page
    ),
    "community_log": Way(HOUSE + "log/", readers(200), NEVER),
    "moderators_log": Way("/moderation/log/", MODERATORS.format(200, 200), NEVER),
    "figures": Way("/moderation/figures/", STEWARD.format(200), NEVER),
    "figures_csv": Way("/moderation/figures.csv", STEWARD.format(200), NEVER),
    "figures_json": Way("/moderation/figures.json", STEWARD.format(200), NEVER),
    # Of a year before there was anything here; tests/moderation/yearly has one with figures.
    "published_figures": Way("/figures/2001/", all_get(404), NEVER),
    "published_figures_csv": Way("/figures/2001.csv", all_get(404), NEVER),
    "published_figures_json": Way("/figures/2001.json", all_get(404), NEVER),
    "orders": Way("/moderation/orders/", STEWARD.format(200), STEWARD.format(422), ORDER, STEWARD.format(302)),
    "order": Way(
        "/moderation/orders/{order}/",
        STEWARD.format(200),
        STEWARD.format(422),
        {"effect": "Taken down."},
        STEWARD.format(302),
    ),
    "trusted_flaggers": Way("/moderation/trusted/", NOBODY, NOBODY),
    "trust_ending": Way("/moderation/trusted/987654/ending/", NEVER, NOBODY),
    "report_finding": Way("/moderation/reports/987654/finding/", NEVER, NOBODY),
}
