"""The press: data and a sheet in, a PDF out, within bounds of size and time, once for the same data."""

import hashlib
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.cache import cache

from forum.paper.letters import printable

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
SHEETS = HERE / "sheets"
LARGEST = 4_000_000  # characters of data; a card of the most a card may hold is a fifth of it
SECONDS = 20  # a long card takes one or two
PATIENCE = 5  # seconds to wait for a press: the page's thread waits too
AT_ONCE = 2  # sheets set at the same time in one process; others wait
THREADS = {"RAYON_NUM_THREADS": "2"}  # of the press; nothing else of our environment is its business
KEPT = 3_600  # seconds
LARGEST_KEPT = 400_000  # bytes

#: Of reading text, in points: the first that needs one page is taken, else the first.
Sizes = Sequence[float]
#: {id: SVG} of what data["pictures"] names, made only when a sheet is set: an id always means the same picture.
Pictures = Callable[[], dict[str, str]]

_presses = threading.BoundedSemaphore(AT_ONCE)


class Unprintable(Exception):
    """This could not be set now: too large, or the press took too long or failed. The log says which."""


def print_pdf(
    template: str,
    data: dict[str, Any],
    *,
    language: str,
    title: str,
    sizes: Sizes = (10,),
    timestamp: int = 0,
    pictures: Pictures = dict,
) -> bytes:
    """A tagged PDF (PDF/UA-1) of `data` set by sheets/`template`.

    `language` of the sheet and its labels, two letters; `title` of the document; `timestamp` in seconds, when what it
    tells was written. Texts in `data` print as themselves; where the fonts lack a letter it is a box, and
    data["lacking"] is true for the sheet to say so. Of `pictures` as many of the first are drawn as need no further
    page; data["unpictured"] is true when some are not. The same data is set once an hour. Raises Unprintable.
    """
    job = _job(template, data, language=language, title=title, sizes=sizes, timestamp=timestamp)
    key = f"paper:{_digest(job)}"
    kept = cache.get(key)
    if isinstance(kept, bytes):
        return kept
    pdf = _set({**job, "pictures": pictures()})
    if len(pdf) <= LARGEST_KEPT:
        cache.set(key, pdf, KEPT)
    return pdf


def tag_of(template: str, data: dict[str, Any], **how: Any) -> str:
    """A weak ETag of what `print_pdf` would print, without printing: what changes a letter of it changes the tag."""
    how.pop("pictures", None)
    return f'W/"{_digest(_job(template, data, **how))}"'


def _job(
    template: str, data: dict[str, Any], *, language: str, title: str, sizes: Sizes = (10,), timestamp: int = 0
) -> dict[str, Any]:
    words, lacking = printable({**data, "title": title.strip() or "–"})
    stated = {**words, "language": language, "lacking": lacking}
    return {"sheets": str(SHEETS), "template": template, "data": stated, "sizes": sizes, "timestamp": timestamp}


def _digest(job: dict[str, Any]) -> str:
    """With the sheets as they are: a mended sheet is set anew."""
    whole = hashlib.sha256(json.dumps(job, sort_keys=True).encode())
    for sheet in sorted(SHEETS.glob("*.typ")):
        whole.update(sheet.read_bytes())
    return whole.hexdigest()[:32]


def _set(job: dict[str, Any]) -> bytes:
    said = json.dumps(job).encode()
    if len(said) > LARGEST:
        logger.warning("a sheet of %d bytes is not set", len(said))
        raise Unprintable("too large")
    program = [sys.executable, "-I", str(HERE / "compositor.py")]
    if not _presses.acquire(timeout=PATIENCE):
        raise Unprintable("too busy")
    try:
        # Our own program; what members wrote goes to its standard input as data.
        done = subprocess.run(  # noqa: S603
            program, input=said, capture_output=True, timeout=SECONDS, check=False, env=THREADS
        )
    except subprocess.TimeoutExpired as late:
        logger.exception("a sheet took longer than %d seconds", SECONDS)
        raise Unprintable("too slow") from late
    finally:
        _presses.release()
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        logger.error("a sheet was not set: %s", done.stderr.decode(errors="replace")[:2000])
        raise Unprintable("not set")
    return done.stdout
