"""A decision tried with sample inputs before it is published: its result and which rules fired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.commands.ownership import require_publisher
from engine.dmn import inputs_of, parse_decisions
from engine.errors import InputInvalid
from engine.feel import FeelError
from engine.model import Actor, Label


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """What a decision asks for; `type` is a DMN type such as number, or empty."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class TriableDecision:
    """A decision of a file with what it must be given."""

    id: str
    name: str
    inputs: tuple[DecisionInput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriableDecisions:
    """Ask which decisions a file has and what they need; a file with errors is read as far as it goes."""

    content: bytes
    actor: Actor

    def run(self, context: CommandContext) -> tuple[TriableDecision, ...]:
        """Answer; raises NotPermitted, DefinitionInvalid when it is no DMN file."""
        require_publisher(read_permissions(context, self.actor))
        definitions = parse_decisions(self.content, "", strict=False)
        return tuple(
            TriableDecision(
                decision.element_id,
                decision.name,
                tuple(DecisionInput(name, kind) for name, kind in inputs_of(definitions, decision)),
            )
            for decision in definitions.decisions
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TryDecision:
    """Ask what a decision of an unpublished file would decide.

    Returns {"value", "explanation"}: per decision its inputs, the tables with the rules that fired
    (number, id, output) and why parts became null.
    """

    content: bytes
    decision_id: str
    variables: Mapping[str, Any]
    actor: Actor

    def run(self, context: CommandContext) -> dict[str, Any]:
        """Answer; raises NotPermitted, DefinitionInvalid, InputInvalid."""
        require_publisher(read_permissions(context, self.actor))
        definitions = parse_decisions(self.content, "", strict=False)
        functions = lazy_host_functions(context)
        try:
            found = definitions.evaluate(self.decision_id, self.variables, now=context.now, functions=functions)
        except KeyError:
            wanted = self.decision_id
            raise InputInvalid(Label(f"There is no decision {wanted}.", f"Tidak ada keputusan {wanted}.")) from None
        except FeelError as error:
            raise InputInvalid(error.label) from error
        return dict(found.to_json())
