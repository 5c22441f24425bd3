"""Communities and who belongs to them."""

from tests.house.ways.way import HOUSE, NEVER, Way, all_get, members, readers, stewards

SETTINGS = {"name_en": "New name", "audience": "members", "joining": "invitation", "accent": "moss"}

WAYS: dict[str, Way] = {
    "community_membership": Way(
        HOUSE + "membership/", readers(302), "302 302 302 302 404 404 open:302 302 listed:302 404"
    ),
    "community_welcome": Way(HOUSE + "welcome/", members(200), NEVER),
    "community_departure": Way(HOUSE + "departure/", members(200), members(302)),
    "community_members": Way(HOUSE + "members/", readers(200), NEVER),
    "community_role": Way(
        HOUSE + "members/{member}/role/", stewards(200), stewards(422), {"role": "moderator"}, stewards(302)
    ),
    "community_removal": Way(
        HOUSE + "members/{member}/removal/", stewards(200), stewards(422), {"reason": "It is time."}, stewards(302)
    ),
    "community_requests": Way(HOUSE + "requests/", stewards(200), NEVER),
    "community_answer": Way(
        HOUSE + "requests/{request}/answer/", NEVER, stewards(302), {"outcome": "approved"}, stewards(302)
    ),
    "community_invitations": Way(
        HOUSE + "invitations/", stewards(200), stewards(422), {"email": "new@cast.example"}, stewards(200)
    ),
    "community_invitation_withdrawal": Way(HOUSE + "invitations/{invitation}/withdrawal/", NEVER, stewards(302)),
    "community_settings": Way(HOUSE + "settings/", stewards(200), stewards(422), SETTINGS, stewards(302)),
    "community_address": Way(
        HOUSE + "address/", stewards(200), stewards(422), {"slug": "another-address"}, stewards(302)
    ),
    "community_closing": Way(
        HOUSE + "closing/", stewards(200), stewards(422), {"reason": "It is done."}, stewards(302)
    ),
    "community_reopening": Way(HOUSE + "reopening/", NEVER, stewards(302)),
    "community_sections": Way(
        HOUSE + "sections/", stewards(200), stewards(422), {"name_en": "New section"}, stewards(302)
    ),
    "community_section": Way(
        HOUSE + "sections/{section}/", stewards(200), stewards(422), {"name_en": "Renamed"}, stewards(302)
    ),
    "community_section_position": Way(
        HOUSE + "sections/{section}/position/", NEVER, stewards(302), {"move": "up"}, stewards(302)
    ),
    "community_section_removal": Way(HOUSE + "sections/{section}/removal/", stewards(200), stewards(302)),
    "community_request": Way(
        "/communities/{slug}/request/",
        "302 302 302 302 404 404 open:302 302 listed:200 404",
        "302 302 302 302 404 404 open:302 302 listed:302 404",
        {"note": "Please."},
        "302 302 302 302 404 404 open:302 302 listed:302 404",
    ),
    "community_request_withdrawal": Way("/communities/{slug}/request/withdrawal/", NEVER, "404 404 404 404 404 302"),
    # A link is a secret of its own: whoever holds one learns what stands on the invitation, and nothing more.
    "invitation": Way("/invitations/{token}/", all_get(200), "422 422 422 422 422 302"),
}
