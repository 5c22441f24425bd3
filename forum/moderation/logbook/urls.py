from django.urls import path

from forum.moderation.logbook import views

urlpatterns = [
    path("c/<slug:slug>/log/", views.community_log, name="community_log"),
    path("moderation/log/", views.moderators_log, name="moderators_log"),
]
