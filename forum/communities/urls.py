from django.urls import include, path

from forum.communities.views import directory, inviting, joining, members, requests, sections, steering

_of_community = [
    path("membership/", joining.membership, name="community_membership"),
    path("welcome/", joining.welcome, name="community_welcome"),
    path("departure/", joining.departure, name="community_departure"),
    path("members/", members.members, name="community_members"),
    path("members/<slug:username>/role/", members.role, name="community_role"),
    path("members/<slug:username>/removal/", members.removal, name="community_removal"),
    path("requests/", requests.queue, name="community_requests"),
    path("requests/<int:pk>/answer/", requests.answer, name="community_answer"),
    path("invitations/", inviting.invitations, name="community_invitations"),
    path("invitations/<int:pk>/withdrawal/", inviting.withdrawal, name="community_invitation_withdrawal"),
    path("settings/", steering.settings, name="community_settings"),
    path("address/", steering.address, name="community_address"),
    path("closing/", steering.closing, name="community_closing"),
    path("reopening/", steering.reopening, name="community_reopening"),
    path("sections/", sections.sections, name="community_sections"),
    path("sections/<int:pk>/", sections.section, name="community_section"),
    path("sections/<int:pk>/position/", sections.position, name="community_section_position"),
    path("sections/<int:pk>/removal/", sections.removal, name="community_section_removal"),
]

urlpatterns = [
    path("communities/", directory.directory, name="directory"),
    path("communities/new/", directory.new_community, name="new_community"),
    # Outside /c/<slug>/, which tells outsiders nothing at all about a closed community.
    path("communities/<slug:slug>/request/", joining.request_to_join, name="community_request"),
    path("communities/<slug:slug>/request/withdrawal/", joining.withdrawal, name="community_request_withdrawal"),
    path("invitations/<str:token>/", inviting.invitation, name="invitation"),
    path("c/<slug:slug>/", include(_of_community)),
]
