"""Changes records of a register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports
from engine.connectors.register_read import require_type


class RegisterUpdate:
    """type, items [{number, fields}] -> {}. The history of each record keeps old and new."""

    type = "clause8:register.update"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        changes: dict[str, Mapping[str, Any]] = {}
        for item in parameters.items("items"):
            number, fields = item.get("number"), item.get("fields")
            if not isinstance(number, str) or not isinstance(fields, Mapping):
                raise parameters.wrong("items", "a list of {number, fields}", "daftar {number, fields}")
            changes[number] = {**changes.get(number, {}), **fields}
        require_type(ports.records.get_many(list(changes)), parameters.text("type"))
        for number, fields in changes.items():
            ports.records.update(number, fields=fields)
        return {}
