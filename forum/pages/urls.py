from django.urls import path

from forum.pages import home, profiles, search

urlpatterns = [
    path("", home.home, name="home"),
    path("members/<slug:username>/", profiles.profile, name="profile"),
    path("search/", search.search_page, name="search"),
]
