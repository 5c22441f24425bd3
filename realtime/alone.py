"""Without Redis one process serves a database: another would not hear its commits in time, nor count its limits.

Both locks are held by the operating system or the database for as long as the process lives, so none is ever stale.
"""

import fcntl
from pathlib import Path
from typing import Any

from django.db import connection


class Taken(Exception):
    """Another process serves this database."""


def take_the_database() -> Any:
    """Keep what it returns: the lock goes with it. Raises Taken."""
    return _lock_file() if connection.vendor == "sqlite" else _lock_in_database()


def _lock_file() -> Any:
    path = Path(f"{connection.settings_dict['NAME']}.serving")
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Taken from None
    return file


def _lock_in_database() -> Any:
    import psycopg

    parameters = {key: value for key, value in connection.get_connection_params().items() if key != "pool"}
    own = psycopg.connect(**{**parameters, "cursor_factory": None, "context": None}, autocommit=True)
    row = own.execute("SELECT pg_try_advisory_lock(hashtext('courtyard serve'))").fetchone()
    if row is None or not row[0]:
        own.close()
        raise Taken
    return own
