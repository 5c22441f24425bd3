from django.urls import path

from forum.moderation.prevention import views

urlpatterns = [
    path("c/<slug:slug>/prevention/", views.prevention, name="prevention"),
    path("c/<slug:slug>/prevention/newcomers/", views.guard, name="guard"),
    path("c/<slug:slug>/prevention/<int:pk>/retirement/", views.watchword_retirement, name="watchword_retirement"),
]
