"""The scanner's protocol, against a small server that speaks it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.files import Clamd

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(listener: socket.socket) -> Iterator[list[bytes]]:
    """Answer as clamd does: read INSTREAM chunks up to the empty one, say what was found."""
    streams: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as sent:
                assert sent.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack(">I", sent.read(4))[0]:
                    content += sent.read(size)
                streams.append(content)
                found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
                connection.sendall(b"stream: " + (b"size ERROR" if content == b"odd" else found) + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield streams
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(timeout=10)


@pytest.fixture(params=["tcp", "unix"])
def scanner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clamd]:
    if request.param == "tcp":
        listener = socket.create_server(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    else:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(tmp_path / "clamd.sock"))
        listener.listen()
        address = f"unix://{tmp_path / 'clamd.sock'}"
    with clamd(listener):
        yield Clamd(address, timeout_seconds=10)


def test_a_clean_file_comes_in(scanner: Clamd) -> None:
    assert scanner.finding(b"clean " * 50_000) is None


def test_malware_does_not_come_in_and_is_named(scanner: Clamd) -> None:
    found = scanner.finding(b"before " + EICAR)
    assert found is not None
    assert "Eicar-Test-Signature" in found.en


def test_what_the_scanner_cannot_read_does_not_come_in(scanner: Clamd) -> None:
    assert scanner.finding(b"odd") is not None


def test_without_an_answer_nothing_comes_in(tmp_path: Path) -> None:
    for address in ("tcp://127.0.0.1:9", f"unix://{tmp_path / 'absent'}"):
        found = Clamd(address, timeout_seconds=1).finding(b"clean")
        assert found is not None
        assert "does not answer" in found.en
