"""Monitoring reports that something broke, or works again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.commands.alert_sources import Credentials, require_source
from engine.commands.context import CommandContext
from engine.commands.correlation import publish
from engine.commands.mail_starts import add_outside_comment
from engine.commands.notices import outbox_of
from engine.commands.runtime import Runtime
from engine.intake.alerts import AlertRules, ReportedAlert, parse_alert_rules, read_alert
from engine.model import SYSTEM, Alert, AlertState, Record
from engine.store.alerts import Alerts
from engine.store.messages import MessageRows
from engine.store.records import Records

#: More alerts of a thing and its children than this, within the time, go to one record.
MOST_ALERTS = 20
_FLOOD_IN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAlert:
    """Take an alert: {dedupe_key, ci, severity, text, state: firing or clear}; returns what became of it.

    The same key adds to the open record instead of beginning another. Raises NotPermitted, InputInvalid.
    """

    document: Any
    credentials: Credentials

    def run(self, context: CommandContext) -> Alert | None:
        """Do it in the caller's transaction; None when something is over that was never reported."""
        source = require_source(context, self.credentials)
        told = read_alert(self.document)
        MessageRows(context.work).lock("alert", f"{source.key} {told.dedupe_key}")
        known = Alerts(context.work).newest_of(source.key, told.dedupe_key)
        record = _open_record(context, known)
        if told.is_clear:
            return _clear(context, known, record, told)
        if known is not None and known.state is AlertState.PARKED:
            Alerts(context.work).repeat(known.key, AlertState.PARKED, context.now)
            return known
        if known is not None and record is not None:
            add_outside_comment(context, record, f"{told.ci} ({told.severity}): {told.text}")
            Alerts(context.work).repeat(known.key, AlertState.OPEN, context.now)
            return known
        return _new(context, source.key, told)


def _new(context: CommandContext, source_key: int, told: ReportedAlert) -> Alert:
    rules = parse_alert_rules(context.definitions.documents(context.work).of_kind("alerts"))
    if not rules.message or Records(context.work).find_number(told.ci) is None:
        return _kept(context, source_key, told, AlertState.PARKED, None)
    group = _flooded(context, rules, told.ci)
    if group is not None:
        add_outside_comment(context, group, f"{told.ci} ({told.severity}): {told.text}")
        return _kept(context, source_key, told, AlertState.OPEN, group.number)
    number = _begin(context, rules.message, told)
    return _kept(context, source_key, told, AlertState.OPEN if number else AlertState.PARKED, number)


def _begin(context: CommandContext, message: str, told: ReportedAlert) -> str | None:
    runtime = Runtime(context, SYSTEM)
    variables = {
        "ci": told.ci,
        "severity": told.severity,
        "text": told.text,
        "dedupe_key": told.dedupe_key,
        "received_at": context.now.isoformat(),
    }
    published = publish(runtime, message, "", variables, time_to_live=timedelta())
    runtime.settle()
    numbers = [runtime.runs[key].instance.business_id for key in published.started_instances]
    return next((number for number in numbers if number), None)


def _flooded(context: CommandContext, rules: AlertRules, thing: str) -> Record | None:
    """Return the open record that takes the alerts of a flood: that of the parent, else the oldest of the family."""
    records = Records(context.work)
    parents = [link.to_number for link in records.links([thing], rules.child_links) if link.from_number == thing]
    for parent in (*parents, thing):
        children = [link.from_number for link in records.links([parent], rules.child_links)]
        family: Collection[str] = {parent, *children, thing}
        if Alerts(context.work).count_since(family, context.now - _FLOOD_IN) < MOST_ALERTS:
            continue
        found = Alerts(context.work).records_of(family)
        numbers = [number for one, number in found if one == parent] or [number for _one, number in found]
        for number in numbers:
            record = records.find_number(number)
            if record is not None and record.closed_at is None:
                return record
    return None


def _clear(context: CommandContext, known: Alert | None, record: Record | None, told: ReportedAlert) -> Alert | None:
    """Propose that it is solved: a comment and a notice. People decide."""
    if known is None or known.state is not AlertState.OPEN:
        return known
    Alerts(context.work).repeat(known.key, AlertState.CLEARED, context.now)
    if record is not None:
        add_outside_comment(context, record, f"OK: {told.ci}: {told.text}")
        people = {name for names in Records(context.work).people(record.key).values() for name in names}
        data = {"ci": told.ci, "text": told.text}
        outbox_of(context).send("alert_cleared", sorted(people - {record.requester or ""}), record.number, data)
    return known


def _open_record(context: CommandContext, known: Alert | None) -> Record | None:
    if known is None or known.state is not AlertState.OPEN or known.record_number is None:
        return None
    record = Records(context.work).find_number(known.record_number)
    return record if record is not None and record.closed_at is None else None


def _kept(
    context: CommandContext, source_key: int, told: ReportedAlert, state: AlertState, number: str | None
) -> Alert:
    now, key = context.now, context.keys.next_key()
    new = Alert(key, source_key, told.dedupe_key, told.ci, told.severity, told.text, state, number, 1, now, now)
    Alerts(context.work).add(new)
    return new
