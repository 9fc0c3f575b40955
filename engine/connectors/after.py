"""What a task may ask for beside its own work: `notify`, `kpi` and `links`, about the record at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports

GROUP = "group:"


def do_afterwards(parameters: Parameters, ports: Ports, number: str | None) -> None:
    """Link, notify and count as the parameters `links`, `notify` and `kpi` say; each is a context or a list of them."""
    for link in parameters.items("links"):
        part = _part(link, "links")
        ports.records.link(number or part.text("from"), part.text("to"), part.text("kind"))
    for notice in parameters.items("notify"):
        notify(_part(notice, "notify"), ports, number)
    for fact in parameters.items("kpi"):
        count(_part(fact, "kpi"), ports, number)


def notify(parameters: Parameters, ports: Ports, number: str | None) -> None:
    """Send what {template, to, data} says."""
    people = recipients(parameters.texts("to"), ports)
    ports.notices.send(parameters.text("template"), people, number, parameters.fields("data"))


def count(parameters: Parameters, ports: Ports, number: str | None) -> None:
    """Store the fact of {name, value, dimensions}."""
    name, dimensions = parameters.text("name"), parameters.fields("dimensions")
    ports.kpi.add(name, parameters.value("value"), number, dimensions, at=ports.now)


def recipients(names: Sequence[str], ports: Ports) -> list[str]:
    """Return login names, each once; `group:x` stands for the group's active members."""
    people = (
        member
        for name in names
        for member in (ports.people.members(name.removeprefix(GROUP)) if name.startswith(GROUP) else [name])
    )
    return list(dict.fromkeys(people))


class _Part:
    """One context among the parameters, read like parameters of its own."""

    def __init__(self, variables: Mapping[str, Any]) -> None:
        self._variables = variables

    @property
    def variables(self) -> Mapping[str, Any]:
        return self._variables


def _part(context: Mapping[str, Any], name: str) -> Parameters:
    call: ConnectorCall = _Part(context)
    return Parameters(call, name)
