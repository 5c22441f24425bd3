"""Notices: one's own, and what one chooses."""

from tests.house.ways.way import Way, readers

MINE, ONLY_POST = "200 200 200 200 200 302", "405 405 405 405 405 302"
DONE = "302 302 302 302 302 302"

WAYS: dict[str, Way] = {
    "notices": Way("/notifications/", MINE, ONLY_POST),
    "notices_read": Way("/notifications/read-marks/", ONLY_POST, DONE),
    "notice_settings": Way("/notifications/settings/", MINE, DONE),
    "thread_following": Way(
        "/notifications/threads/{thread}/",
        ONLY_POST,
        readers(302, visitor=302, opened="302 302"),
        {"how": "watch"},
        readers(302, visitor=302, opened="302 302"),
    ),
    "section_following": Way(
        "/notifications/sections/{section}/",
        ONLY_POST,
        readers(302, visitor=302, opened="302 302"),
        {"how": "watch"},
        readers(302, visitor=302, opened="302 302"),
    ),
    "person_muting": Way(
        "/notifications/people/author/",
        ONLY_POST,
        readers(302, visitor=302, opened="302 302"),
        {"mute": "on"},
        readers(302, visitor=302, opened="302 302"),
    ),
}
