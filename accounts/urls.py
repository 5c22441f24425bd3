from django.urls import path

from accounts import views

urlpatterns = [
    path("accounts/profile/", views.edit_profile, name="account_profile"),
    path("accounts/second-factor/", views.second_factor, name="second_factor"),
    path("language/", views.choose_language, name="language"),
]
