"""The one shape of a connector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from engine.connectors.ports import Ports


class ConnectorCall(Protocol):
    """What an element asks of a connector; `engine.bpmn` makes it."""

    @property
    def variables(self) -> Mapping[str, Any]:
        """Return the parameters: variables that the element's input mappings made, JSON-able."""
        ...


class Connector(Protocol):
    """Does the work of one job type inside the command, in its transaction."""

    @property
    def type(self) -> str:
        """Return the job type."""
        ...

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Return the result variables.

        Raises an EngineError for parameters without meaning and for what the ports refuse; the caller undoes what was
        written and opens a Fault.
        """
        ...
