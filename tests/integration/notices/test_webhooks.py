"""Webhooks: signed calls to a real HTTP server, and never to the own network unless that is allowed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from engine import SYSTEM, Actor, AddWebhook, DeliveryState, InputInvalid, OutgoingPage, ResourceFile
from engine.outbox.webhooks import signature
from engine.testing import Harness
from tests.integration.notices.telling import TEMPLATES, tell
from tests.post_office import PostOffice

ADMIN = Actor("adi")


class Receiver(HTTPServer):
    """Keeps the calls that it gets; answers with `status`."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: list[tuple[Message, bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:  # the library's name
        self.server.calls.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _content(harness: Harness, post_office: PostOffice, sends_by: Callable[[PostOffice], None]) -> None:
    harness.deploy(ResourceFile("templates.yaml", TEMPLATES))
    sends_by(post_office)


def test_a_call_is_signed_and_tells_several_people_once(harness: Harness, receiver: Receiver) -> None:
    url = f"http://127.0.0.1:{receiver.server_port}/chat?room=1"
    hook = harness.engine.execute(AddWebhook(name="chat", url=url, events=("solved",), actor=SYSTEM))
    tell(harness, "solved", "wati", "rudi", title="printer")
    tell(harness, "weekly", "wati", count=1)
    harness.engine.send_outgoing()
    ((headers, body),) = receiver.calls
    expected = signature(hook.secret, int(headers["X-Clause8-Timestamp"]), body)
    assert headers["X-Clause8-Signature"] == expected
    told = json.loads(body)
    assert (told["event"], told["subject"]["id"], told["people"]) == ("solved", "Selesai: printer", ["wati", "rudi"])


def test_a_repeat_carries_the_same_key(harness: Harness, receiver: Receiver) -> None:
    receiver.status = 503
    harness.engine.execute(AddWebhook(name="chat", url=f"http://127.0.0.1:{receiver.server_port}/", actor=SYSTEM))
    tell(harness, "solved", "adi", title="printer")
    harness.engine.send_outgoing()
    receiver.status = 204
    harness.clock.advance(timedelta(minutes=2))
    harness.engine.send_outgoing()
    assert len({headers["Idempotency-Key"] for headers, _body in receiver.calls}) == 1
    assert len(receiver.calls) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "[::ffff:127.0.0.1]"])
def test_the_own_network_is_not_called(harness: Harness, receiver: Receiver, host: str) -> None:
    outgoing = replace(harness.engine.settings.outgoing, allows_private=False)
    harness.engine.settings = replace(harness.engine.settings, outgoing=outgoing)
    url = f"http://{host}:{receiver.server_port}/"
    harness.engine.execute(AddWebhook(name="inside", url=url, actor=SYSTEM))
    tell(harness, "solved", "adi", title="printer")
    harness.engine.send_outgoing()
    assert receiver.calls == []
    assert harness.engine.ask(OutgoingPage(actor=ADMIN, state=DeliveryState.FAILED)).failed == 1


@pytest.mark.parametrize("url", ["ftp://x.example", "http://", "https://a:b@x.example", "javascript:1", "http://x y/"])
def test_an_address_that_is_none_is_refused(harness: Harness, url: str) -> None:
    with pytest.raises(InputInvalid):
        harness.engine.execute(AddWebhook(name="x", url=url, actor=SYSTEM))
