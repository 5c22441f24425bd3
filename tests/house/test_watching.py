"""The addresses that watch over a server, its chores, its first administrator and its showcase."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import Member
from forum.management import chores
from forum.management.commands import worker
from forum.web import views

pytestmark = pytest.mark.django_db


def test_healthz_asks_nobody(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain")
    assert not answer.cookies


def test_readyz_says_when_it_can_serve() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert "no-store" in answer["Cache-Control"]


def test_readyz_misses_a_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "newest_migrations", lambda: frozenset({("forum", "9999_not_yet")}))
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations are not applied\n")


def test_readyz_misses_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


def test_the_models_are_migrated() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_chore_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "close_old_connections", lambda: None)  # the test's own stays open
    call_command("worker", once=True)  # raises when one failed


def test_a_chore_that_failed_is_said_when_all_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def broken() -> int:
        raise KeyError("broken")

    def whole() -> None:
        done.append("whole")

    hour = timedelta(hours=1)
    monkeypatch.setattr(chores, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "CHORES", [(broken, hour), (whole, hour)])
    with pytest.raises(CommandError, match="broken"):
        call_command("worker", once=True)
    assert done == ["whole"]


def test_a_failing_chore_stops_nothing(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "close_old_connections", lambda: None)

    def broken() -> int:
        raise KeyError("broken")

    chores.do(broken)
    assert "chore broken failed" in caplog.text


def test_the_worker_ends_when_told() -> None:
    stop = threading.Event()
    stop.set()
    thread = threading.Thread(target=chores.run_worker, args=(stop,))
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


def test_create_admin_makes_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: "seven quiet lanterns")
    call_command("create_admin", email="Head@Example.org", name="Head")
    head = Member.objects.get(email="head@example.org")
    assert (head.is_staff, head.is_superuser, head.check_password("seven quiet lanterns")) == (True, True, True)


def test_create_admin_lifts_an_account(author: Member) -> None:
    call_command("create_admin", email=author.email)
    author.refresh_from_db()
    assert author.is_superuser


def test_create_admin_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("create_admin", email="head")


def test_the_admin_changes_no_forum_row(open_house: object, author: Member, client: Client) -> None:
    author.is_staff = author.is_superuser = True
    author.save()
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/admin/forum/community/").status_code == 200
    assert client.get(f"/admin/forum/community/{open_house.pk}/change/").status_code == 200  # type: ignore[attr-defined]
    assert client.get("/admin/forum/community/add/").status_code == 403
    assert client.post(f"/admin/forum/community/{open_house.pk}/delete/").status_code == 403  # type: ignore[attr-defined]
