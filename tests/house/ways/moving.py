"""Moving, splitting and merging threads, and being asked about it."""

from tests.house.ways.way import NEVER, THREAD, Way, moderators

REQUEST = "/move-requests/{move}/"

WAYS: dict[str, Way] = {
    "thread_move": Way(
        THREAD + "move/",
        moderators(200),
        moderators(422),
        {"place": "{community}.0", "reason": "It fits."},
        moderators(302),
    ),
    "thread_split": Way(
        THREAD + "split/?post={answer}",
        moderators(200),
        moderators(422),
        {"post": "{answer}", "title": "A part", "reason": "Another matter."},
        moderators(302),
    ),
    "thread_merge": Way(
        THREAD + "merge/",
        moderators(200),
        moderators(422),
        {"address": "{beside}", "reason": "The same matter."},
        moderators(302),
    ),
    "move_request": Way(
        REQUEST,
        "200 200 200 200 404 302",
        "404 404 404 404 404 302",
        {"says": "yes", "seen": "other words"},
        "409 409 404 404 404 302",
    ),
    "move_request_completion": Way(REQUEST + "completion/", NEVER, moderators(422)),
    "move_request_withdrawal": Way(REQUEST + "withdrawal/", NEVER, moderators(302)),
}
