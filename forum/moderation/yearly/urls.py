from django.urls import path

from forum.moderation.yearly import views

urlpatterns = [
    path("moderation/figures/", views.report, name="figures"),
    path("moderation/figures.csv", views.report_csv, name="figures_csv"),
    path("moderation/figures.json", views.report_json, name="figures_json"),
    path("figures/<int:year>/", views.published, name="published_figures"),
    path("figures/<int:year>.csv", views.published_csv, name="published_figures_csv"),
    path("figures/<int:year>.json", views.published_json, name="published_figures_json"),
]
