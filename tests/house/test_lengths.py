"""What separates loved codebases from endured ones is the longest file, not the average."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import CODE, ROOT, lines_of, name_of, project_files

FILE, FUNCTION, TEMPLATE, TEST = 350, 40, 120, 500


def python_files(*folders: str) -> Iterator[Path]:
    for path in project_files():
        if path.suffix == ".py" and name_of(path).split("/")[0] in folders and "migrations" not in path.parts:
            yield path


def too_long(paths: Iterator[Path], limit: int) -> list[str]:
    return [f"{name_of(path)}: {lines_of(path)} lines" for path in paths if lines_of(path) > limit]


def test_files() -> None:
    assert too_long(python_files(*CODE), FILE) == []


def test_modules_and_styles() -> None:
    own = (path for path in project_files() if path.suffix in {".js", ".css"} and (ROOT / "static") in path.parents)
    assert too_long(own, FILE) == []


def test_templates() -> None:
    assert too_long((path for path in project_files() if path.suffix == ".html"), TEMPLATE) == []


def test_tests() -> None:
    assert too_long(python_files("tests"), TEST) == []


def test_functions() -> None:
    found = []
    for path in python_files(*CODE):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION:
                    found.append(f"{name_of(path)}:{node.lineno} {node.name}: {length} lines")
    assert found == []
