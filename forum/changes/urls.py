from django.urls import path

from forum.changes import views

urlpatterns = [path("changes/", views.changes, name="changes")]
