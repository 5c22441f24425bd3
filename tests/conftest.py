from pathlib import Path

import pytest

from tests.cast import *  # noqa: F403  the cast are fixtures of every test

HERE = Path(__file__).parent
ON_DATABASE = {"db", "transactional_db", "live_server"}
ONCE = {"browser", "bench"}  # too slow to run twice; SQLite is where they matter


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches the database is marked `database`: `make test` runs it again on PostgreSQL and Valkey."""
    for item in items:
        touches = ON_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
        if touches and not ONCE & set(item.path.relative_to(HERE).parts):
            item.add_marker("database")
