"""Deployed files and process definitions, and how two versions differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from engine.model.keys import DeploymentKey, ProcessDefinitionKey, ResourceKey
from engine.model.text import Label


class Binding(Enum):
    """Which version of a called process, form or decision is taken. Source: Camunda 8, resource binding."""

    LATEST = "latest"
    DEPLOYMENT = "deployment"
    VERSION_TAG = "versionTag"


class ResourceKind(Enum):
    """What a deployed file holds."""

    BPMN = "bpmn"
    DMN = "dmn"
    FORM = "form"
    DOCUMENT = "document"  #: YAML of `processes/_shared`: roles, rules, calendars, registers, templates


@dataclass(frozen=True, slots=True)
class ResourceFile:
    """A file handed to deployment: its name (with extension) and bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """One deployed version of a process."""

    key: ProcessDefinitionKey
    process_id: str
    version: int
    version_tag: str | None
    name: Label
    deployment_key: DeploymentKey
    resource_key: ResourceKey
    resource_name: str
    deployed_at: datetime
    deployed_by: str
    properties: Mapping[str, str] = field(default_factory=dict)  #: `clause8:` properties of the process
    start_form_id: str | None = None  #: form of the form start, if it has one
    starters: tuple[str, ...] = ()  #: groups that may start it by form; empty = everyone


class ChangeKind(Enum):
    """What became of something between two versions of a file."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of meaning between two versions of a diagram, decision or form; places on the canvas are none."""

    kind: ChangeKind
    element_id: str  #: of the element, rule, column or field that it is about
    element_type: str  #: BPMN or DMN tag, or the type of a form's component
    name: Label
    aspect: Label  #: what of it: assignee, condition ...; empty when the whole was added or removed
    before: str = ""
    after: str = ""
