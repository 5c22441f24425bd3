from django.urls import path

from forum.drafts import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<str:place>/", views.draft, name="draft"),
    path("drafts/<str:place>/deletion/", views.deletion, name="draft-deletion"),
    path("preview/", views.preview, name="preview"),
    path("mentions/", views.mentions, name="mentions"),
]
