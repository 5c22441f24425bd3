"""What is committed names no machine and no place to download from, and stays small."""

import itertools
import re
import subprocess
import sys

import pytest

from tests.house.files import ROOT, name_of, project_files

# Put together here, so that this file does not name them either.
REGISTRIES = re.compile("|".join(["py" + r"pi\.", "python" + "hosted", "npm" + r"js\.", "deb" + r"\.debian"]), re.I)
OPTIONS = re.compile(r"--(extra-)?(index|find)-(url|links)")
MACHINES = re.compile(r"(?<![\w.:/-])/(root|home|work|Users)/\w")
DEPENDENCY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(\[[^\]]*\])?==[^\s;]+.* \\$", re.I)


def test_no_registry_and_no_machine() -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(text.splitlines(), 1):
            if REGISTRIES.search(line) or MACHINES.search(line) or (OPTIONS.search(line) and path.name != "Makefile"):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_nothing_is_over_a_megabyte() -> None:
    assert [name_of(path) for path in project_files() if path.stat().st_size > 1_000_000] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned_with_hashes(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    names = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert [line for line in names if not DEPENDENCY.match(line)] == []
    for line, below in itertools.pairwise(lines):
        if DEPENDENCY.match(line):
            assert below.strip().startswith("--hash=sha256:"), line


def test_locks_agree_and_hold_what_is_asked_for() -> None:
    def pins(lock: str) -> set[str]:
        return {
            line.split(" ")[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line and line[0] != " "
        }

    def asked(source: str) -> set[str]:
        lines = (ROOT / source).read_text().splitlines()
        return {re.split(r"[\[<>=~ ]", line)[0].lower() for line in lines if line and line[0] not in "-#"}

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
    assert asked("requirements.in") <= {pin.split("==")[0].split("[")[0] for pin in pins("requirements.txt")}
    assert asked("requirements-dev.in") <= {pin.split("==")[0].split("[")[0] for pin in pins("requirements-dev.txt")}


def test_imports_run_one_way() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    answer = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_only_realtime_knows_channels_and_only_text_marks_html_safe() -> None:
    found = []
    for path in project_files():
        place = name_of(path)
        if path.suffix != ".py" or place.split("/")[0] not in {"accounts", "forum", "realtime"}:
            continue
        text = path.read_text(encoding="utf-8")
        if re.search(r"^\s*(from|import) (channels|daphne|channels_redis)\b", text, re.M) and place[:9] != "realtime/":
            found.append(f"{place} imports channels")
        if re.search(r"mark_safe|SafeString\(|SafeText|(?<!\w)__html__", text) and not place.startswith("forum/text/"):
            found.append(f"{place} marks HTML safe")
    assert found == []


def test_templates_trust_nothing_but_cleaned_text() -> None:
    """`|safe` and `autoescape off` would go around forum.text."""
    found = [
        name_of(path)
        for path in project_files()
        if path.suffix == ".html"
        and re.search(r"\|\s*safe\b|autoescape off|\|safeseq", path.read_text(encoding="utf-8"))
    ]
    assert found == []
