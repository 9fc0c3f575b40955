"""Tells people something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.after import notify
from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class Notify:
    """template, to (logins and `group:name`), number, data -> {}. Nobody to tell is no error."""

    type = "clause8:notify"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        notify(parameters, ports, parameters.optional_text("number"))
        return {}
