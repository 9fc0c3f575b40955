"""Adds plain records, which no process owns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class RecordCreate:
    """type, title, fields -> number; or type, items [{title, fields}] -> numbers. link_to and link_kind link each."""

    type = "clause8:record.create"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        if parameters.value("items") is None:
            return {"number": self._create(parameters.value("title"), parameters.fields("fields"), parameters, ports)}
        items = parameters.items("items")
        return {"numbers": [self._create(item.get("title"), item.get("fields"), parameters, ports) for item in items]}

    def _create(self, title: Any, fields: Any, parameters: Parameters, ports: Ports) -> str:
        if not isinstance(title, str):
            raise parameters.wrong("title", "a text", "teks")
        if fields is not None and not isinstance(fields, Mapping):
            raise parameters.wrong("fields", "a context such as {key: value}", "konteks seperti {key: value}")
        record = ports.records.create(parameters.text("type"), title, fields=fields)
        link_to = parameters.optional_text("link_to")
        if link_to is not None:
            ports.records.link(record.number, link_to, parameters.optional_text("link_kind") or "raised_from")
        return record.number
