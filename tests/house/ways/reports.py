"""Reports and whose turn it is to look. The first post is the author's; the neighbour has reported the title."""

from tests.house.ways.way import HOUSE, NEVER, Way, all_get, readers

ABOUT = {
    "address": "http://localhost:8000/posts/{post}/",
    "ground": "insult",
    "words": "Because.",
    "name": "Nela",
    "email": "nela@elsewhere.example",
    "is_good_faith": "on",
    "stamp": "{stamp}",
}
DUTY = HOUSE + "duty/"


def judges(code: int) -> str:
    return f"404 404 {code} {code} 404 404"


WAYS: dict[str, Way] = {
    "new_report": Way(
        "/reports/new/?about=post:{post}",
        readers(200),
        readers(422),
        ABOUT,
        "422 302 302 302 404 404 open:302 302",  # nobody reports their own
    ),
    # A link is a secret of its own.
    "report": Way("/reports/{reported}/", all_get(200), NEVER),
    "report_complaint": Way("/reports/{reported}/complaint/", all_get(404), all_get(404)),  # before it is decided
    "community_duty": Way(DUTY, judges(200), judges(422), {"first": "2090-01-01", "last": "2090-01-02"}, judges(302)),
    "community_duty_turn": Way(
        DUTY + "turns/moderator/", NEVER, "404 404 302 404 404 404", {"move": "up"}, "404 404 302 404 404 404"
    ),
    "community_duty_away_removal": Way(DUTY + "away/{section}/removal/", NEVER, judges(302)),
}
