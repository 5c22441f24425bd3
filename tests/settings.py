"""The tests' settings: production's, with what a test must not wait for or leave behind.

`COURTYARD_TEST_DB=postgresql` runs the tests on a PostgreSQL and a Valkey of their own instead of SQLite.
"""

import atexit
import os
import shutil
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
ON_POSTGRESQL = os.environ.get("COURTYARD_TEST_DB") == "postgresql"

# Nothing of this machine's environment; what a test starts as a process of its own inherits all of it.
for name in (
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "EMAIL_FROM",
    "EMAIL_URL",
    "MODERATION_EMAIL",
    "REDIS_URL",
    "SECRET_KEY_FALLBACKS",
    "SITE_NAME",
    "SITE_URL",
    "TRUSTED_PROXY_COUNT",
):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "only-for-tests-only-for-tests-only-for-tests"
os.environ["REQUIRE_SECOND_FACTOR"] = "0"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["COURTYARD_VAR"] = tempfile.mkdtemp(prefix="courtyard-tests-")
atexit.register(shutil.rmtree, os.environ["COURTYARD_VAR"], ignore_errors=True)
if ON_POSTGRESQL:
    from tests import services

    os.environ["DATABASE_URL"] = services.postgres_url()
    os.environ["REDIS_URL"] = services.valkey_url()

from forum.config.settings import *  # noqa: F403  the settings under test
from forum.config.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR

if ON_POSTGRESQL:
    # Databases come and go here; a pool would hold connections to one that is being dropped.
    DATABASES["default"]["OPTIONS"].pop("pool")
    DATABASES["default"]["TEST"] = {"NAME": "courtyard"}
else:
    # A file: shared memory has no WAL, and locks differently.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LANGUAGE_CODE = "en"  # the tests read the source strings; tests of translations choose their language
