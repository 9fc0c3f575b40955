"""What was parsed once per deployed version and is shared by all threads: processes, decisions, forms, documents."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.bpmn import Definitions, ExecutableProcess
from engine.bpmn import parse as parse_bpmn
from engine.deadlines import Calendar, ClockCatalogue, clock_catalogue, host_functions, parse_calendar
from engine.dmn import Definitions as Decisions
from engine.dmn import parse_decisions
from engine.documents import parse_document
from engine.errors import ProcessDefinitionNotFound, ResourceNotFound
from engine.forms import Form, parse_form
from engine.model import Binding, ProcessDefinition, ResourceKey, ResourceKind
from engine.records import LinkKind, Register, parse_link_kinds, parse_register
from engine.store.resources import Resources, StoredResource
from engine.store.unit_of_work import UnitOfWork

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class DeployedProcess:
    """A version of a process and what executes it."""

    definition: ProcessDefinition
    executable: ExecutableProcess


class Documents:
    """The newest version of every document in `processes/_shared`, by kind."""

    def __init__(self, revision: int, parsed: Sequence[Mapping[str, Any]]) -> None:
        self.revision = revision
        self._parsed = tuple(parsed)
        self._functions: Mapping[str, Callable[..., Any]] | None = None
        self._calendars: Mapping[str, Calendar] | None = None
        self._clocks: ClockCatalogue | None = None
        self._registers: Mapping[str, Register] | None = None

    def of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        """Return the documents of that kind."""
        return [document for document in self._parsed if document.get("kind") == kind]

    def registers(self) -> Mapping[str, Register]:
        """Return type -> register."""
        if self._registers is None:
            parsed = (parse_register(document) for document in self.of_kind("register"))
            self._registers = {register.type: register for register in parsed}
        return self._registers

    def link_kinds(self) -> dict[str, LinkKind]:
        """Return the kinds of links that people may make, by key."""
        return {kind.key: kind for document in self.of_kind("links") for kind in parse_link_kinds(document).values()}

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return the FEEL functions that the calendars give: bizadd, bizdiff."""
        if self._functions is None:
            self._functions = host_functions(self.calendars())
        return self._functions

    def calendars(self) -> Mapping[str, Calendar]:
        """Return the calendars by name."""
        if self._calendars is None:
            parsed = [parse_calendar(document) for document in self.of_kind("calendar")]
            self._calendars = {calendar.name: calendar for calendar in parsed}
        return self._calendars

    def clocks(self) -> ClockCatalogue:
        """Return the clocks and the reasons for their pauses."""
        if self._clocks is None:
            self._clocks = clock_catalogue(self.of_kind("clocks"))
        return self._clocks


class DefinitionCache:
    """Parses a deployed file when it is first needed; versions never change, so nothing grows stale."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: dict[int, DeployedProcess] = {}
        self._parsed: dict[int, Any] = {}
        self._form_keys: dict[tuple[str, Binding, int, str | None], ResourceKey] = {}
        self._documents = Documents(0, ())

    def process(self, work: UnitOfWork, definition_key: int) -> DeployedProcess:
        """Return one version of a process; raises ProcessDefinitionNotFound."""
        known = self._processes.get(definition_key)
        if known is not None:
            return known
        definition = Resources(work).definition(definition_key)
        if definition is None:
            raise ProcessDefinitionNotFound(definition_key)
        return self.deployed(work, definition)

    def deployed(self, work: UnitOfWork, definition: ProcessDefinition) -> DeployedProcess:
        """Return what executes a definition that was just read."""
        known = self._processes.get(definition.key)
        if known is None:
            parsed = self._file(work, definition.resource_key, definition.resource_name, parse_bpmn)
            known = DeployedProcess(definition, _executable(parsed, definition.process_id))
            with self._lock:
                self._processes[definition.key] = known
        return known

    def decisions(self, work: UnitOfWork, resource_key: int) -> Decisions:
        """Return the decisions of a deployed DMN file."""
        return self._file(work, resource_key, "decision", parse_decisions)

    def form(self, work: UnitOfWork, resource_key: int) -> Form:
        """Return a deployed form."""
        return self._file(work, resource_key, "form", parse_form)

    def form_key(
        self, work: UnitOfWork, form_id: str, binding: Binding, deployment_key: int, version_tag: str | None
    ) -> ResourceKey | None:
        """Return the deployed form that a binding means; None when it is not deployed.

        A form bound to the deployment that was deployed apart (in the modeller, or by a caller
        that deploys file by file) is looked for among the newest.
        """
        place = (form_id, binding, deployment_key, version_tag)
        if place in self._form_keys:
            return self._form_keys[place]
        resources = Resources(work)
        found = resources.find(ResourceKind.FORM, form_id, binding, deployment_key, version_tag)
        if found is None:
            return None
        if binding is not Binding.LATEST:
            self._form_keys[place] = found.key
        return found.key

    def documents(self, work: UnitOfWork) -> Documents:
        """Return the newest shared documents; one statement when nothing was deployed since."""
        resources = Resources(work)
        revision = resources.document_revision()
        if self._documents.revision != revision:
            stored = resources.newest_documents()
            parsed = [self._file(work, document.key, document.name, parse_document) for document in _by_name(stored)]
            self._documents = Documents(revision, parsed)
        return self._documents

    def forget(self) -> None:
        """Drop everything parsed; the next use parses again (tests of reloading)."""
        self.__dict__.update(DefinitionCache().__dict__)

    def _file(self, work: UnitOfWork, key: int, name: str, parse: Callable[[bytes, str], Parsed]) -> Parsed:
        known: Parsed | None = self._parsed.get(key)
        if known is None:
            content = Resources(work).content(key)
            if content is None:
                raise ResourceNotFound(key)
            known = parse(content, name)
            with self._lock:
                self._parsed[key] = known
        return known


def _executable(parsed: Definitions, process_id: str) -> ExecutableProcess:
    return next(process for process in parsed.processes if process.process_id == process_id)


def _by_name(stored: Sequence[StoredResource]) -> list[StoredResource]:
    return sorted(stored, key=lambda resource: resource.name)
