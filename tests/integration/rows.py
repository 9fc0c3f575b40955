"""Builders of rows: a test names only the fields it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert

from engine.store import tables
from engine.store.unit_of_work import UnitOfWork

NOW = datetime(2030, 6, 17, 3, tzinfo=UTC)

_DEFAULTS: dict[str, dict[str, Any]] = {
    "deployment": {"deployed_at": NOW - timedelta(days=60), "deployed_by": "sari", "comment": "first"},
    "resource": {
        "deployment_key": 1, "kind": "bpmn", "name": "order.bpmn", "resource_id": "order.bpmn", "version": 1,
        "sha256": "0" * 64, "content": b"", "deployed_at": NOW - timedelta(days=60),
    },
    "process_definition": {
        "process_id": "order", "version": 1, "name_en": "Order", "name_id": "Pesanan", "deployment_key": 1,
        "resource_key": 1, "properties": {}, "starters": [], "deployed_at": NOW - timedelta(days=60),
        "deployed_by": "sari",
    },
    "process_instance": {
        "process_definition_key": 1, "process_id": "order", "version": 1, "state": "active", "business_id": None,
        "record_key": None, "parent_instance_key": None, "parent_element_instance_key": None, "started_by": "budi",
        "started_at": NOW - timedelta(days=1), "ended_at": None, "end_element_ids": [], "revision": 1,
        "history_sequence": 0, "history_head": "",
    },
    "live_element": {
        "process_definition_key": 1, "element_id": "check", "element_type": "userTask", "entered_at": NOW,
    },
    "fault": {
        "process_definition_key": 1, "element_id": "check", "kind": "expression", "reason_en": "no such variable",
        "reason_id": "variabel tidak ada", "state": "open", "opened_at": NOW,
    },
    "timer": {"process_definition_key": 1, "element_id": "wait", "due_at": NOW, "repetitions_left": 0},
    "job": {
        "kind": "element", "type": "mail", "process_definition_key": 1, "element_id": "send", "headers": {},
        "retries": 3, "state": "open", "due_at": NOW,
    },
    "message_subscription": {
        "message_name": "paid", "correlation_key": "ORD-1", "process_id": "order", "process_definition_key": 1,
        "element_id": "await", "opened_at": NOW,
    },
    "buffered_message": {
        "name": "paid", "correlation_key": "ORD-1", "variables": {}, "published_at": NOW,
        "expires_at": NOW + timedelta(days=1),
    },
    "user_account": {
        "display_name": "Budi Santoso", "email": "budi@example.org", "language": "id", "unit": "it",
        "is_active": True, "created_at": NOW,
    },
    "group_account": {"label_en": "Administrators", "label_id": "Administrator"},
    "record": {
        "type": "ORD", "title": "A title", "state": "open", "fields": {}, "requester": "budi", "is_restricted": False,
        "created_at": NOW, "updated_at": NOW, "revision": 1,
    },
    "user_task": {
        "process_definition_key": 1, "process_id": "order", "element_id": "check", "name_en": "Check",
        "name_id": "Periksa", "state": "created", "candidate_groups": [], "candidate_users": [], "priority": 50,
        "properties": {}, "created_at": NOW, "revision": 1,
    },
    "history_entry": {"at": NOW, "actor": "budi", "action": "element_completed", "details": {}, "digest": "0" * 64},
    "instance_count": {
        "process_id": "order", "day": "", "slot": 0, "running": 0, "started": 0, "completed": 0, "canceled": 0,
        "faults": 0,
    },
}  # fmt: skip


def add(work: UnitOfWork, table: Table, *rows: dict[str, Any]) -> None:
    """Insert rows, each completed by the table's defaults."""
    for row in rows:
        work.execute(insert(table), complete(table, row))


def complete(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with the table's defaults for what it does not name."""
    return _DEFAULTS.get(table.name, {}) | row


def add_process(work: UnitOfWork, *, key: int = 1, version: int = 1) -> None:
    """Insert a version of the process `order` with its deployment and file."""
    add(work, tables.deployment, {"key": key})
    add(work, tables.resource, {"key": key, "version": version, "deployment_key": key})
    add(work, tables.process_definition,
        {"key": key, "version": version, "deployment_key": key, "resource_key": key})  # fmt: skip


def add_instance(work: UnitOfWork, key: int, **fields: Any) -> None:
    """Insert a process instance that is its own root."""
    add(work, tables.process_instance, {"key": key, "root_instance_key": key} | fields)


def add_live(work: UnitOfWork, key: int, instance_key: int, **fields: Any) -> None:
    """Insert an element instance of the process scope."""
    add(work, tables.live_element, {"key": key, "instance_key": instance_key, "scope_key": instance_key} | fields)
