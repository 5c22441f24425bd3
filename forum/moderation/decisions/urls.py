from django.urls import path

from forum.moderation.decisions import complaints, views

urlpatterns = [
    path("decisions/new/", views.new_decision, name="new_decision"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("decisions/<int:pk>/reversals/new/", views.reverse_decision, name="reverse_decision"),
    path("decisions/<int:pk>/complaint/", complaints.complain_as_addressee, name="complain"),
    path("statements/<str:token>/", views.statement, name="statement"),
    path("statements/<str:token>/complaint/", complaints.complain_by_token, name="complain_by_token"),
    path("complaints/<int:pk>/", complaints.complaint, name="complaint"),
]
