"""Every address with what each role gets: a feature's in a file of its name."""

from tests.house.ways import (
    communities,
    decisions,
    desk,
    methods,
    moving,
    notices,
    pages,
    plans,
    prevention,
    reports,
    rules,
    telling,
    threads,
    writing,
)
from tests.house.ways.pages import ACCOUNT
from tests.house.ways.way import Way

__all__ = ["ACCOUNT", "WAYS"]

WAYS: dict[str, Way] = {
    **pages.WAYS,
    **notices.WAYS,
    **threads.WAYS,
    **moving.WAYS,
    **methods.WAYS,
    **telling.WAYS,
    **plans.WAYS,
    **rules.WAYS,
    **writing.WAYS,
    **communities.WAYS,
    **prevention.WAYS,
    **reports.WAYS,
    **decisions.WAYS,
    **desk.WAYS,
}
