"""The forms that a record was filled in with, and who may edit their answers later (`clause8:edit`).

The property of a start event or user task names groups and roles of the record (`requester`): its form's answers, once
given, are edited by them as long as the record is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from engine.commands.authorisation import Permissions, read_permissions
from engine.commands.context import CommandContext
from engine.commands.definitions import DeployedProcess
from engine.commands.record_access import require_visible_record
from engine.commands.segregation import names_in
from engine.commands.start_process_instance import start_form_key
from engine.connectors.snapshot import digest
from engine.errors import NotPermitted
from engine.forms import Form
from engine.model import Actor, Label, Record
from engine.store.instances import Instances, LoadedInstance
from engine.store.records import Records
from engine.store.user_tasks import UserTaskRows
from engine.store.variables import VariableRows

EDIT_PROPERTY = "clause8:edit"
REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A form of a record whose answers this person may edit; `values` are those of the instance."""

    record: Record
    instance: LoadedInstance
    element_id: str
    label: Label
    form_key: int
    form: Form
    variables: Mapping[str, Any]
    permissions: Permissions

    @property
    def seen(self) -> str:
        """Return the digest of the answers: whoever edits says which ones were looked at."""
        return digest(orjson.loads(orjson.dumps({name: self.variables.get(name) for name in self.form.keys})))

    @property
    def known(self) -> dict[str, Any]:
        """Return what expressions of the form see."""
        return {**self.variables, "current_user": self.permissions.as_variable()}


def editable_forms(context: CommandContext, actor: Actor, number: str) -> Iterator[RecordForm]:
    """Yield the forms of a record that the actor may edit now; raises RecordNotFound when it is not visible."""
    record = require_visible_record(context, actor, number)
    if record.closed_at is not None:
        return
    permissions = read_permissions(context, actor)
    roles = _roles(context, permissions, record)
    for instance in Instances(context.work).roots_of_record(record.key):
        deployed = context.definitions.process(context.work, instance.instance.process_definition_key)
        places = [place for place in _places(context, deployed) if roles & place.editors]
        if not places:
            continue
        variables = VariableRows(context.work).of_instance(instance.instance.key).get(instance.instance.key, {})
        open_tasks = UserTaskRows(context.work).open_elements(instance.instance.key)
        for place in places:
            form = context.definitions.form(context.work, place.form_key)
            if place.element_id not in open_tasks and any(variables.get(name) for name in form.keys):
                yield RecordForm(
                    record,
                    instance,
                    place.element_id,
                    place.label,
                    place.form_key,
                    form,
                    variables,
                    permissions,
                )


def require_editable(context: CommandContext, actor: Actor, number: str, element_id: str) -> RecordForm:
    """Return the form; raises RecordNotFound, or NotPermitted when the actor may not edit it now."""
    found = next((one for one in editable_forms(context, actor, number) if one.element_id == element_id), None)
    if found is not None:
        return found
    raise NotPermitted(
        "edit",
        Label(
            "these answers are edited by the people that the diagram names, once given and while the record is open.",
            "jawaban ini diubah oleh orang yang disebut diagram, setelah diisi dan selama rekaman masih terbuka.",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    element_id: str
    label: Label
    form_key: int
    editors: frozenset[str]


def _places(context: CommandContext, deployed: DeployedProcess) -> Iterator[_Place]:
    executable, deployment_key = deployed.executable, deployed.definition.deployment_key
    for start in executable.start_events:
        editors = names_in(start.properties.get(EDIT_PROPERTY, ""))
        key = start_form_key(context, deployed, start) if editors else None
        if key is not None:
            label = executable.elements[start.element_id].name
            yield _Place(start.element_id, label, key, frozenset(editors))
    for element in executable.elements.values():
        task = element.user_task
        editors = names_in(element.properties.get(EDIT_PROPERTY, ""))
        if element.type != "userTask" or task is None or task.form_id is None or not editors:
            continue
        key = context.definitions.form_key(
            context.work, task.form_id, task.form_binding, deployment_key, task.form_version_tag
        )
        if key is not None:
            yield _Place(element.id, element.name, key, frozenset(editors))


def _roles(context: CommandContext, permissions: Permissions, record: Record) -> frozenset[str]:
    people = Records(context.work).people(record.key)
    roles = {role for role, users in people.items() if permissions.user in users}
    return frozenset(roles | permissions.groups | ({REQUESTER} if record.requester == permissions.user else set()))
