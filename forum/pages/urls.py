from django.urls import path

from forum.pages import home, notices, profiles, search

urlpatterns = [
    path("", home.home, name="home"),
    path("members/<slug:username>/", profiles.profile, name="profile"),
    path("notifications/", notices.notices, name="notices"),
    path("notifications/read-marks/", notices.read_marks, name="notices_read"),
    path("notifications/settings/", notices.settings_page, name="notice_settings"),
    path("notifications/threads/<int:pk>/", notices.thread_following, name="thread_following"),
    path("notifications/sections/<int:pk>/", notices.section_following, name="section_following"),
    path("notifications/people/<slug:username>/", notices.person_muting, name="person_muting"),
    path("search/", search.search_page, name="search"),
]
