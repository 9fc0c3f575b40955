"""Finds who may do something for a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class PeopleEligible:
    """groups, users, rules, number, on_duty? -> eligible [login], removed [{user, rule}]: active people, each once.

    `on_duty` true: of groups that have a roster only those whose shift it is now.
    """

    type = "clause8:people.eligible"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        eligible, removed = ports.people.eligible(
            parameters.texts("groups"),
            parameters.texts("users"),
            parameters.texts("rules"),
            parameters.optional_text("number"),
            on_duty=parameters.flag("on_duty"),
        )
        return {"eligible": list(eligible), "removed": [{"user": user, "rule": rule} for user, rule in removed]}
