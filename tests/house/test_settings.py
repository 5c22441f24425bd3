"""Settings: the README's table is the truth, bad values stop the start with their name."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from forum.config import first_run
from tests.house.files import ROOT

SECRET = "a secret of the tests, long enough for anything"


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Loads the settings in a new process with nothing but this environment."""
    command = (
        "import json, forum.config.settings as settings;"
        "lists = {'SITE_ORIGINS', 'ALLOWED_HOSTS'};"
        "plain = {k: v for k, v in vars(settings).items() if isinstance(v, str | bool) or k in lists};"
        "print(json.dumps(plain, default=str))"
    )
    base = {"PATH": os.environ["PATH"], "COURTYARD_VAR": str(folder), "SECRET_KEY": SECRET}
    return subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**base, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def read_by_the_code() -> set[str]:
    """Every name given to forum.config.reading (and to os.environ) in the settings file."""
    tree = ast.parse((ROOT / "forum/config/settings.py").read_text())
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, name = ast.unparse(node.func.value), node.args[0]
            if owner in {"reading", "os.environ"} and isinstance(name, ast.Constant):
                names.add(str(name.value))
    return names


def test_the_readme_names_every_setting() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.M)
    assert len(rows) == len(set(rows))
    assert set(rows) == read_by_the_code()


def test_nothing_else_reads_the_environment() -> None:
    allowed = {"forum/config/settings.py", "forum/config/reading.py", "forum/config/first_run.py"}
    found = []
    for package in ("accounts", "forum", "realtime"):
        for path in (ROOT / package).rglob("*.py"):
            place = path.relative_to(ROOT).as_posix()
            if place not in allowed and re.search(r"os\.(environ|getenv)", path.read_text()) and "asgi" not in place:
                found.append(place)
    assert found == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY_FALLBACKS", f"{SECRET},short"),
        ("DEBUG", "maybe"),
        ("DEMO", "2"),
        ("REQUIRE_SECOND_FACTOR", "ture"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("SITE_URL", "forum.example.org"),
        ("SITE_URL", "https://forum.example.org/forum"),
        ("SITE_URL", "http://localhost:eighty"),
        ("SITE_URL", "http://me@localhost"),
        ("DATABASE_URL", "mysql://localhost/courtyard"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("REDIS_URL", "localhost:6379"),
        ("EMAIL_URL", "mail.example.org"),
        ("MODERATION_EMAIL", "the moderators"),
        ("EMAIL_URL", "smtp://mail.example.org:port"),
    ],
)
def test_bad_values_stop_the_start_with_their_name(tmp_path: Path, name: str, value: str) -> None:
    answer = start(tmp_path, **{name: value})
    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr
    assert name in answer.stderr.strip().splitlines()[-1]


def test_https_needs_a_proxy(tmp_path: Path) -> None:
    assert "TRUSTED_PROXY_COUNT" in start(tmp_path, SITE_URL="https://forum.example.org").stderr
    answer = start(tmp_path, SITE_URL="https://forum.example.org", TRUSTED_PROXY_COUNT="1")
    assert answer.returncode == 0, answer.stderr


def test_production_is_the_default(tmp_path: Path) -> None:
    answer = start(tmp_path, SITE_URL="https://forum.example.org", TRUSTED_PROXY_COUNT="1")
    settings = json.loads(answer.stdout)
    assert not settings["DEBUG"]
    assert not settings["DEMO"]
    assert settings["REQUIRE_SECOND_FACTOR"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["SITE_ORIGINS"] == ["https://forum.example.org"]
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "forum.example.org", "localhost"]  # /healthz, from inside


def test_the_first_run_writes_its_settings_once(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert first_run.write_settings(folder)
    path = folder / "settings.env"
    written = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert not first_run.write_settings(folder)
    assert path.read_text() == written
    answer = start(folder, SITE_URL="http://localhost:8123", SECRET_KEY=SECRET)
    assert answer.returncode == 0, answer.stderr
    assert "http://127.0.0.1:8123" in answer.stdout
    assert not json.loads(answer.stdout)["REQUIRE_SECOND_FACTOR"]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.env").write_text(f"SECRET_KEY={SECRET}\nSITE_NAME=From the file\n")
    assert "From the file" in start(tmp_path).stdout
    assert "From outside" in start(tmp_path, SITE_NAME="From outside").stdout
