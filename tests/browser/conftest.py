"""One server and one Chromium for a worker's browser tests; between them only the database is emptied."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from accounts.models import Member
from tests.conftest import NO_CHROMIUM
from tests.realtime.served import ROOT, Served, serving

HERE = Path(__file__).parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1" or os.environ.get("CI") == "true"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
USUAL: dict[str, Any] = {"locale": "en-GB", "reduced_motion": "reduce"}
MOST_LOOKS = 150  # at drafts on their way, a fiftieth of a second apart
PATIENCE = 30_000  # milliseconds, for a busy machine; nothing waits longer than it has to

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Last of all: a worker then starts its server and its browser once, and no other test meets Playwright's loop."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.django_db(transaction=True))
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        (pytest.fail if REQUIRED else pytest.skip)(NO_CHROMIUM)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the tests' own thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def served(chromium: Browser, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    env = {"DJANGO_SETTINGS_MODULE": "tests.browser.serving", "EMAIL_URL": "filemail:"}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0", "--ignore", "admin"]
    own = {**os.environ, **env, "COURTYARD_VAR": str(settings.VAR_DIR)}
    subprocess.run(collect, cwd=ROOT, env=own, check=True)
    with serving(tmp_path_factory.mktemp("browser") / "log", **env) as server:
        yield server
        assert "Traceback" not in server.logged(), server.logged()


class Visit:
    """Somebody's browser: `open` a page of it, with `complaints`, what its console said."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.complaints: list[str] = []
        self.idle: list[Page] = []
        self.saving: set[Request] = set()
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda sent: self.saving.add(sent) if "/drafts/" in sent.url else None)
        context.on("requestfinished", self.arrived)
        context.on("requestfailed", self.arrived)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def open(self, path: str) -> Page:
        """A page, its modules run; it follows its streams from where it was printed, however soon one acts."""
        page = self.idle.pop() if self.idle else self.context.new_page()
        page.goto(path if path.startswith("http") else self.url + path, wait_until="domcontentloaded")
        return page

    def arrived(self, sent: Request) -> None:
        self.saving.discard(sent)

    def hush(self) -> None:
        """No draft is on its way any more, and none follows: after the test the database goes, and its people."""
        for _ in range(MOST_LOOKS):
            if not self.saving or not self.context.pages:
                break
            self.context.pages[0].wait_for_timeout(20)
        self.context.set_offline(True)  # a page that goes saves its draft

    def rest(self) -> None:
        """Ready for another test: nobody's browser, its pages empty."""
        self.hush()
        self.context.clear_cookies()
        self.idle = list(self.context.pages)
        for page in self.idle:
            page.goto("about:blank")
        self.context.set_offline(False)
        self.saving.clear()
        self.complaints.clear()


def sign_in(context: BrowserContext, member: Member, url: str) -> None:
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


@pytest.fixture(scope="package")
def warm(served: Served) -> list[Visit]:
    """Browsers that have the site's files already: for tests that look only, and leave nothing but cookies behind."""
    return []


@pytest.fixture
def look(chromium: Browser, warm: list[Visit], served: Served) -> Iterator[Callable[..., Visit]]:
    """As `visit`, quicker."""
    taken: list[Visit] = []

    def look(member: Member | None = None) -> Visit:
        visit = warm.pop() if warm else Visit(chromium.new_context(**USUAL), served.url)
        taken.append(visit)
        if member:
            sign_in(visit.context, member, served.url)
        return visit

    yield look
    for visit in taken:
        visit.rest()
    warm.extend(taken)


@pytest.fixture
def visit(chromium: Browser, served: Served) -> Iterator[Callable[..., Visit]]:
    """`visit(member)` or `visit()` for somebody without an account; options are those of a browser's context."""
    visits: list[Visit] = []

    def visit(member: Member | None = None, **options: Any) -> Visit:
        context = chromium.new_context(**{**USUAL, **options})
        visits.append(Visit(context, served.url))
        if member:
            sign_in(context, member, served.url)
        return visits[-1]

    yield visit
    for each in visits:
        each.hush()
        each.context.close()
