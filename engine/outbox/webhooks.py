"""Calls of webhooks: signed, under a key that repeats keep, never to an address of the own network unless allowed."""

from __future__ import annotations

import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

import orjson

from engine.model import LANGUAGES, Delivery, Told, Webhook
from engine.outbox.mail import record_address, shown_body, shown_subject
from engine.outbox.settings import OutgoingSettings
from engine.outbox.smtp import SendFailed

_TIMEOUT_SECONDS = 10.0
_PORTS = {"http": 80, "https": 443}
#: An answer that says the receiver wants no repeat: what was asked is wrong for good.
_FINAL = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return `v1=` and the HMAC-SHA256 in hex of the time, a full stop and the body."""
    return "v1=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()


def body_of(delivery: Delivery, people: Sequence[str], told: Told, settings: OutgoingSettings) -> bytes:
    """Return the JSON of a call: event, record, texts in both languages, who was told."""
    return orjson.dumps(
        {
            "id": str(delivery.key),
            "event": delivery.event,
            "record": told.number,
            "address": record_address(told, settings) or None,
            "subject": {language: shown_subject(told, language) for language in LANGUAGES},
            "body": {language: shown_body(told, language) for language in LANGUAGES},
            "people": list(people),
            "created_at": told.created_at.isoformat(),
        }
    )


def call(hook: Webhook, delivery: Delivery, body: bytes, now: datetime, *, allows_private: bool) -> None:
    """Post the body; raises SendFailed unless the answer is a 2xx. Redirects are not followed."""
    place = parsed(hook.url)
    if place is None:
        raise SendFailed(f"{hook.url} is no address of a webhook", is_final=True)
    timestamp = int(now.timestamp())
    headers = {
        "Host": place.netloc,
        "Content-Type": "application/json",
        "User-Agent": "Clause8",
        "Idempotency-Key": str(delivery.key),
        "X-Clause8-Timestamp": str(timestamp),
        "X-Clause8-Signature": signature(hook.secret, timestamp, body),
    }
    try:
        status = _post(place, headers, body, allows_private=allows_private)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise SendFailed(f"{type(error).__name__}: {error}") from error
    if not 200 <= status < 300:
        raise SendFailed(f"HTTP {status}", is_final=status in _FINAL)


def parsed(url: str) -> SplitResult | None:
    """Return the parts of an http or https address without user name; None for anything else."""
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError:
        return None
    is_fine = place.scheme in _PORTS and place.hostname and place.username is None and port != 0
    return place if is_fine and url.isascii() and url.isprintable() and " " not in url else None


def _post(place: SplitResult, headers: dict[str, str], body: bytes, *, allows_private: bool) -> int:
    host = place.hostname or ""
    port = place.port or _PORTS[place.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
    try:
        # Connected here, to the address that was checked: a second look at the name could give another one.
        connection.sock = _socket(place.scheme, host, _checked(host, port, allows_private=allows_private), port)
        path = (place.path or "/") + (f"?{place.query}" if place.query else "")
        connection.request("POST", path, body=body, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _checked(host: str, port: int, *, allows_private: bool) -> str:
    """Return an IP address of the host; raises SendFailed when any of them is not of the public internet."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    private = [address for address in found if not _is_public(address)]
    if private and not allows_private:
        raise SendFailed(f"{host} is {private[0]}, an address of the own network", is_final=True)
    return found[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def _socket(scheme: str, host: str, address: str, port: int) -> socket.socket:
    plain = socket.create_connection((address, port), timeout=_TIMEOUT_SECONDS)
    if scheme != "https":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
