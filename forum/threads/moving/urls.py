from django.urls import path

from forum.threads.moving import views

urlpatterns = [
    path("threads/<int:pk>/move/", views.move, name="thread_move"),
    path("threads/<int:pk>/split/", views.split, name="thread_split"),
    path("threads/<int:pk>/merge/", views.merge, name="thread_merge"),
    path("move-requests/<int:pk>/", views.move_request, name="move_request"),
    path("move-requests/<int:pk>/completion/", views.move_now, name="move_request_completion"),
    path("move-requests/<int:pk>/withdrawal/", views.withdraw_move, name="move_request_withdrawal"),
]
