"""What a diagram can refer to, offered while it is drawn; and a form as the inbox would draw it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.ownership import require_publisher
from engine.connectors import CONNECTORS
from engine.forms import parse_form
from engine.model import Actor, Group, Label, ResourceKind
from engine.people import parse_rules
from engine.queries.form_view import show_form
from engine.queries.shown_form import ShownForm
from engine.store.drafts import Drafts
from engine.store.monitoring import deployment_list
from engine.store.people import People
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True)
class ModellerChoices:
    """Names by kind, sorted; drafts count as if they were deployed."""

    forms: tuple[str, ...]
    decisions: tuple[str, ...]
    groups: tuple[Group, ...]
    processes: tuple[tuple[str, Label], ...]
    connectors: tuple[str, ...]
    rules: tuple[str, ...]  #: of segregation of duties
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesForModeller:
    """Ask for the choices; a constant number of statements."""

    actor: Actor

    def run(self, context: CommandContext) -> ModellerChoices:
        """Answer; raises NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        drafts = Drafts(context.work).all()
        deployed = deployment_list.newest_files(context.work)
        places = [
            *((file.kind, file.resource_id) for file in deployed),
            *((one.kind, one.resource_id) for one in drafts),
        ]
        forms = {resource_id for kind, resource_id in places if kind is ResourceKind.FORM}
        documents = context.definitions.documents(context.work)
        messages = {name for one in documents.of_kind("messages") for name in one.get("messages") or {}}
        definitions = Resources(context.work).newest_definitions()
        return ModellerChoices(
            forms=tuple(sorted(forms)),
            decisions=tuple(Resources(context.work).decision_ids()),
            groups=tuple(People(context.work, context.now).groups()),
            processes=tuple((one.process_id, one.name) for one in definitions),
            connectors=tuple(sorted(CONNECTORS)),
            rules=tuple(sorted(parse_rules(documents.of_kind("sod_rules")))),
            messages=tuple(sorted(messages)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewForm:
    """Ask for an unpublished form, resolved as a task without any variables would show it."""

    content: bytes
    actor: Actor

    def run(self, context: CommandContext) -> ShownForm:
        """Answer; raises NotPermitted, DefinitionInvalid with what is wrong in the form."""
        permissions = read_permissions(context, self.actor)
        require_publisher(permissions)
        form = parse_form(self.content, "")
        variables = {
            "initiator": self.actor.user,
            "requester": self.actor.user,
            "current_user": permissions.as_variable(),
        }
        return show_form(context, self.actor, form, variables, submitted=None, errors={})
