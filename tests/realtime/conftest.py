from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asgiref.sync import SyncToAsync
from django.db import connections

from accounts.models import Member
from tests.changes import stub
from tests.realtime.served import Served, serving


@pytest.fixture(scope="module", autouse=True)
def close_the_connection_of_async_tests(django_db_setup: None) -> Iterator[None]:
    """`sync_to_async` in a test runs on a thread of asgiref's, whose connection outlives the test."""
    yield
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@pytest.fixture(scope="module")
def served(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for a module's tests: between them only its database is emptied."""
    with serving(tmp_path_factory.mktemp("serve") / "log") as server:
        yield server
        assert "Traceback" not in server.logged(), server.logged()


@pytest.fixture
def session_of(client_of: Callable) -> Callable[[Member], str]:
    """A new session of this member, as the value of its cookie."""
    return lambda member: client_of(member).cookies["sessionid"].value


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def boxes(transactional_db: None) -> Iterator[stub.Boxes]:
    with stub.boxes() as made:
        yield made
