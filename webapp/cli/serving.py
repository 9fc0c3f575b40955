"""`clause8 serve`: everything in one process - pages, pump, and a database that is made ready first."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from typing import Any, NoReturn

import click
from waitress.server import create_server

from engine import AnchorHistory, DeployContent, Engine, HasPeople, ShiftedClock, SystemClock
from engine.content import ContentFolder, content_folders
from engine.jobs import EmbeddedPump
from webapp import create_app, logs
from webapp.cli.demonstration import (
    PASSWORD,
    demonstration_people,
    make_demonstration,
    undo_unfinished_demonstration,
)
from webapp.cli.environment import Environment

log = logging.getLogger(__name__)

_ANCHOR_EVERY = timedelta(minutes=15)
_RETENTION_EVERY = timedelta(hours=1)
_FILES_EVERY = timedelta(hours=1)
_SEND_EVERY = timedelta(seconds=5)
_READ_EVERY = timedelta(seconds=30)


def serve(environment: Environment) -> None:
    """Migrate, deploy, serve until SIGINT or SIGTERM. Raises EngineError when content is invalid."""
    logs.configure(as_json=environment.has_json_logs)
    clock = ShiftedClock() if environment.has_test_clock else SystemClock()
    with closing(_reserved(environment)) as listener:
        engine = Engine(environment.engine_settings(), clock=clock)
        try:
            make_ready(engine, environment)
            _serve(engine, environment, listener)
        finally:
            engine.close()


def make_ready(engine: Engine, environment: Environment) -> None:
    """Bring schema and content up to date; a database that is new gets the demonstration, if wanted."""
    undo_unfinished_demonstration(environment)
    engine.migrate()
    folders = list(content_folders(environment.content_dir))
    if environment.has_demonstration and not engine.ask(HasPeople()):
        make_demonstration(environment, folders)
    deploy_content(engine, folders)


def deploy_content(engine: Engine, folders: Iterable[ContentFolder]) -> None:
    """Deploy what was never deployed, folder by folder."""
    for folder in folders:
        done = engine.execute(DeployContent(files=folder.files(), comment=f"content of {folder.key}"))
        if done.deployment is not None:
            log.info("content deployed", extra={"action": "content_deployed", "folder": folder.key})
        if done.held_back:
            files = ", ".join(done.held_back)
            click.echo(f"{folder.key}: not deployed, because people published other versions of {files}.")
            click.echo(f"{folder.key}: tidak diterapkan, karena versi lain sudah diterbitkan: {files}.")


def _serve(engine: Engine, environment: Environment, listener: socket.socket) -> None:
    app = create_app(engine, environment.web_settings())
    # The application believes as many proxies as are configured, and must see that there is one that is not.
    server: Any = create_server(
        app, sockets=[listener], threads=environment.threads, clear_untrusted_proxy_headers=False
    )
    pump = EmbeddedPump(engine)
    pump.every("anchors", _ANCHOR_EVERY, lambda: engine.execute(AnchorHistory(folder=environment.anchors)))
    pump.every("retention", _RETENTION_EVERY, engine.remove_old_bodies)
    pump.every("files", _FILES_EVERY, engine.tidy_files)
    pump.every("outgoing", _SEND_EVERY, engine.send_outgoing)
    pump.every("mailbox", _READ_EVERY, engine.read_mailbox)
    engine.after_command = pump.wake
    engine.on_report = logs.reporter(app)
    app.extensions["pump"] = pump
    signal.signal(signal.SIGTERM, _stop)
    pump.start()
    try:
        _greet(environment, server.effective_port)
        server.run()
    finally:
        pump.stop()
        server.close()
        click.echo("Stopped. / Berhenti.")


def _reserved(environment: Environment) -> socket.socket:
    """Return a socket that has the address but does not listen yet: what is taken is told before any work is done."""
    host, port = environment.host, environment.port
    listener: socket.socket | None = None
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        return listener
    except OSError as error:
        if listener is not None:
            listener.close()
        raise click.ClickException(
            f"Cannot listen on {host}:{port}: {error.strerror}. Stop what listens there, or choose another address,"
            f" e.g. PORT={port + 1} make run. / Tidak dapat mendengarkan di {host}:{port}; pilih alamat lain."
        ) from error


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def _greet(environment: Environment, port: int) -> None:
    click.echo(f"Clause8 serves on http://{environment.host}:{port} (Ctrl-C stops)")
    if environment.has_test_clock:
        click.echo("CLAUSE8_TEST_CLOCK: anybody can move the clock of this server.")
    if environment.has_demonstration:
        click.echo(f"Demonstration accounts / akun contoh, password: {PASSWORD}")
        for person in demonstration_people(environment):
            roles = ", ".join(person.get("groups") or ())
            click.echo(f"  {person['name']:<18} {person.get('display_name', ''):<18} {roles}")
