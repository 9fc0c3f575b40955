"""Stores a fact that reports count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.after import count
from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class KpiFact:
    """name, value, number, dimensions -> {}."""

    type = "clause8:kpi"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        count(parameters, ports, parameters.optional_text("number"))
        return {}
