from django.urls import path

from forum.moderation.duty import views

urlpatterns = [
    path("c/<slug:slug>/duty/", views.duty, name="community_duty"),
    path("c/<slug:slug>/duty/turns/<slug:username>/", views.turn, name="community_duty_turn"),
    path("c/<slug:slug>/duty/away/<int:pk>/removal/", views.away_removal, name="community_duty_away_removal"),
]
