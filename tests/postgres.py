"""A real PostgreSQL for the tests: a throw-away server on a Unix socket, gone when its starter is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

#: An existing server to use instead: postgresql+psycopg://user:password@host/database; its user may create databases.
URL_SETTING = "CLAUSE8_TEST_POSTGRES_URL"
_DEBIAN = Path("/usr/lib/postgresql")
_START_SECONDS = 60
#: Speed instead of durability: nothing here survives the run.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "autovacuum": "off",
}


class PostgresMissing(Exception):
    """The tests need PostgreSQL, and say how to get it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason}\n"
            "Every database test runs on PostgreSQL too. Cure, one of:\n"
            "  - as root on Debian or Ubuntu: make test installs it; or: apt-get update && apt-get install postgresql\n"
            f"  - name a running server: {URL_SETTING}=postgresql+psycopg://user:password@host/database"
        )


@contextmanager
def running_postgres() -> Iterator[str]:
    """Give the URL of a server's maintenance database, starting one unless the environment names it."""
    if given := os.environ.get(URL_SETTING):
        yield given
        return
    programs = _programs()
    # Not in TMPDIR: it may lie in a home that the server's user cannot enter, or be too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="clause8-postgres-", dir="/tmp"))
    try:
        with _server(programs, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of `initdb` and `postgres` of the newest version installed."""
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if found is None:
        raise PostgresMissing(f"There is no initdb in {_DEBIAN}/*/bin or on PATH.")
    return Path(found).resolve().parent


@contextmanager
def _server(programs: Path, folder: Path) -> Iterator[str]:
    if os.geteuid() == 0:  # the server refuses root
        shutil.chown(folder, "postgres", "postgres")
    data, log = folder / "data", folder / "log"
    initdb: list[str | Path] = [*_as_its_user(), programs / "initdb", "--pgdata", data, "--username=postgres"]
    initdb += ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(initdb, capture_output=True, text=True, check=False)
    if made.returncode:
        raise PostgresMissing(f"initdb failed: {made.stderr}")
    options = [f"--{name}={value}" for name, value in _SETTINGS.items()]
    command: list[str | Path] = [*_as_its_user(), programs / "postgres", "-D", data, *options]
    command.append(f"--unix_socket_directories={folder}")
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output, cwd=folder) as process:
        try:
            _wait_until_ready(process, folder, log)
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            process.send_signal(3)  # SIGQUIT: stop at once, nothing is kept


def _as_its_user() -> list[str]:
    """Return the prefix that makes the server stop with us, even when we are killed, and not run as root."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if os.geteuid() == 0:
            raise PostgresMissing("There is no setpriv (Debian package util-linux), and the server refuses root.")
        return []
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return [setpriv, "--pdeathsig=QUIT", *user]


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    last = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > last:
                raise PostgresMissing(f"The server did not start: {log.read_text(errors='replace')}") from None
            time.sleep(0.05)
