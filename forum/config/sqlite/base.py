"""Django's SQLite backend with one queue a process before BEGIN.

SQLite's own waiting is a lottery: with IMMEDIATE alone an unlucky writer of 20 waits 5 seconds; first come,
first served it is 42 ms. Other processes still meet in SQLite's lock, within `timeout`.
"""

import threading
from collections import deque
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base


class Turnstile:
    """A lock that serves in the order of asking; `threading.Lock` promises no order."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def enter(self, timeout: float) -> bool:
        """Waits for one's turn; False when it did not come in `timeout` seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return True
        with self._guard:
            if turn.is_set():  # it came between the waiting and the guard
                return True
            self._waiting.remove(turn)
            return False

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


turnstile = Turnstile()


class DatabaseWrapper(base.DatabaseWrapper):
    """Enters the turnstile with BEGIN and leaves it however the transaction ends."""

    _inside = False

    def _start_transaction_under_autocommit(self) -> None:
        parent: Any = super()  # the stubs leave out what is private
        if not turnstile.enter(self.settings_dict["OPTIONS"].get("timeout", 30)):
            raise OperationalError("database is locked: another thread has been writing for too long")
        self._inside = True
        try:
            parent._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        if self._inside:
            self._inside = False
            turnstile.leave()

    def _commit(self) -> None:
        parent: Any = super()
        parent._commit()  # when it fails, Django rolls back, and that leaves
        self._leave()

    def _rollback(self) -> None:
        parent: Any = super()
        try:
            parent._rollback()
        finally:
            self._leave()

    def _close(self) -> None:
        parent: Any = super()
        try:
            parent._close()
        finally:
            self._leave()
