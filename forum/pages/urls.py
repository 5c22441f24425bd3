from django.urls import path

from forum.pages import home, profiles

urlpatterns = [
    path("", home.home, name="home"),
    path("members/<slug:username>/", profiles.profile, name="profile"),
]
