from django.urls import path

from forum.web import views
from forum.web.theme import choose_theme

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("theme/", choose_theme, name="theme"),
]
