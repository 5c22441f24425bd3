import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from tests.cast import *  # noqa: F403  the cast are fixtures of every test

HERE = Path(__file__).parent
ON_DATABASE = {"db", "transactional_db", "live_server"}
ONCE = {"browser", "bench"}  # too slow to run twice; SQLite is where they matter
NO_CHROMIUM = "NO CHROMIUM WAS FOUND: nothing was tested in a browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches the database is marked `database`: `make test` runs it again on PostgreSQL and Valkey. The longest
    come first (the walks over every address): at the end they would leave a worker waiting for the other."""
    items.sort(key=lambda item: not item.path.is_relative_to(HERE / "house"))
    for item in items:
        touches = ON_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
        if touches and not ONCE & set(item.path.relative_to(HERE).parts):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits count in the cache, by the numbers of rows: those begin anew with every test, the cache does not. And no
    minute ends in the middle of a test."""
    cache.clear()
    monkeypatch.setattr("forum.web.pace.time", SimpleNamespace(time=partial(float, time.time())))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Among a thousand dots a skipped test is not seen."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.write_sep("!", NO_CHROMIUM, red=True, bold=True)
