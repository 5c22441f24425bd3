from django.urls import path

from forum.moderation.flagging import views

urlpatterns = [
    path("moderation/trusted/", views.trusted_flaggers, name="trusted_flaggers"),
    path("moderation/trusted/<int:pk>/ending/", views.trust_ending, name="trust_ending"),
    path("moderation/reports/<int:pk>/finding/", views.finding, name="report_finding"),
]
