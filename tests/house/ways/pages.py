"""The house itself, what everybody has, and the pages of an account."""

from tests.house.ways.communities import SETTINGS
from tests.house.ways.way import HOUSE, NEVER, Way, all_get, readers

WAYS: dict[str, Way] = {
    "home": Way("/", all_get(200), NEVER),
    "directory": Way("/communities/", all_get(200), NEVER),
    "profile": Way("/members/author/", readers(200), NEVER),
    "drafts": Way("/drafts/", "200 200 200 200 200 302", "405 405 405 405 405 302"),
    "healthz": Way("/healthz", all_get(200), NEVER),
    "readyz": Way("/readyz", all_get(200), NEVER),
    "search": Way("/search/?q=title", all_get(200), NEVER),
    "theme": Way("/theme/", NEVER, all_get(302), {"theme": "dark", "next": HOUSE}, all_get(302)),
    "language": Way("/language/", NEVER, all_get(302), {"language": "pl", "next": HOUSE}, all_get(302)),
    "new_community": Way("/communities/new/", all_get(404), all_get(404), {**SETTINGS, "slug": "new"}, all_get(404)),
    "reset_second_factor": Way(
        "/moderation/members/author/second-factor/", "404 404 404 404 404 302", "404 404 404 404 404 302"
    ),
    "changes": Way("/changes/?stream=thread:{thread}&since=0", readers(200), NEVER),
}

#: Pages of one's account: address, (GET, POST) of somebody signed in, of a visitor.
ACCOUNT: dict[str, tuple[str, tuple[int, int], tuple[int, int]]] = {
    "account_change_password": ("/accounts/password/change/", (200, 200), (302, 302)),
    "account_complete_password_reset": ("/accounts/password/reset/complete/", (302, 302), (302, 302)),
    "account_confirm_login_code": ("/accounts/login/code/confirm/", (302, 302), (302, 302)),
    "account_confirm_password_reset_code": ("/accounts/password/reset/confirm/", (302, 302), (302, 302)),
    "account_email": ("/accounts/email/", (200, 302), (302, 302)),
    "account_email_verification_sent": ("/accounts/confirm-email/", (302, 302), (302, 302)),
    "account_inactive": ("/accounts/inactive/", (200, 405), (200, 405)),
    "account_login": ("/accounts/login/", (302, 302), (200, 200)),
    "account_logout": ("/accounts/logout/", (200, 302), (302, 302)),
    "account_password_reset_completed": ("/accounts/password/reset/done/", (200, 405), (200, 405)),
    "account_profile": ("/accounts/profile/", (200, 200), (302, 302)),
    "account_reauthenticate": ("/accounts/reauthenticate/", (200, 200), (302, 302)),
    "account_request_login_code": ("/accounts/login/code/", (302, 302), (200, 200)),
    "account_reset_password": ("/accounts/password/reset/", (200, 200), (200, 200)),
    "account_set_password": ("/accounts/password/set/", (302, 302), (302, 302)),
    "account_signup": ("/accounts/signup/", (302, 302), (200, 200)),
    "mfa_activate_totp": ("/accounts/2fa/totp/activate/", (302, 302), (302, 302)),
    "mfa_add_webauthn": ("/accounts/2fa/webauthn/add/", (302, 302), (302, 302)),
    "mfa_authenticate": ("/accounts/2fa/authenticate/", (302, 302), (302, 302)),
    "mfa_deactivate_totp": ("/accounts/2fa/totp/deactivate/", (404, 404), (302, 302)),
    "mfa_download_recovery_codes": ("/accounts/2fa/recovery-codes/download/", (404, 404), (302, 302)),
    "mfa_edit_webauthn": ("/accounts/2fa/webauthn/keys/987654/edit/", (302, 302), (302, 302)),
    "mfa_generate_recovery_codes": ("/accounts/2fa/recovery-codes/generate/", (302, 302), (302, 302)),
    "mfa_index": ("/accounts/2fa/", (200, 405), (302, 302)),
    "mfa_list_webauthn": ("/accounts/2fa/webauthn/", (200, 405), (302, 302)),
    "mfa_login_webauthn": ("/accounts/2fa/webauthn/login/", (302, 302), (302, 302)),
    "mfa_reauthenticate": ("/accounts/2fa/reauthenticate/", (302, 302), (302, 302)),
    "mfa_reauthenticate_webauthn": ("/accounts/2fa/webauthn/reauthenticate/", (302, 302), (302, 302)),
    "mfa_remove_webauthn": ("/accounts/2fa/webauthn/keys/987654/remove/", (302, 302), (302, 302)),
    "mfa_view_recovery_codes": ("/accounts/2fa/recovery-codes/", (404, 405), (302, 302)),
    "second_factor": ("/accounts/second-factor/", (302, 405), (302, 302)),
    "usersessions_list": ("/accounts/sessions/", (200, 302), (302, 302)),
}
