"""A service task that does nothing but tell clocks: what it tells them stands in its property `clause8:clock`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.ports import Ports


class ClockTask:
    """No parameters -> {}."""

    type = "clause8:clock"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do nothing; the element's property was obeyed when it was entered."""
        return {}
