"""Structured logs: one line for each request and command, with what belongs together under one request id.

Logged are login names, names of commands and pages, times and durations; never what forms, variables, addresses of
pages or messages hold.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, current_app, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars, merge_contextvars
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from werkzeug.wrappers import Response

from engine import CommandReport

log = structlog.stdlib.get_logger("clause8")

#: What a proxy may hand us as the id of a request.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_SHARED: list[Any] = [
    merge_contextvars,
    add_log_level,
    add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure(*, as_json: bool) -> None:
    """Write every log line of this process to stderr, as JSON or for a person's eyes."""
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    formatter = ProcessorFormatter(
        foreign_pre_chain=[*_SHARED, ExtraAdder()],
        processors=[ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    # A pump's run that meets another one is skipped on purpose, and a full queue is what threads are for.
    for chatty, level in (("apscheduler", logging.ERROR), ("waitress", logging.ERROR), ("alembic", logging.WARNING)):
        logging.getLogger(chatty).setLevel(level)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_SHARED, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def reporter(app: Flask) -> Callable[[CommandReport], None]:
    """Return what the engine is to call after each command: it is logged and counted."""

    def note(report: CommandReport) -> None:
        app.extensions["figures"].note_command(report)
        # What the pump does many times a minute by itself is nobody's act.
        level = logging.INFO if report.actor not in ("", "system") or report.error else logging.DEBUG
        facts = {"command": report.command, "actor": report.actor, "duration_ms": _milliseconds(report.seconds)}
        error = {"error": report.error} if report.error else {}
        log.log(level, "command refused" if error else "command done", action="command", **facts, **error)

    return note


def _begin() -> None:
    clear_contextvars()
    g.began = time.perf_counter()
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    bind_contextvars(request_id=g.request_id)


def _end(answer: Response) -> Response:
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    answer.headers["X-Request-Id"] = g.get("request_id", "")
    endpoint = request.endpoint or "none"
    current_app.extensions["figures"].note_request(request.method, endpoint, answer.status_code, seconds)
    if endpoint not in ("static", "health.healthz", "figures.metrics"):
        user = g.get("user")
        # Open pages ask every few seconds how things stand now.
        log.log(
            logging.DEBUG if "X-Live" in request.headers else logging.INFO,
            "request answered",
            action="request",
            method=request.method,
            page=endpoint,
            status=answer.status_code,
            duration_ms=_milliseconds(seconds),
            actor=user.name if user else "",
        )
    return answer


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def init_app(app: Flask) -> None:
    """Give every request an id and log how it ended; must come before what may answer a request."""
    app.before_request(_begin)
    app.after_request(_end)
