"""Asks a malware scanner that speaks clamd's protocol, over TCP or a Unix socket. Source: clamd(8), INSTREAM."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.model import Label

_CHUNK = 64 * 1024
_MOST_ANSWER = 4_096


@dataclass(frozen=True, slots=True)
class Clamd:
    """A scanner at `tcp://host:port` or `unix:///path`. What cannot be scanned is not taken."""

    address: str
    timeout_seconds: float = 30.0

    def finding(self, content: bytes) -> Label | None:
        """Return why the content must not come in; None when it is clean."""
        try:
            answer = self._ask(content)
        except OSError:
            return Label(
                "The malware scanner does not answer. Try again later.",
                "Pemindai malware tidak menjawab. Coba lagi nanti.",
            )
        if answer.endswith("OK"):
            return None
        if answer.endswith("FOUND"):
            what = answer.removeprefix("stream:").removesuffix("FOUND").strip()[:200]
            return Label(f"The malware scanner found {what}.", f"Pemindai malware menemukan {what}.")
        return Label("The malware scanner could not read the file.", "Pemindai malware tidak dapat membaca berkas ini.")

    def _ask(self, content: bytes) -> str:
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                part = content[start : start + _CHUNK]
                connection.sendall(struct.pack(">I", len(part)) + part)
            connection.sendall(struct.pack(">I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < _MOST_ANSWER:
                part = connection.recv(_MOST_ANSWER)
                if not part:
                    break
                answer += part
        return answer.rstrip(b"\0\n").decode("utf-8", "replace").strip()

    def _connected(self) -> socket.socket:
        place = urlsplit(self.address)
        if place.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout_seconds)
            try:
                connection.connect(place.path)
            except OSError:
                connection.close()
                raise
            return connection
        return socket.create_connection((place.hostname, place.port or 3310), timeout=self.timeout_seconds)
