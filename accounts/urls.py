from django.urls import path

from accounts import views

urlpatterns = [
    path("accounts/profile/", views.edit_profile, name="account_profile"),
    path("language/", views.choose_language, name="language"),
]
