from django.urls import path

from forum.moderation.factors import views

urlpatterns = [
    path("moderation/members/<slug:username>/second-factor/", views.reset, name="reset_second_factor"),
]
