"""A bar on a terminal; elsewhere no more than a line every few seconds."""

import io

from django.core.management.base import OutputWrapper

from forum.management.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal():
    out = Terminal()
    progress = Progress(200, OutputWrapper(out))
    progress.next = 0
    progress.show(100, "1 line read")
    assert "\r[###############...............]  50% 1 line read" in out.getvalue()
    progress.end("2 lines read")
    assert out.getvalue().endswith("100% 2 lines read\n")


def test_a_line_now_and_then_elsewhere():
    out = io.StringIO()
    progress = Progress(0, OutputWrapper(out))
    for done in range(1000):
        progress.show(done, "lines read")
    assert out.getvalue() == ""
    progress.next = 0
    progress.show(1, "lines read")
    progress.end("lines read")
    assert out.getvalue() == "100% lines read\n"
