"""The server the browser's tests read from: as tests.serving, with the files compressed and named as in production."""

from tests.serving import *  # noqa: F403  the settings under test
from tests.serving import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
