from django.urls import path

from forum.plans.views import desk, paper, reading, sharing, writing

urlpatterns = [
    path("plans/", desk.plans, name="plans"),
    path("plans/new/", writing.new_plan, name="new_plan"),
    path("methods/<int:pk>/plans/", desk.plans_for_method, name="plans_for_method"),
    path("plans/<int:pk>/", reading.plan_address, name="plan_address"),
    path("plans/<int:pk>/edit/", writing.edit_plan, name="edit_plan"),
    path("plans/<int:pk>/run-sheet/", paper.run_sheet, name="plan_run_sheet"),
    path("plans/<int:pk>/run-sheet.pdf", paper.run_sheet_pdf, name="plan_pdf"),
    path("plans/<int:pk>/code.svg", paper.code, name="plan_code"),
    path("p/<int:pk>/", paper.short_address, name="plan_short"),
    path("plans/<int:pk>/handout/", paper.handout, name="plan_handout"),
    path("plans/<int:pk>/shopping-list/", paper.shopping_list, name="plan_shopping_list"),
    path("plans/<int:pk>/shopping-list.csv", paper.shopping_sheet, name="plan_shopping_sheet"),
    path("plans/<int:pk>/plan.ics", paper.calendar, name="plan_calendar"),
    path("plans/<int:pk>/copies/", sharing.copy_plan, name="copy_plan"),
    path("plans/<int:pk>/planners/", sharing.planners, name="planners"),
    path("plans/<int:pk>/planners/<str:username>/removal/", sharing.dismissal, name="planner_removal"),
    path("plans/<int:pk>/removal/", sharing.removal, name="remove_plan"),
    path("plans/<int:pk>/<str:slug>/", reading.plan_page, name="plan"),
]
