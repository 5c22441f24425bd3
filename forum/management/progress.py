"""How far a long command is: a bar on a terminal, a line now and then everywhere else."""

import time

from django.core.management.base import OutputWrapper

WIDTH = 30
SECONDS_ON_A_TERMINAL, SECONDS_ELSEWHERE = 0.1, 5.0


class Progress:
    """`show` may be called as often as one likes."""

    def __init__(self, total: int, out: OutputWrapper) -> None:
        self.total, self.out = max(total, 1), out
        self.bar = out.isatty()
        self.pause = SECONDS_ON_A_TERMINAL if self.bar else SECONDS_ELSEWHERE
        self.next = time.monotonic() + self.pause

    def show(self, done: int, words: str) -> None:
        if time.monotonic() < self.next:
            return
        self.next = time.monotonic() + self.pause
        share = min(done / self.total, 1)
        if self.bar:
            self._draw(share, words)
        else:
            self._line(f"{share:4.0%} {words}")

    def end(self, words: str) -> None:
        if self.bar:
            self._draw(1, words)
            self._line("")

    def _draw(self, share: float, words: str) -> None:
        full = round(share * WIDTH)
        self.out.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%} {words}", style_func=str, ending="")
        self.out.flush()

    def _line(self, words: str) -> None:
        self.out.write(words, style_func=str)
        self.out.flush()
