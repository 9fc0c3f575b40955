"""Who may publish: process owners and administrators; a process may name owners of its own (`clause8:owner`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.bpmn import ExecutableProcess
from engine.commands.authorisation import PROCESS_OWNER, Permissions
from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Binding, Label
from engine.store.resources import Resources

#: Property of a process: login names or groups, comma separated; absent = every process owner.
OWNER = "clause8:owner"


@dataclass(frozen=True, slots=True)
class PublishedContent:
    """What a set of files brings: process id -> its properties, ids of forms and decisions."""

    processes: Mapping[str, Mapping[str, str]]
    form_ids: frozenset[str]
    decision_ids: frozenset[str]


def is_publisher(permissions: Permissions) -> bool:
    """Return whether this person edits and publishes at all."""
    return permissions.is_administrator or PROCESS_OWNER in permissions.groups


def require_publisher(permissions: Permissions) -> None:
    """Raise NotPermitted unless this person edits and publishes."""
    if not is_publisher(permissions):
        raise NotPermitted(
            "publish",
            Label("publishing needs the role process owner.", "menerbitkan memerlukan peran pemilik proses."),
        )


def require_owner(context: CommandContext, permissions: Permissions, content: PublishedContent) -> None:
    """Raise NotPermitted when a process that these files change has owners, and this person is none of them.

    The owners are those of the version that runs, so that nobody makes himself one by the file that
    he publishes; a new process has those that its file names.
    """
    if permissions.is_administrator:
        return
    for process_id, owners in _owners(context, content):
        if owners and not owners & {permissions.user, *permissions.groups}:
            wanted = ", ".join(sorted(owners))
            raise NotPermitted(
                "owner",
                Label(
                    f"the process {process_id} is published by its owners: {wanted}.",
                    f"proses {process_id} diterbitkan oleh pemiliknya: {wanted}.",
                ),
            )


def owners_of(properties: Mapping[str, str]) -> frozenset[str]:
    """Return the login names and groups that a process names as its owners; none = every process owner."""
    return frozenset(name.strip() for name in properties.get(OWNER, "").split(",") if name.strip())


def _owners(context: CommandContext, content: PublishedContent) -> Iterable[tuple[str, frozenset[str]]]:
    running = {definition.process_id: definition for definition in Resources(context.work).newest_definitions()}
    for process_id, properties in content.processes.items():
        known = running.get(process_id)
        yield process_id, owners_of(known.properties if known else properties)
    for process_id, definition in running.items():
        owners = owners_of(definition.properties)
        if owners and process_id not in content.processes:
            executable = context.definitions.deployed(context.work, definition).executable
            if _takes_newest(executable, content):
                yield process_id, owners


def _takes_newest(process: ExecutableProcess, content: PublishedContent) -> bool:
    """Return whether running instances of the process see the files at once, because they bind to the latest."""
    for element in process.elements.values():
        task, called = element.user_task, element.called_decision
        if task and task.form_binding is Binding.LATEST and task.form_id in content.form_ids:
            return True
        if called and called.binding is Binding.LATEST and called.id.constant in content.decision_ids:
            return True
    return False
