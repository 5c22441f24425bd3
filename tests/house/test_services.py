"""What `make test` promises: the second run is on a real PostgreSQL and a real Valkey."""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    asked_for = os.environ.get("COURTYARD_TEST_DB", "sqlite")
    assert connection.vendor == asked_for
    assert bool(settings.REDIS_URL) == (asked_for == "postgresql")


@pytest.mark.django_db
def test_the_cache_answers() -> None:
    cache.set("courtyard", "yard", 5)
    assert cache.get("courtyard") == "yard"
