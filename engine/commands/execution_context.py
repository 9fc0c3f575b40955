"""The only door from a running diagram outward: time, keys, decisions and connectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn import ConnectorCall, Element
from engine.commands.clocks import Told, has_clock, tell_clocks
from engine.commands.connecting import connect
from engine.errors import ExecutionFailed
from engine.feel import FeelError
from engine.model import Binding, Label
from engine.store.resources import Resources

if TYPE_CHECKING:
    from engine.commands.definitions import DeployedProcess
    from engine.commands.runtime import Runtime


class RunContext:
    """The surroundings of one instance in one command."""

    #: Element activations in one command; an endless loop without a wait state becomes a Fault.
    max_steps = 100_000

    def __init__(self, runtime: Runtime, instance_key: int, deployed: DeployedProcess) -> None:
        self._runtime = runtime
        self._instance_key = instance_key
        self._deployed = deployed

    @property
    def now(self) -> datetime:
        """Return the moment of the command."""
        return self._runtime.now

    def next_key(self) -> int:
        """Return a new key."""
        return self._runtime.context.keys.next_key()

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return the host functions of FEEL; the calendars are read when one is first called."""
        return self._runtime.host_functions

    def caller_catches(self, code: str, is_escalation: bool) -> bool:
        """Return whether an instance that called this one, directly or not, catches the error or escalation."""
        instance = self._runtime.runs[self._instance_key].instance
        if instance.parent_instance_key is None or instance.parent_element_instance_key is None:
            return False
        parent = self._runtime.load(instance.parent_instance_key)
        return parent.execution.catches(instance.parent_element_instance_key, code, is_escalation)

    def decide(
        self, decision_id: str, binding: Binding, version_tag: str | None, variables: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, Any]]:
        """Evaluate a deployed decision; return its value and which rules fired."""
        context = self._runtime.context
        deployment_key = self._deployed.definition.deployment_key
        key = Resources(context.work).find_decision(decision_id, binding, deployment_key, version_tag)
        if key is None:
            raise ExecutionFailed(
                decision_id,
                "decision",
                Label(
                    f"Decision {decision_id} is not deployed ({binding.value}). Deploy it, then retry.",
                    f"Keputusan {decision_id} belum diterapkan ({binding.value}). Terapkan, lalu coba lagi.",
                ),
            )
        decisions = context.definitions.decisions(context.work, key)
        try:
            result = decisions.evaluate(decision_id, variables, now=self.now, functions=self.functions).to_json()
        except FeelError as error:
            raise ExecutionFailed(decision_id, "decision", error.label) from error
        return result["value"], {"decisions": result["explanation"]}

    def connect(self, call: ConnectorCall) -> Mapping[str, Any] | None:
        """Run a connector inside the command; None when the job type is none of ours."""
        return connect(self._runtime, self._runtime.runs[self._instance_key], call)

    def heed(self, element: Element, variables: Mapping[str, Any], *, is_completed: bool) -> None:
        """Let clocks do what the element's properties tell them."""
        if text := has_clock(element.properties, is_completed=is_completed):
            run = self._runtime.runs[self._instance_key]
            tell_clocks(Told(self._runtime, run, element.id, self.decide), variables, text)
