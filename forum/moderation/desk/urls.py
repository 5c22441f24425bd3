from typing import Any

from django.urls import path

from forum.moderation.desk.views import deeds, pages, replies


def _of(what: str) -> list[Any]:
    """What is done with a case, and just so with a complaint."""
    place, known = f"moderation/{what}s/<int:pk>/", {"of": what}
    return [
        path(f"{place}claim/", deeds.claim, known, name=f"{what}_claim"),
        path(f"{place}claim/removal/", deeds.release, known, name=f"{what}_release"),
        path(f"{place}assignment/", deeds.assignment, known, name=f"{what}_assignment"),
        path(f"{place}notes/", deeds.notes, known, name=f"{what}_notes"),
    ]


urlpatterns = [
    path("moderation/", pages.desk, name="desk"),
    path("moderation/next/", pages.next_item, name="desk_next"),
    path("moderation/cases/<int:pk>/", pages.case, name="desk_case"),
    path("moderation/complaints/<int:pk>/", pages.complaint, name="desk_complaint"),
    path("moderation/requests/<int:pk>/", pages.join_request, name="desk_request"),
    *_of("case"),
    *_of("complaint"),
    path("moderation/hand-over/", deeds.hand_over, name="desk_hand_over"),
    path("moderation/replies/", replies.replies, name="saved_replies"),
    path("moderation/replies/<int:pk>/", replies.reply, name="saved_reply"),
    path("moderation/replies/<int:pk>/removal/", replies.removal, name="saved_reply_removal"),
    path("moderation/members/<slug:username>/", pages.member, name="desk_member"),
]
