from django.urls import path

from forum.moderation.reports import complaining, views

urlpatterns = [
    path("reports/new/", views.new_report, name="new_report"),
    path("reports/<str:token>/complaint/", complaining.complaint, name="report_complaint"),
    path("reports/<str:token>/", views.report, name="report"),
]
