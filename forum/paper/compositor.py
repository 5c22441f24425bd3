"""Sets one sheet: a program of its own, so that what takes too long or too much can be ended without the server.

In: a JSON object {"sheets": folder, "template": name, "data": object, "sizes": [points], "timestamp": seconds,
"pictures": {id: SVG}}. Out: the PDF. Status 0, or 1 with the reason on stderr. It opens no file outside the folder,
asks no network and takes no fonts of the machine.
"""

import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

import typst

SECONDS = 30  # of computing
MEMORY = 2 * 1024**3  # bytes of addresses, most of them never touched
MOST_MISSING = 20
HEIGHTS = (1, 0.7)  # of pictures, where they have to fit
MISSING = "□"
LACKING = ('"lacking": false', '"lacking": true')  # in words of people the quotes would be escaped
_UNSHAPED = re.compile(r'the text `"(.+?)"` could not be displayed')
_FAMILIAR = re.compile("[^\x20-\x7e\xa0-\u017f\u0400-\u04ff\u2010-\u2026\u200b\u25a1\n]")


def compose(job: dict[str, Any]) -> bytes:
    """In the first of the sizes that needs one page, else in the first; then with the first of its pictures, as many as
    need no further page. A sheet of several pages has them all."""
    named = job["data"].get("pictures", [])
    drawn = [each | {"svg": job["pictures"][each["id"]]} for each in named if each["id"] in job["pictures"]]
    pdf, size = _sized(_with(job, pictures=[], unpictured=bool(named)))
    fits = _pages(pdf) == 1
    for count in range(len(drawn), 0, -1):
        for high in HEIGHTS:
            told = {"pictures": drawn[:count], "unpictured": count < len(named), "high": high}
            more = _shaped(_with(job, size=size, **told))
            if not fits or _pages(more) == 1:
                return more
    return pdf


def _with(job: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**job, "data": {**job["data"], **more}}


def _sized(job: dict[str, Any]) -> tuple[bytes, float]:
    """The PDF, and its size of reading text."""
    first = b""
    for size in job["sizes"]:
        pdf = _shaped(_with(job, size=size))
        pages = _pages(pdf)
        if pages == 1:
            return pdf, size
        first = first or pdf
        if pages > 2:
            break  # no size takes that away
    return first, job["sizes"][0]


def _pages(pdf: bytes) -> int:
    """0 when it does not say."""
    found = re.search(rb"/Type/Pages/Count (\d+)/", pdf)
    return int(found[1]) if found else 0


def _shaped(job: dict[str, Any]) -> bytes:
    """The letters of `data` were looked at before; where shaping still finds none for some, they stand as MISSING."""
    sheets, words = Path(job["sheets"]), json.dumps(job["data"], ensure_ascii=False)
    for _ in range(MOST_MISSING):
        try:
            return _compile(sheets, job, words)
        except typst.TypstError as error:
            unshaped = _UNSHAPED.search(str(error))
            if not unshaped or unshaped[1] not in words:
                if not unshaped:
                    raise
                break
            words = words.replace(unshaped[1], MISSING).replace(*LACKING)
    return _compile(sheets, job, _FAMILIAR.sub(MISSING, words).replace(*LACKING))


def _compile(sheets: Path, job: dict[str, Any], words: str) -> bytes:
    return typst.compile(
        str(sheets / job["template"]),
        root=str(sheets),
        ignore_system_fonts=True,
        package_path=str(sheets),
        package_cache_path=str(sheets),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": words},
        timestamp=job["timestamp"],
    )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        sys.stdout.buffer.write(compose(json.load(sys.stdin)))
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}"[:2000])
