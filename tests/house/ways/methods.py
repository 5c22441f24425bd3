"""Methods and tries."""

from tests.house.ways.way import HOUSE, NEVER, Way, all_get, its_author, its_teller, moderators, readers

METHOD, TRY = "/methods/{method}/", "/tries/{told}/"
CARD = {
    "title": "A good method",
    "summary": "In a sentence.",
    "purpose": "So that it is done.",
    "language": "en",
    "step-0-title": "Begin",
    "step-0-text": "Good words.",
    "maturity": "idea",
}
IN = METHOD + "in/{language}/"
TOLD = {"month": "2025-06", "people": "12", "again": "yes", "sentence": "It went well."}

WAYS: dict[str, Way] = {
    "library": Way("/methods/", all_get(200), NEVER),
    "new_method": Way(
        HOUSE + "methods/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {**CARD, "licence": "CC-BY-SA-4.0"},
        readers(302, visitor=302, opened="422 302"),
    ),
    "method": Way(METHOD + "{called}/", readers(200), NEVER),
    "method_address": Way(METHOD, readers(301), NEVER),
    "method_versions": Way(METHOD + "versions/?from=1", readers(200), NEVER),
    "comparison": Way("/methods/comparison/?method=1", all_get(200), NEVER),
    "methods_sheet": Way("/methods/methods.csv", all_get(200), NEVER),
    "method_markdown": Way(METHOD + "card.md", readers(200), NEVER),
    "method_pdf": Way(METHOD + "card.pdf?format=cards", readers(200), NEVER),
    "method_code": Way(METHOD + "code.svg", readers(200), NEVER),
    "method_short": Way("/m/{method}/", readers(302), NEVER),
    "method_discussions": Way(METHOD + "discussions/?page=1", readers(200), NEVER),
    "method_names": Way(
        "/methods/names/?place=thread:{thread}&q=zq", "200 200 200 200 200 302", "405 405 405 405 405 302"
    ),
    "question": Way(METHOD + "questions/skill/", its_author(200), its_author(422), {"answer": "2"}, its_author(302)),
    "question_mail": Way("/questions/", all_get(200)[:-3] + "302", all_get(302), {"mail": "no"}, all_get(302)),
    "mailed_question": Way("/questions/{asked}/", all_get(200), all_get(422), {"answer": "12"}, all_get(302)),
    "question_mail_stop": Way("/questions/{asked}/stop/", all_get(200), all_get(200)),
    "method_record": Way(METHOD + "record.json", readers(200), NEVER),
    "edit_method": Way(
        METHOD + "edit/", its_author(200), its_author(422), {**CARD, "based_on": "2", "note": "Why."}, its_author(302)
    ),
    "redact_method": Way(
        METHOD + "redactions/new/",
        "200 404 200 200 404 302",
        "422 404 422 422 404 302",
        {"words": "purpose", "reason": "Why."},  # shown; a second yes takes them out
        "200 404 200 200 404 302",
    ),
    "remove_picture": Way(
        METHOD + "picture-removals/new/",
        "200 404 200 200 404 302",
        "422 404 422 422 404 302",
        {"picture": "{picture}", "reason": "Why."},
        "302 404 302 302 404 302",
    ),
    "adapt_method": Way(
        METHOD + "adaptations/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {**CARD, "why": "Because."},
        readers(302, visitor=302, opened="422 302"),
    ),
    "new_try": Way(
        METHOD + "tries/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        TOLD,
        readers(302, visitor=302, opened="422 302"),
    ),
    "method_in": Way(IN, readers(200), NEVER),
    "translate_method": Way(
        IN + "edit/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {"title": "A good translation", "summary": "In a sentence.", "source": "2", "based_on": "1"},
        readers(302, visitor=302, opened="422 302"),
    ),
    "check_translation": Way(
        IN + "check/",
        NEVER,
        readers(302, visitor=302, opened="422 302"),
        {"number": "1"},
        readers(302, visitor=302, opened="422 302"),
    ),
    "remove_translation": Way(
        IN + "removal/",
        "200 200 200 200 404 302",
        "422 422 422 422 404 302",
        {"reason": "Why."},
        "302 302 302 302 404 302",
    ),
    "try": Way(TRY, readers(302), NEVER),
    "edit_try": Way(TRY + "edit/", its_teller(200), its_teller(422), TOLD, its_teller(302)),
    "hide_try": Way(TRY + "hiding/", moderators(200), moderators(422), {"reason": "Why."}, moderators(302)),
    "show_try": Way(TRY + "hiding/removal/", NEVER, moderators(302)),
    "withdraw_try": Way(TRY + "withdrawal/", its_teller(200), its_teller(302)),
}
