"""The only door from a running instance to the world outside: what `engine/commands` hands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.bpmn.definition import Element
from engine.model import Binding


@dataclass(frozen=True, slots=True)
class ConnectorCall:
    """Work of a job type that a connector may do inside the command."""

    job_type: str
    headers: Mapping[str, str]
    variables: Mapping[str, Any]  #: what the element's input mappings made
    element_instance_key: int
    element_id: str
    process_instance_key: int


class ExecutionContext(Protocol):
    """Clock, keys and services for one command on one instance."""

    @property
    def now(self) -> datetime:
        """Return the moment of this command (aware, UTC)."""
        ...

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return the host's FEEL functions."""
        ...

    @property
    def max_steps(self) -> int:
        """Return how many element activations one command may cost before a Fault stops it."""
        ...

    def next_key(self) -> int:
        """Return a new key."""
        ...

    def decide(
        self, decision_id: str, binding: Binding, version_tag: str | None, variables: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, Any]]:
        """Return the result of a decision and its explanation; raises ExecutionFailed."""
        ...

    def connect(self, call: ConnectorCall) -> Mapping[str, Any] | None:
        """Return the result variables of a connector that runs inside the command, None when a job is to be made.

        Raises BpmnErrorThrown or ExecutionFailed.
        """
        ...

    def caller_catches(self, code: str, is_escalation: bool) -> bool:
        """Return whether an instance that called this one, directly or not, catches the error or escalation."""
        ...

    def heed(self, element: Element, variables: Mapping[str, Any], *, is_completed: bool) -> None:
        """Do what the `clause8:` properties of an element ask when it is entered, or completed; raises ExecutionFailed.

        After a fault of the element it may be asked again.
        """
        ...
