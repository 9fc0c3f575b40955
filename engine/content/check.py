"""What is wrong in content before it is deployed: each file by itself, and what files say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from engine.bpmn import ElementInfo, ExecutableProcess
from engine.connectors import CONNECTORS
from engine.content.check_registers import register_data_findings, register_findings
from engine.content.folders import content_folders, deployable, find_root
from engine.content.reading import Content, read_content
from engine.deadlines import (
    catalogue_findings,
    clock_catalogue,
    document_findings,
    grammar_findings,
    target_findings,
)
from engine.dmn import Definitions, constants_of
from engine.forms import Component, DynamicList, Field, Form, Group
from engine.model import Finding, Label
from engine.people import parse_rules

#: Job types of the product itself; others are the business of workers outside.
_OURS = "clause8:"
_FEEL_TEXTS = re.compile(r'=\s*\[\s*(?:"[^"]*"\s*,?\s*)*\]\s*')
_FEEL_TEXT = re.compile(r'=\s*"([^"]*)"\s*')


def check_paths(paths: Sequence[Path]) -> Iterator[Finding]:
    """Yield what is wrong with the files `paths` and those in folders; `file` is the path as given.

    A folder of a procedure stands for its forms too. What files refer to is looked for in all
    content of the folder around them that holds `processes/`.
    """
    wanted = {file.absolute(): file for path in paths for file in _files(path)}
    world = dict.fromkeys([*wanted, *(file for path in paths for file in _surroundings(path))])
    content = read_content(world)
    found = [*content.findings, *_cross_findings(content)]
    order = {path: number for number, path in enumerate(wanted)}
    for path, finding in sorted(
        (item for item in found if item[0] in wanted), key=lambda item: (order[item[0]], item[1].line or 0)
    ):
        yield replace(finding, file=str(wanted[path]))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from deployable(path)
    root = find_root(path.absolute())
    if root is not None and path.absolute().parent == root / "processes":
        yield from deployable(root / "forms" / path.name)


def _surroundings(path: Path) -> Iterator[Path]:
    root = find_root(path.absolute())
    if root is not None:
        yield from (file for folder in content_folders(root) for file in folder.paths)


def _cross_findings(content: Content) -> Iterator[tuple[Path, Finding]]:
    known = _Known(content)
    for path, process in content.processes:
        for element in process.elements.values():
            for finding in _element_findings(element, process, known):
                yield path, replace(finding, file=path.name)
    for path, form in content.forms:
        yield from ((path, replace(finding, file=path.name)) for finding in _form_findings(form, known))
    for path, tables in content.tables:
        yield from ((path, replace(finding, file=path.name)) for finding in _target_findings(tables, known))
    for path, document in content.documents:
        yield from ((path, replace(finding, file=path.name)) for finding in _document_findings(document, known))


class _Known:
    """The names that content may refer to."""

    def __init__(self, content: Content) -> None:
        self.processes = {process.process_id for _, process in content.processes}
        self.forms = {form.id: form for _, form in content.forms}
        self.decisions = {decision_id for _, decision_id in content.decisions}
        self.groups = {
            str(group["name"]): str(group.get("en") or group["name"]) for group in _listed(content, "roles", "groups")
        }
        self.messages = {name for document in content.of_kind("messages") for name in document.get("messages") or {}}
        self.templates = {name for document in content.of_kind("templates") for name in document.get("templates") or {}}
        self.form_of = {form.id: form for _, form in content.forms}
        self.links = {
            str(entry.get("key")) for document in content.of_kind("links") for entry in document.get("links") or ()
        }
        self.registers = {str(document.get("type")) for document in content.of_kind("register")}
        self.rules = set(parse_rules(list(content.of_kind("sod_rules"))))
        self.calendars = {str(document.get("name")) for document in content.of_kind("calendar")}
        self.clocks = clock_catalogue(list(content.of_kind("clocks")))
        self.has_shared = bool(content.documents)


def _listed(content: Content, kind: str, name: str) -> Iterator[Mapping[str, Any]]:
    for document in content.of_kind(kind):
        yield from (entry for entry in document.get(name) or () if isinstance(entry, Mapping) and "name" in entry)


# ---- elements -------------------------------------------------------------------------------


def _element_findings(element: ElementInfo, process: ExecutableProcess, known: _Known) -> Iterator[Finding]:
    if element.type == "userTask":
        yield from _user_task_findings(element, known)
    yield from _reference_findings(element, known)
    yield from grammar_findings(element)
    if known.has_shared:
        yield from catalogue_findings(element, known.clocks)
    starters = [name for name in _names(element.properties.get("clause8:starters", "")) if name not in known.groups]
    yield from (_missing(element, "group", name, "grup", "processes/_shared/roles.yaml") for name in starters)
    is_form_start = element.type == "startEvent" and element.scope is None and element.event_kind == "none"
    if is_form_start and process.properties.get("clause8:catalogue") == "yes" and element.form_id is None:
        yield _finding(
            element,
            "form",
            (
                "The catalogue offers this start, but it has no form.",
                "Katalog menawarkan awal ini, tetapi tanpa formulir.",
            ),
            (
                "Give it a form, or take the process out of the catalogue.",
                "Beri formulir, atau keluarkan dari katalog.",
            ),
        )


def _user_task_findings(element: ElementInfo, known: _Known) -> Iterator[Finding]:
    if element.form_id is None:
        yield _finding(
            element,
            "form",
            ("The user task has no form.", "Tugas ini tidak punya formulir."),
            (
                "Link a form; simple ones share F_confirm or F_note.",
                "Tautkan formulir; yang sederhana memakai F_confirm atau F_note.",
            ),
        )
    groups = _constant_names(element.candidate_groups)
    yield from (
        _missing(element, "group", name, "grup", "processes/_shared/roles.yaml")
        for name in groups
        if name not in known.groups
    )
    labels = {known.groups[name] for name in groups if name in known.groups} | set(groups)
    if groups and element.lanes and not labels.intersection(element.lanes):
        yield _finding(
            element,
            "lane",
            (
                f"It stands in the lane {element.lanes[-1]}, but is for {', '.join(groups)}.",
                f"Letaknya di jalur {element.lanes[-1]}, tetapi untuk {', '.join(groups)}.",
            ),
            (
                "Move it to the lane of its group, or correct candidateGroups.",
                "Pindahkan ke jalur grupnya, atau perbaiki candidateGroups.",
            ),
        )
    for rule in _names(element.properties.get("clause8:sod", "")):
        if rule not in known.rules:
            yield _missing(
                element, "rule of segregation", rule, "aturan pemisahan tugas", "processes/_shared/sod_rules.yaml"
            )
    yield from _story_findings(element, known)
    if element.name.id == element.name.en:
        yield _finding(
            element,
            "language",
            (
                f"The name {element.name.en!r} is the same in both languages.",
                f"Nama {element.name.en!r} sama di kedua bahasa.",
            ),
            ("Give the property clause8:name.id.", "Beri properti clause8:name.id."),
            is_error=False,
        )


def _story_findings(element: ElementInfo, known: _Known) -> Iterator[Finding]:
    """Yield the fields that the story shall tell and the form does not have."""
    form = known.forms.get(element.form_id or "")
    fields = set(_paths(form.components)) if form else set()
    for name in _names(element.properties.get("clause8:story", "")):
        if form is not None and name not in fields:
            yield _missing(element, "field", name, "bidang", f"{form.id}.form")


def _reference_findings(element: ElementInfo, known: _Known) -> Iterator[Finding]:
    if element.form_id is not None and element.form_id not in known.forms:
        yield _missing(element, "form", element.form_id, "formulir", f"forms/<key>/{element.form_id}.form")
    if _is_constant(element.decision_id) and element.decision_id not in known.decisions:
        yield _missing(element, "decision", element.decision_id, "keputusan", "a .dmn file")
    if _is_constant(element.called_process_id) and element.called_process_id not in known.processes:
        # Procedures arrive one by one; until then the call stops with a fault that can be retried.
        missing = _missing(element, "process", element.called_process_id, "proses", "processes/<key>/")
        yield replace(missing, is_error=False)
    if element.job_type.startswith(_OURS) and element.job_type not in CONNECTORS:
        yield _missing(element, "connector", element.job_type, "konektor", f"one of {', '.join(sorted(CONNECTORS))}")
    if known.has_shared and _is_constant(element.message_name) and element.message_name not in known.messages:
        yield _missing(element, "message", element.message_name, "pesan", "processes/_shared/messages.yaml")
    template = _notice_template(element)
    if template is not None and template not in known.templates:
        yield _missing(element, "template", template, "templat", "processes/_shared/templates.yaml")


def _notice_template(element: ElementInfo) -> str | None:
    """Return the template that a notification names as constant text."""
    if element.job_type != "clause8:notify":
        return None
    sources = [mapping.source.text for mapping in element.inputs if mapping.target == ("template",)]
    match = _FEEL_TEXT.fullmatch(sources[0]) if sources else None
    return match[1] if match else None


# ---- forms and documents --------------------------------------------------------------------


def _form_findings(form: Form, known: _Known) -> Iterator[Finding]:
    for field in _fields(form.components):
        kind, _, name = (field.choices.source or "").partition(":") if field.choices else ("", "", "")
        name = name.partition("?")[0]  # what narrows the choices of a register
        names: Mapping[str, tuple[Iterable[str], str]] = {
            "register": (known.registers, "register"),
            "people": (known.groups, "grup"),
        }
        if name and kind in names and name not in names[kind][0]:
            thing = "group" if kind == "people" else "register"
            yield _missing(".".join(field.key), thing, name, names[kind][1], "processes/_shared/")


def _paths(components: Iterable[Component], prefix: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the paths of fields that are not in rows of a list."""
    for component in components:
        if isinstance(component, Group):
            yield from _paths(component.components, (*prefix, *component.path))
        elif isinstance(component, Field):
            yield ".".join((*prefix, *component.key))


def _fields(components: Iterable[Component]) -> Iterator[Field]:
    for component in components:
        if isinstance(component, Group | DynamicList):
            yield from _fields(component.components)
        elif isinstance(component, Field):
            yield component


def _target_findings(tables: Definitions, known: _Known) -> Iterator[Finding]:
    """Yield what a decision that gives clocks their targets names and there is not."""
    asked = {clock.decision for clock in known.clocks.clocks.values()}
    if not asked & {decision.element_id for decision in tables.decisions}:
        return
    cure = Label("Correct the cell.", "Perbaiki selnya.")
    cells = partial(constants_of, tables)
    for rule, reason, line in target_findings(known.clocks, cells, known.calendars):
        yield Finding("", line, None, reason, cure, rule=rule)


def _document_findings(document: Mapping[str, Any], known: _Known) -> Iterator[Finding]:
    if document["kind"] == "clocks":
        for rule, reason in document_findings(clock_catalogue([document]), known.decisions, known.messages):
            cure = Label("Correct the name, or add what it names.", "Perbaiki namanya, atau tambahkan.")
            yield Finding("", None, str(document.get("name")), reason, cure, rule=rule)
    if document["kind"] == "people":
        for person in document.get("people") or ():
            for group in person.get("groups") or ():
                if group not in known.groups and group not in ("administrator", "auditor", "process_owner"):
                    yield _missing(str(person.get("name")), "group", group, "grup", "processes/_shared/roles.yaml")
    if document["kind"] == "register":
        yield from register_findings(document, known.form_of, known.groups, known.links)
    if document["kind"] == "register_data":
        yield from register_data_findings(document, known.form_of)
    if document["kind"] == "register_data" and document.get("type") not in known.registers:
        yield _missing(
            str(document.get("type")), "register", str(document.get("type")), "register", "a document of kind register"
        )


# ---- findings -------------------------------------------------------------------------------


def _constant_names(text: str) -> list[str]:
    """Return the names in `a, b` or `=["a", "b"]`; nothing for other FEEL, which only a running instance knows."""
    if _FEEL_TEXTS.fullmatch(text):
        return re.findall(r'"([^"]*)"', text)
    return _names(text) if _is_constant(text) else []


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _is_constant(text: str) -> bool:
    return bool(text) and not text.lstrip().startswith("=")


def _missing(place: ElementInfo | str, thing: str, name: str, indonesian: str, where: str) -> Finding:
    return _finding(
        place,
        f"missing_{thing.partition(' ')[0]}",
        (f"There is no {thing} {name}.", f"Tidak ada {indonesian} {name}."),
        (f"Correct the name, or add it: {where}.", f"Perbaiki namanya, atau tambahkan: {where}."),
    )


def _finding(
    place: ElementInfo | str, rule: str, reason: tuple[str, str], cure: tuple[str, str], *, is_error: bool = True
) -> Finding:
    line, name = (None, place) if isinstance(place, str) else (place.line, place.id)
    return Finding("", line, name, Label(*reason), Label(*cure), is_error=is_error, rule=rule)
