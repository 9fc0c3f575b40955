"""Names the people of a group, or the head of somebody's unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class PeopleOf:
    """group, on_duty? or unit_head_of (a person) -> users [login]: active people; empty when there is nobody.

    `on_duty` true: only those whose shift it is now, where the group has a roster.
    """

    type = "clause8:people.of"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        person = parameters.optional_text("unit_head_of")
        if person is None:
            return {"users": list(ports.people.members(parameters.text("group"), on_duty=parameters.flag("on_duty")))}
        head = ports.people.unit_head_of(person)
        return {"users": [] if head is None else [head]}
