from django.urls import path

from forum.moderation.authorities import views

urlpatterns = [
    path("moderation/orders/", views.orders, name="orders"),
    path("moderation/orders/<int:pk>/", views.order, name="order"),
]
