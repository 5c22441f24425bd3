from django.urls import path

from forum.threads.holding import views

urlpatterns = [
    path("held/<int:pk>/", views.held_text, name="held_text"),
    path("held/<int:pk>/release/", views.release, name="held_release"),
    path("held/<int:pk>/return/", views.send_back, name="held_return"),
    path("held/<int:pk>/withdrawal/", views.take_back, name="held_withdrawal"),
]
