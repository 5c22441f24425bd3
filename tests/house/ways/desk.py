"""The desk: of those who look after the community."""

from tests.house.ways.way import NEVER, Way, moderators

CASE, COMPLAINT = "/moderation/cases/{case}/", "/moderation/complaints/{appeal}/"
REPLIES = "/moderation/replies/"
REPLY = {"language": "en", "title": "Tone", "text": "Please say it gently."}
STEWARDS = "404 404 {0} 404 404 302".format
TO, NOTE = {"to": "steward"}, {"text": "Spoken to."}

WAYS: dict[str, Way] = {
    "desk": Way("/moderation/", moderators(200), NEVER),
    "desk_next": Way("/moderation/next/", moderators(302), NEVER),
    "desk_case": Way(CASE, moderators(200), NEVER),
    "case_claim": Way(CASE + "claim/", NEVER, moderators(302)),
    "case_release": Way(CASE + "claim/removal/", NEVER, moderators(302)),
    "case_assignment": Way(CASE + "assignment/", NEVER, moderators(422), TO, moderators(302)),
    "case_notes": Way(CASE + "notes/", NEVER, moderators(422), NOTE, moderators(302)),
    "desk_complaint": Way(COMPLAINT, moderators(200), NEVER),
    "complaint_claim": Way(COMPLAINT + "claim/", NEVER, moderators(302)),
    "complaint_release": Way(COMPLAINT + "claim/removal/", NEVER, moderators(302)),
    "complaint_assignment": Way(COMPLAINT + "assignment/", NEVER, moderators(422), TO, moderators(302)),
    "complaint_notes": Way(COMPLAINT + "notes/", NEVER, moderators(422), NOTE, moderators(302)),
    "desk_request": Way("/moderation/requests/{request}/", STEWARDS(200), STEWARDS(302)),
    "desk_hand_over": Way(
        "/moderation/hand-over/", moderators(200), moderators(422), {**TO, **NOTE}, "404 404 422 302 404 302"
    ),
    "saved_replies": Way(REPLIES, moderators(200), moderators(422), {**REPLY, "community": "{slug}"}, moderators(302)),
    "saved_reply": Way(REPLIES + "{reply}/", moderators(200), moderators(422), REPLY, moderators(302)),
    "saved_reply_removal": Way(REPLIES + "{reply}/removal/", moderators(200), moderators(302)),
    "desk_member": Way("/moderation/members/{member}/", moderators(200), NEVER),
}
