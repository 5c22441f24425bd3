from django.urls import path

from forum.moderation.rulebook import views

urlpatterns = [
    path("c/<slug:slug>/rules/", views.rules, name="rules"),
    path("c/<slug:slug>/rules/edit/", views.edit, name="edit_rules"),
    path("c/<slug:slug>/rules/versions/", views.versions, name="rules_versions"),
    path("c/<slug:slug>/rules/versions/<int:number>/", views.version, name="rules_version"),
]
