"""Figures for Prometheus, log lines, and who is believed to be whom behind proxies."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from flask import request
from prometheus_client.parser import text_string_to_metric_families

from tests.webapp.operations.conftest import Site
from webapp import WebSettings, create_app, logs


def figures(site: Site, **headers: str) -> dict[tuple[str, str], float]:
    answer = site.client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(sample.name, sample.labels.get("process", "")): sample.value for one in families for sample in one.samples}


def test_figures_tell_what_runs_is_stuck_and_late(site: Site) -> None:
    site.order("PO-1")
    site.checked_order("PO-2", amount=None)
    found = figures(site)
    assert found["clause8_process_instances_running", "order"] == 2
    assert found["clause8_process_instances_started_total", "order"] == 2
    assert found["clause8_faults_open", "order"] == 1
    assert found["clause8_timer_delay_seconds", ""] == 0


def test_figures_name_nobody_and_cost_the_same_however_much_runs(site: Site) -> None:
    site.engine.on_report = logs.reporter(site.client.application)
    site.log_in("sari")
    site.order("PO-1")
    with site.statements() as few:
        text = site.client.get("/metrics").text
    for number in range(5):
        site.order(f"PO-{number}")
    with site.statements() as many:
        site.client.get("/metrics")
    assert len(many) == len(few) <= 8
    assert 'clause8_command_seconds_count{command="StartProcessInstance"}' in text
    assert not any(name in text for name in ("sari", "budi", "PO-1"))


def test_figures_are_for_this_machine_alone_until_a_token_is_set(site: Site) -> None:
    assert site.client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 403
    assert site.client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 403
    closed = create_app(site.engine, WebSettings(secret_key="test", metrics_token="ab12")).test_client()
    assert closed.get("/metrics").status_code == 403
    assert closed.get("/metrics", headers={"Authorization": "Bearer ab1"}).status_code == 403
    answer = closed.get("/metrics", headers={"Authorization": "Bearer ab12"}, environ_base={"REMOTE_ADDR": "10.0.0.7"})
    assert answer.status_code == 200


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Give what is logged as JSON, and put the logging of tests back."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure(as_json=True)
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_a_request_and_its_commands_are_logged_under_one_id_without_contents(
    site: Site, log_lines: io.StringIO
) -> None:
    site.engine.on_report = logs.reporter(site.client.application)
    key = site.order("PO-SECRET").key
    site.log_in("sari")
    log_lines.seek(0), log_lines.truncate()
    answer = site.client.post(
        f"/monitor/instances/{key}/suspend?q=Makassar",
        data={"csrf_token": "token", "reason": "private matter"},
        headers={"X-Request-Id": "proxy-0001"},
    )
    assert answer.headers["X-Request-Id"] == "proxy-0001"
    text = log_lines.getvalue()
    command, request = (json.loads(line) for line in text.splitlines())
    assert command | {"duration_ms": 0, "timestamp": ""} == {
        "event": "command done", "action": "command", "command": "SuspendProcessInstance", "actor": "sari",
        "request_id": "proxy-0001", "level": "info", "logger": "clause8", "duration_ms": 0, "timestamp": "",
    }  # fmt: skip
    assert (request["page"], request["status"], request["actor"]) == ("monitor.instance_action", 302, "sari")
    assert request["request_id"] == "proxy-0001"
    assert not any(secret in text for secret in ("private matter", "Makassar", "PO-SECRET", str(key)))


def test_a_refused_command_is_logged_with_the_name_of_its_error(site: Site, log_lines: io.StringIO) -> None:
    site.engine.on_report = logs.reporter(site.client.application)
    site.log_in("sari")
    log_lines.seek(0), log_lines.truncate()
    site.post("/monitor/batches/404/start")
    first = json.loads(log_lines.getvalue().splitlines()[0])
    assert (first["command"], first["error"]) == ("StartBatch", "BatchNotFound")


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "10.0.0.1")])
def test_only_as_many_proxies_as_are_configured_are_believed(site: Site, proxies: int, seen: str) -> None:
    app = create_app(site.engine, WebSettings(secret_key="test", proxies=proxies))
    seen_by_app: list[str | None] = []
    app.before_request(lambda: seen_by_app.append(request.remote_addr))
    app.test_client().get("/login", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.1, 10.0.0.9"})
    assert seen_by_app == [seen]
