"""Telling, and cards made of posts."""

from tests.house.ways.methods import CARD
from tests.house.ways.way import NEVER, POST, Way, readers

OWN = "200 200 200 200 200 302"
WAYS: dict[str, Way] = {
    "tell": Way(
        "/tell/?community={slug}",
        OWN,
        "422 422 422 422 422 302",
        {"body": "Good words.", "body_format": "markdown"},
        "302 302 302 302 302 302",
    ),
    "tell_place": Way(
        "/tell/place/?community={slug}",
        "302 302 302 302 302 302",
        "302 302 302 302 302 302",
        {"kind": "method", "community": "{slug}"},
        "302 302 302 302 302 302",
    ),
    "tell_method": Way("/tell/method/?community={slug}", "302 302 302 302 302 302", NEVER),
    "card_of_post": Way(
        POST + "card/",
        readers(200, visitor=302, opened="200 302"),
        readers(422, visitor=302, opened="422 302"),
        {**CARD, "licence": "CC-BY-SA-4.0"},
        "302 422 422 422 404 302 open:422 302",
    ),
    "card_wishes": Way(
        POST + "wishes/",
        readers(302, visitor=302, opened="302 302"),
        "422 302 302 302 404 302 open:422 302",
    ),
    "wish": Way(
        "/wishes/{wish}/",
        "200 200 404 404 404 302",
        "422 422 404 404 404 302",
        {"answer": "yes"},
        "302 422 404 404 404 302",
    ),
}
