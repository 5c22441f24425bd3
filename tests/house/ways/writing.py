"""What one writes and shows: drafts, previews, pictures."""

from tests.house.ways.way import IN_THREAD, NEVER, Way, all_get, readers

WAYS: dict[str, Way] = {
    "draft": Way(
        "/drafts/thread:{thread}/",
        NEVER,
        readers(400, visitor=401, opened="400 401"),
        {"body": "Kept.", "version": ""},
        "200 409 200 200 404 401 open:200 401",
    ),
    "draft-deletion": Way("/drafts/thread:{thread}/deletion/", "405 405 405 405 405 302", all_get(302)),
    "preview": Way(
        "/preview/", NEVER, "200 200 200 200 200 302", IN_THREAD, readers(200, visitor=401, opened="200 401")
    ),
    "mentions": Way("/mentions/?place=thread:{thread}&q=s", "200 200 200 200 200 302", "405 405 405 405 405 302"),
    "pictures": Way("/pictures/", NEVER, all_get(302), {"picture": "{file}", **IN_THREAD}, "302 302 302 302 302 401"),
    "picture": Way("/pictures/{picture}/", readers(200), NEVER),
}
