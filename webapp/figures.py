"""What a time-series database asks for: `/metrics` in the format of Prometheus."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from engine import SYSTEM, CommandReport, Engine, SystemFigures
from webapp.access import public

pages = Blueprint("figures", __name__)

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LOOPBACK = {"127.0.0.1", "::1"}
#: A reverse proxy on the same machine hands on what comes from anywhere, and says so with one of these.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")
_COUNTERS = ("started", "completed", "canceled", "faults")


class Figures:
    """The figures of one application; nothing in them names a person or a record."""

    def __init__(self, engine: Engine) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Processes(engine))
        self._requests = Histogram(
            "clause8_http_request_seconds",
            "Time to answer a request",
            ("method", "endpoint", "status"),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._commands = Histogram(
            "clause8_command_seconds", "Time of a command", ("command",), registry=self.registry, buckets=_SECONDS
        )
        self._refused = Counter(
            "clause8_commands_refused",
            "Commands that ended with an error",
            ("command", "error"),
            registry=self.registry,
        )

    def note_request(self, method: str, endpoint: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests.labels(method, endpoint, str(status)).observe(seconds)

    def note_command(self, report: CommandReport) -> None:
        """Count a command."""
        self._commands.labels(report.command).observe(report.seconds)
        if report.error:
            self._refused.labels(report.command, report.error).inc()


class _Processes(Collector):
    """Asks the engine each time somebody looks; seven statements, whatever runs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def describe(self) -> list[Metric]:
        """Name nothing, so that registering asks nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield what runs, what is stuck and what is late."""
        found = self._engine.ask(SystemFigures(actor=SYSTEM))
        running = GaugeMetricFamily("clause8_process_instances_running", "Instances that run", labels=["process"])
        stuck = GaugeMetricFamily("clause8_faults_open", "Execution faults that wait for somebody", labels=["process"])
        for one in found.processes:
            running.add_metric([one.process_id], one.running)
            stuck.add_metric([one.process_id], one.open_faults)
        yield running
        yield stuck
        for name in _COUNTERS:
            total = CounterMetricFamily(f"clause8_process_instances_{name}", f"Instances {name}", labels=["process"])
            for one in found.processes:
                total.add_metric([one.process_id], getattr(one, name))
            yield total
        late = found.timer_delay.total_seconds()
        yield GaugeMetricFamily("clause8_timer_delay_seconds", "How long the oldest timer has been due", value=late)
        yield GaugeMetricFamily("clause8_timers_due", "Timers that are due, counted to 1000", value=found.due_timers)
        yield GaugeMetricFamily("clause8_jobs_due", "Jobs that wait for workers, to 1000", value=found.due_jobs)
        waiting = found.waiting_batch_items
        yield GaugeMetricFamily("clause8_batch_items_waiting", "Instances that running batches wait for", value=waiting)


@pages.get("/metrics")
@public
def metrics() -> Response:
    """Answer the figures to who knows the token; without one in the settings, to this machine alone."""
    if not _is_allowed():
        return Response("The token of CLAUSE8_METRICS_TOKEN is needed.\n", 403, mimetype="text/plain")
    figures: Figures = current_app.extensions["figures"]
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)


def _is_allowed() -> bool:
    token = current_app.extensions["web_settings"].metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    is_forwarded = any(header in request.headers for header in _FORWARDED)
    return request.remote_addr in _LOOPBACK and not is_forwarded


def init_app(app: Flask) -> None:
    """Collect figures of `app` and its engine, and register the page."""
    app.extensions["figures"] = Figures(app.extensions["engine"])
    app.register_blueprint(pages)
