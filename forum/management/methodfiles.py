"""Where methods are read from: a file of JSON lines, a Markdown file, or a folder of those."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from forum.management.contributions import LONGEST_LINE, BadLine, lines, record_of
from forum.methods.frontmatter import from_markdown

#: (line number or name of the file, what reads the record or raises BadLine, how many bytes are done)
Source = tuple[str, Callable[[], dict[str, Any]], int]


def in_lines(path: Path) -> tuple[int, Iterator[Source]]:
    """How many bytes there are, and the lines. OSError when the file cannot be read."""

    def sources() -> Iterator[Source]:
        with path.open("rb") as file:
            for number, line in lines(file):
                yield str(number), partial(record_of, line), file.tell()

    with path.open("rb"):
        return path.stat().st_size, sources()


def in_folder(path: Path) -> tuple[int, Iterator[Source]]:
    """The same of a Markdown file, or of every one in a folder and in those below it, in the order of their names."""
    found = [path] if not path.is_dir() else sorted(each for each in path.rglob("*.md") if each.is_file())

    def sources() -> Iterator[Source]:
        done = 0
        for file in found:
            done += file.stat().st_size
            yield str(file.relative_to(path) if path.is_dir() else file.name), partial(_read, file), done

    return sum(each.stat().st_size for each in found), sources()


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            whole = opened.read(LONGEST_LINE + 1)
        if len(whole) > LONGEST_LINE:
            raise BadLine("too long")
        record = from_markdown(whole.decode())
    except BadLine:
        raise
    except OSError as error:
        raise BadLine(f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):  # UnicodeDecodeError is one
        raise BadLine("no Markdown file of a method: it begins with lines of front matter between two of ---") from None
    return record_of(json.dumps(record).encode())  # what no line may hold, no file may
