"""A real server in a process of its own, and a client that works through its pages."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

CONTENT = Path(__file__).parent / "content"
PATIENCE_SECONDS = 60
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class Server:
    """`clause8 serve` on a port of its own."""

    def __init__(self, database_url: str, data_dir: Path, content: Path = CONTENT, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._log = data_dir / "server.log"
        self._settings = {
            "PORT": str(self.port),
            "CLAUSE8_DATABASE_URL": database_url,
            "CLAUSE8_DATA_DIR": str(data_dir),
            "CLAUSE8_CONTENT_DIR": str(content),
            "CLAUSE8_DEMO": "0",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start, and wait for nothing."""
        # A shell lets what it runs in the background ignore Ctrl-C; the server shall hear of it all the same.
        hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        command = [sys.executable, "-c", f"{hears}; from webapp.cli import main; main()", "serve"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | self._settings)

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.launch()
        assert self._process is not None
        last = time.monotonic() + PATIENCE_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > last:
                raise RuntimeError(f"the server did not start:\n{self._log.read_text()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power failure does: no handler runs, nothing is flushed."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE_SECONDS)

    def stop(self) -> int:
        """Ask it to stop as Ctrl-C does; return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(PATIENCE_SECONDS)

    @property
    def log(self) -> str:
        """Return what it wrote."""
        return self._log.read_text()

    def _is_ready(self) -> bool:
        try:
            return Client(self.port).get("/healthz")[0] == 200
        except OSError:
            return False


class Client:
    """A person's browser, as far as forms and cookies go."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._csrf = ""

    def log_in(self, name: str, password: str) -> None:
        """Log in and keep the session."""
        self._read_csrf(self.get("/login")[1])
        status, body = self.post("/login", {"name": name, "password": password})
        if status != 302:
            raise RuntimeError(f"login answered {status}: {body[:500]}")
        self._read_csrf(self.get("/tasks")[1])

    def get(self, path: str) -> tuple[int, str]:
        """Return status and body."""
        return self._send("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Send a form; return status and body."""
        return self._send("POST", path, urlencode(fields | {"csrf_token": self._csrf}))

    def _read_csrf(self, page: str) -> None:
        match = _CSRF.search(page)
        if match is None:
            raise RuntimeError("the page has no CSRF token")
        self._csrf = match[1]

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self._cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Run a server; killed at the end, whatever happened."""
    server.start()
    try:
        yield server
    finally:
        server.kill()
