"""Every address of the site, feature by feature."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts.factors import guard_admin

admin.autodiscover()
guard_admin(admin.site)
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("forum.pages.urls")),
    path("", include("forum.moderation.factors.urls")),
    path("", include("forum.moderation.rulebook.urls")),
    path("", include("forum.moderation.logbook.urls")),
    path("", include("forum.moderation.yearly.urls")),
    path("", include("forum.moderation.authorities.urls")),
    path("", include("forum.moderation.flagging.urls")),
    path("", include("forum.moderation.reports.urls")),
    path("", include("forum.moderation.duty.urls")),
    path("", include("forum.moderation.decisions.urls")),
    path("", include("forum.moderation.desk.urls")),
    path("", include("forum.plans.urls")),
    path("", include("forum.methods.urls")),
    path("", include("forum.moderation.prevention.urls")),
    path("", include("forum.threads.holding.urls")),
    path("", include("forum.threads.urls")),
    path("", include("forum.communities.urls")),
    path("", include("forum.files.urls")),
    path("", include("forum.drafts.urls")),
    path("", include("forum.changes.urls")),
    path("", include("forum.web.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "forum.web.failures.bad_request"
handler403 = "forum.web.failures.permission_denied"
handler404 = "forum.web.failures.page_not_found"
handler429 = "accounts.views.too_fast"  # allauth asks for it when a limit answers
handler500 = "forum.web.failures.server_error"
