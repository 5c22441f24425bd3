"""The project's files, as the house rules see them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("accounts", "forum", "realtime", "tools")
NOT_OURS = {".git", ".venv", "var", "__pycache__", "node_modules", "static-collected"}


def project_files() -> Iterator[Path]:
    """What is or will be committed: everything but what .gitignore names."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.name in NOT_OURS or path.name.endswith("_cache") or path.name == ".hypothesis":
                continue
            if path.is_dir():
                folders.append(path)
            elif path.suffix not in {".mo", ".pyc"}:
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
