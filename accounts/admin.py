"""People in the administration: to look up, not to change. Accounts change through their own pages and commands."""

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Member

admin.site.unregister(Authenticator)  # no way round the page that records who was checked and how


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ["display_name", "username", "email", "date_joined", "last_login", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "is_house"]
    search_fields = ["display_name", "username", "email"]
    ordering = ["-date_joined"]
    exclude = ["password"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Member | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Member | None = None) -> bool:
        return False
