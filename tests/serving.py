"""The settings of a `manage.py serve` that a test starts: production's, on the test's database and own address."""

from forum.config.settings import *  # noqa: F403  the settings under test
from forum.config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LANGUAGE_CODE = "en"
