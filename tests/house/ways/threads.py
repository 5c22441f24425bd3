"""Threads and posts."""

from tests.house.ways.way import HOUSE, IN_THREAD, NEVER, POST, THREAD, WORDS, Way, its_author, moderators, readers

WAYS: dict[str, Way] = {
    "community": Way(HOUSE, readers(200), NEVER),
    "new_thread": Way(
        HOUSE + "threads/new/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {**WORDS, "place": "community:{community}", "title": "A good title", "section": "{section}"},
        readers(302, visitor=401, opened="422 401"),
    ),
    "thread": Way(THREAD + "{title}/", readers(200), NEVER),
    "thread_address": Way(THREAD, readers(301), NEVER),
    "reply": Way(
        THREAD + "posts/",
        readers(302, visitor=302),
        readers(422, visitor=302, opened="422 302"),
        {**IN_THREAD, "reply_to": "{post}"},
        readers(302, visitor=401, opened="422 401"),
    ),
    "read_marks": Way(
        THREAD + "read-marks/",
        NEVER,
        readers(204, visitor=302, opened="204 302"),
        {"number": "1"},
        readers(204, visitor=302, opened="204 302"),
    ),
    "thread_title": Way(
        THREAD + "title/",
        "200 404 200 200 404 302",
        "422 404 422 422 404 302",
        {"title": "Another title", "reason": "It is found so."},
        "302 404 302 302 404 302",
    ),
    "thread_lock": Way(THREAD + "lock/", moderators(200), moderators(422), {"reason": "It is done."}, moderators(302)),
    "thread_unlock": Way(THREAD + "lock/removal/", NEVER, moderators(302)),
    "thread_pin": Way(THREAD + "pin/", moderators(200), moderators(302), {"reason": "Read this."}, moderators(302)),
    "thread_unpin": Way(THREAD + "pin/removal/", NEVER, moderators(302)),
    "thread_pace": Way(
        THREAD + "pace/", moderators(200), moderators(422), {"minutes": "5", "reason": "Slowly."}, moderators(302)
    ),
    "thread_unslow": Way(THREAD + "pace/removal/", NEVER, moderators(302)),
    "thread_conclusion": Way(
        THREAD + "conclusion/",
        "200 404 200 200 404 302",
        "422 404 422 422 404 302",
        {**WORDS, "place": "conclusion:{thread}", "based_on": "{conclusion}"},
        "302 404 302 302 404 401",
    ),
    "thread_unconclude": Way(THREAD + "conclusion/removal/", NEVER, "302 404 302 302 404 302"),
    "choose_conclusion": Way(
        POST + "conclusion/",
        "200 404 200 200 404 302",
        "409 404 409 409 404 302",
        {"based_on": "{conclusion}"},
        "302 404 302 302 404 302",
    ),
    "chosen_threads": Way(
        HOUSE + "threads/chosen/",
        moderators(302),
        moderators(422),
        {"thread": "{thread}", "deed": "lock", "reason": "It is done."},
        moderators(302),
    ),
    "undo": Way("/log/{entry}/undo/", NEVER, "404 404 404 302 404 302"),
    "post": Way(POST, readers(302), NEVER),
    "post_options": Way(POST + "options/", readers(200), NEVER),
    "post_reply": Way(POST + "reply/", readers(302), NEVER),
    "post_quote": Way(POST + "quote/", readers(302), NEVER),
    "revisions": Way(POST + "revisions/", readers(200), NEVER),
    "edit_post": Way(
        POST + "edit/",
        its_author(200),
        its_author(422),
        {**WORDS, "place": "post:{post}", "based_on": "2"},
        its_author(302, visitor=401),
    ),
    "delete_post": Way(POST + "deletion/", its_author(200), its_author(302)),
    "reactions": Way(
        POST + "reactions/",
        readers(302, visitor=302),
        readers(302, visitor=302, opened="302 302"),
        {"kind": "agree"},
        readers(302, visitor=302, opened="422 302"),
    ),
}
