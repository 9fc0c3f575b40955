"""Opens the record of a process instance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.after import do_afterwards
from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports

#: Who acts when no person does.
_NOBODY = {None, "", "system"}


class RecordOpen:
    """type, title, requester, people, fields, origin, link_kind -> record {number, key, type, title}.

    The record becomes that of the root instance, its number the business id. May notify, count and link afterwards.
    """

    type = "clause8:record.open"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        record = ports.records.open(
            parameters.text("type"),
            parameters.text("title"),
            requester=parameters.optional_text("requester"),
            fields=parameters.fields("fields"),
            people=parameters.people("people"),
            origin=parameters.optional_text("origin"),
            link_kind=parameters.optional_text("link_kind") or "raised_from",
            entered_by=_initiator(parameters),
        )
        ports.instance.own(record)
        do_afterwards(parameters, ports, record.number)
        return {"record": {"number": record.number, "key": record.key, "type": record.type, "title": record.title}}


def _initiator(parameters: Parameters) -> str | None:
    """Return the person who started the process by its form; an instance that a message started has none."""
    initiator = parameters.optional_text("initiator")
    return None if initiator in _NOBODY else initiator
