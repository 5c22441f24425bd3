"""Counting what leaves no rows."""

import pytest
from django.core.cache import cache

from forum.web.pace import too_often


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("forum.web.pace.time.time", lambda: 1_000_000.0)


def test_the_one_after_the_last_allowed_is_too_often() -> None:
    assert [too_often("x:1", most=2, seconds=60) for _ in range(4)] == [False, False, True, True]
    assert not too_often("x:2", most=2, seconds=60)


def test_the_next_span_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [too_often("x:1", most=1, seconds=60) for _ in range(2)] == [False, True]
    monkeypatch.setattr("forum.web.pace.time.time", lambda: 1_000_060.0)
    assert not too_often("x:1", most=1, seconds=60)


def test_a_cache_that_fails_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", fail)
    assert not too_often("x:1", most=0, seconds=60)
