from django.urls import path

from forum.files import views

urlpatterns = [
    path("pictures/", views.pictures, name="pictures"),
    path("pictures/<uuid:pk>/", views.picture, name="picture"),
]
