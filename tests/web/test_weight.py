"""Reading costs little: what a visitor's thread page brings along, compressed, the pictures in posts aside."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from forum.models import Community, Thread

pytestmark = pytest.mark.django_db


def on_disk(url: str) -> bytes:
    path = finders.find(url.removeprefix("/static/"))
    assert path, url
    return Path(str(path)).read_bytes()


def modules_of(page: str) -> dict[str, bytes]:
    """Every module the page loads at once: named in its scripts, or imported by one that is."""
    names = json.loads(re.search(r'<script type="importmap"[^>]*>(.*?)</script>', page, re.S)[1])["imports"]
    scripts = " ".join(re.findall(r'<script type="module"[^>]*>(.*?)</script>', page, re.S))
    waiting = re.findall(r'import "([^"]+)"', scripts)
    loaded: dict[str, bytes] = {}
    while waiting:
        name = waiting.pop()
        if name not in loaded:
            loaded[name] = on_disk(names[name])
            waiting += re.findall(r'^(?:import|export)\s[^"(]*"([^"]+)"', loaded[name].decode(), re.M)
    return loaded


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_a_visitors_thread(visitor: Client, open_house: Community, thread_in: Callable[..., Thread]) -> None:
    thread = thread_in(open_house, posts=20)
    page = visitor.get(thread.get_absolute_url()).content
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.decode())
    assert len(styles) == 6
    brought = [on_disk(url) for url in styles] + list(modules_of(page.decode()).values())
    assert "courtyard/live-line" in modules_of(page.decode())
    assert sum(map(weight, brought)) <= 35_000
    assert weight(page) + sum(map(weight, brought)) <= 60_000


def test_the_editor_waits_until_somebody_writes(visitor: Client, open_house: Community) -> None:
    page = visitor.get(open_house.get_absolute_url()).content.decode()
    assert "editor.css" not in page
    assert not any("editor" in name or "composer" in name for name in modules_of(page))
