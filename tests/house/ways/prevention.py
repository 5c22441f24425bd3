"""Texts that wait for a moderator, and what a community looks for by itself."""

from tests.house.ways.way import HOUSE, NEVER, Way, its_teller, moderators, stewards

HELD, PREVENTION = "/held/{held}/", HOUSE + "prevention/"

WAYS: dict[str, Way] = {
    "held_text": Way(HELD, "404 200 200 200 404 302", NEVER),
    "held_release": Way(HELD + "release/", NEVER, moderators(302)),
    "held_return": Way(HELD + "return/", NEVER, moderators(422), {"words": "Say it kindly."}, moderators(302)),
    "held_withdrawal": Way(HELD + "withdrawal/", NEVER, its_teller(302)),
    "prevention": Way(
        PREVENTION,
        moderators(200, visitor=404),
        moderators(422, visitor=404),
        {"kind": "words", "pattern": "loans", "effect": "flag"},
        moderators(302, visitor=404),
    ),
    "guard": Way(PREVENTION + "newcomers/", NEVER, stewards(422), {"first_posts": "1", "links": "2"}, stewards(302)),
    "watchword_retirement": Way(PREVENTION + "{watchword}/retirement/", NEVER, moderators(302, visitor=404)),
}
