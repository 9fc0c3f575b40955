"""The form that starts a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import read_permissions, require_starter
from engine.commands.context import CommandContext
from engine.commands.record_access import reader_for
from engine.commands.start_process_instance import form_start, start_form_key
from engine.errors import ProcessDefinitionNotFound
from engine.model import Actor, Label
from engine.queries.catalogue import CatalogueEntry, entry_of
from engine.queries.facts import facts
from engine.queries.form_view import show_form
from engine.queries.record_values import ShownValue
from engine.queries.shown_form import ShownForm
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True)
class StartFormData:
    """What the page of a start form shows; a process without a form is started by a button alone."""

    entry: CatalogueEntry
    form: ShownForm | None
    facts: tuple[ShownValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartForm:
    """Ask for the start form of the newest version; `submitted` are values typed but not accepted.

    Raises ProcessDefinitionNotFound or NotPermitted.
    """

    actor: Actor
    process_id: str
    submitted: Mapping[str, Any] | None = None
    errors: Mapping[str, Label] | None = None

    def run(self, context: CommandContext) -> StartFormData:
        """Answer; one statement more for each source of options."""
        definition = Resources(context.work).find_definition(self.process_id)
        if definition is None:
            raise ProcessDefinitionNotFound(self.process_id)
        permissions = read_permissions(context, self.actor)
        require_starter(permissions, definition)
        deployed = context.definitions.deployed(context.work, definition)
        start = form_start(deployed)
        key = start_form_key(context, deployed, start)
        variables = {
            "initiator": self.actor.user,
            "requester": self.actor.user,
            "current_user": permissions.as_variable(),
        }
        form = None
        if key is not None:
            parsed = context.definitions.form(context.work, key)
            form = show_form(context, self.actor, parsed, variables, submitted=self.submitted, errors=self.errors or {})
        reader = reader_for(context, permissions)
        shown = facts(context, reader, start.properties, variables, [definition.deployment_key])
        return StartFormData(entry_of(definition), form, shown)
