"""The one settings file. Everything that may differ between sites comes from the environment
or from `$COURTYARD_VAR/settings.env`; the README's table lists every name read here, and a test compares.

Production is the default: `make run` opts out by the file it writes. A bad value stops the start with its name.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from forum.config import reading

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("COURTYARD_VAR") or BASE_DIR / "var").resolve()
reading.read_file(VAR_DIR / "settings.env")

DEBUG = reading.flag("DEBUG", default=False)
DEMO = reading.flag("DEMO", default=False)
SECRET_KEY = reading.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = reading.secrets("SECRET_KEY_FALLBACKS")
SITE_NAME = reading.text("SITE_NAME", default="Courtyard")
SITE_URL = reading.origin("SITE_URL", default="http://localhost:8000")
_host = str(urlsplit(SITE_URL).hostname)
_at_home = {"localhost", "127.0.0.1"}  # two names of one place: both are good where one is
HTTPS = SITE_URL.startswith("https://")
# Full origins a page of this site may have: what the socket checks, scheme and port included.
SITE_ORIGINS = [SITE_URL]
if _host in _at_home:
    SITE_ORIGINS += [SITE_URL.replace(_host, other) for other in _at_home - {_host}]
CSRF_TRUSTED_ORIGINS = SITE_ORIGINS
# From the machine itself too: what watches over the server asks it past the proxy. Links are made of SITE_URL.
ALLOWED_HOSTS = reading.words("ALLOWED_HOSTS", default=sorted(_at_home | {_host}))
TRUSTED_PROXY_COUNT = reading.number("TRUSTED_PROXY_COUNT", default=0)
if HTTPS and not TRUSTED_PROXY_COUNT:
    # The server speaks no TLS itself. Without this, every sign-in would seem to come from the proxy's address.
    raise ImproperlyConfigured("TRUSTED_PROXY_COUNT must be at least 1 when SITE_URL begins with https.")
REDIS_URL = reading.address_of("REDIS_URL", default="", schemes={"redis", "rediss", "unix"})
REQUIRE_SECOND_FACTOR = reading.flag("REQUIRE_SECOND_FACTOR", default=True)

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "accounts.apps.AccountsConfig",
    "forum.apps.ForumConfig",
    "realtime.apps.RealtimeConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "forum.web.middleware.LightMiddleware",
    "forum.web.middleware.PrivateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # around all that may answer by itself
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "forum.threads.moving.addresses.ForwardingMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "forum.config.urls"
ASGI_APPLICATION = "realtime.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "forum.web.context.site",
                "forum.notifications.context.bell",
                "forum.threads.managing.undoing.offer",
                "forum.moderation.desk.badge.badge",
            ],
        },
    }
]

DATABASES = {"default": reading.database("DATABASE_URL", sqlite=VAR_DIR / "courtyard.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].update(
        ENGINE="forum.config.sqlite",
        CONN_MAX_AGE=None,
        OPTIONS={
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",  # the default BEGIN fails 93 % of writes from 20 threads
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
    )
else:
    DATABASES["default"].update(CONN_HEALTH_CHECKS=True)
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 2, "max_size": 20, "timeout": 30}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Signing in (allauth). Limits count by the address the trusted proxies saw.
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.NameForm"
ACCOUNT_FORMS = {"signup": "accounts.signing_up.SignUpForm"}
ACCOUNT_USER_DISPLAY = str
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = (
    True
)
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Mail may take its time: a code stays good as long as one may be signing in.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ACCOUNT_RATE_LIMITS = {  # the other limits of allauth hold; these let a whole workshop in from one address
    "signup": "60/m/ip",
    "login": "100/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "request_login_code": "60/m/ip,3/m/key",
}
# The second factor (allauth.mfa), for everybody who wants one; who needs one: accounts.factors.
MFA_ADAPTER = "accounts.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = SITE_NAME
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "100/m/ip"}
MFA_FORMS = {
    "activate_totp": "accounts.mfa.ActivateForm",
    "add_webauthn": "accounts.mfa.AddPasskeyForm",
    "authenticate_webauthn": "accounts.mfa.AuthenticatePasskeyForm",
    "login_webauthn": "accounts.mfa.LoginPasskeyForm",
    "reauthenticate_webauthn": "accounts.mfa.ReauthenticatePasskeyForm",
    "edit_webauthn": "accounts.mfa.RenamePasskeyForm",
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "forum.web.failures.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, past the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading a domain in browsers is its owner's decision, not ours
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [NONCE, "'strict-dynamic'"],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL_URL = reading.text("EMAIL_URL", default="smtp://localhost:25")
globals().update(reading.mail("EMAIL_URL", default="smtp://localhost:25"))  # EMAIL_BACKEND, EMAIL_HOST and so on
EMAIL_TIMEOUT = 15
if EMAIL_URL.startswith("filemail:"):
    EMAIL_BACKEND = "accounts.mail.AnnouncingFileBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
MODERATION_EMAIL = reading.mailbox("MODERATION_EMAIL")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = reading.text("EMAIL_FROM", default=f"courtyard@{_host}")

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English")), ("de", _("German")), ("uk", _("Ukrainian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Warsaw"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_500_000  # the longest text that is kept, in signs of twelve bytes each in a form
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_MAX_BYTES = 20_000_000  # the largest body `manage.py serve` lets in

# Sign-in limits count here; without Redis there is one process, so its own memory is enough.
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # Full at 300 entries, as it is by default, it would forget the limits of whoever tries many addresses.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"daphne": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
