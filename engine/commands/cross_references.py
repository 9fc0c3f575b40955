"""What files say of each other: forms, decisions, processes, groups and connectors that a draft names.

The findings are warnings, as at deployment (decision 8): what is missing may still come, in this
publication or a later one. Each names the element, so that a list of them can lead there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property

from engine.bpmn import ElementInfo, ExecutableProcess, foreign_extensions
from engine.commands.context import CommandContext
from engine.commands.deploy import ParsedFile, processes_of
from engine.connectors import CONNECTORS
from engine.deadlines import ClockCatalogue, catalogue_findings
from engine.forms import Form
from engine.model import Binding, Finding, Label, ResourceKind
from engine.people import parse_rules
from engine.store.people import People
from engine.store.resources import Resources

_OURS = "clause8:"
_FEEL_TEXTS = re.compile(r'=\s*\[\s*(?:"[^"]*"\s*,?\s*)*\]\s*')


class Surroundings:
    """What a file can refer to: what is deployed, and before that the drafts that may be published with it."""

    def __init__(self, context: CommandContext, drafts: Iterable[ParsedFile] = ()) -> None:
        self._context = context
        self._resources = Resources(context.work)
        listed = list(drafts)
        self._forms: dict[str, Form] = {f.resource_id: f.parsed for f in listed if f.kind is ResourceKind.FORM}
        dmn = (f.parsed.decisions for f in listed if f.kind is ResourceKind.DMN)
        self._decisions = {decision.element_id for decisions in dmn for decision in decisions}
        self._processes = {process.process_id for file in listed for process in processes_of(file)}
        # A diagram names the same few things again and again; each is looked for once.
        self.deployed_form = cache(self._deployed_form)
        self.has_decision = cache(self._has_decision)
        self.has_process = cache(self._has_process)

    def form(self, form_id: str) -> Form | None:
        """Return the form as it would be after publishing; None when there is none."""
        return self._forms.get(form_id) or self.deployed_form(form_id)

    def _deployed_form(self, form_id: str) -> Form | None:
        """Return the newest deployed version of a form."""
        found = self._resources.newest(ResourceKind.FORM, [form_id]).get(form_id)
        return None if found is None else self._context.definitions.form(self._context.work, found.key)

    def _has_decision(self, decision_id: str) -> bool:
        """Return whether there is such a decision."""
        if decision_id in self._decisions:
            return True
        return self._resources.find_decision(decision_id, Binding.LATEST, 0, None) is not None

    def _has_process(self, process_id: str) -> bool:
        """Return whether there is such a process."""
        return process_id in self._processes or self._resources.find_definition(process_id) is not None

    def running(self) -> Iterator[ExecutableProcess]:
        """Yield the newest version of every process."""
        for definition in self._resources.newest_definitions():
            yield self._context.definitions.deployed(self._context.work, definition).executable

    @cached_property
    def groups(self) -> frozenset[str]:
        """Return the names of all groups."""
        return frozenset(group.name for group in People(self._context.work, self._context.now).groups())

    @cached_property
    def clocks(self) -> ClockCatalogue:
        """Return all clocks and reasons for their pauses."""
        return self._context.definitions.documents(self._context.work).clocks()

    @cached_property
    def rules(self) -> frozenset[str]:
        """Return the ids of all rules of segregation."""
        return frozenset(parse_rules(self._context.definitions.documents(self._context.work).of_kind("sod_rules")))


def cross_findings(file: ParsedFile, around: Surroundings) -> Iterator[Finding]:
    """Yield what a file that can be deployed says wrongly of others, or others of it."""
    if file.kind is ResourceKind.FORM:
        yield from _lost_fields(file, around)
        yield from _unknown_choices(file, around)
    if file.kind is ResourceKind.BPMN:
        yield from foreign_extensions(file.file.content, file.file.name)
    source = file.file.content.decode("utf-8", errors="replace")
    for process in processes_of(file):
        for element in process.elements.values():
            for check in _CHECKS:
                yield from check(_Place(file.file.name, element), process, around)
            yield from _unread_result(_Place(file.file.name, element), source)


class _Place:
    """An element in its file, and how findings about it are made."""

    def __init__(self, file: str, element: ElementInfo) -> None:
        self.file = file
        self.element = element

    def finding(self, rule: str, reason: Label, cure: Label) -> Finding:
        return Finding(self.file, self.element.line, self.element.id, reason, cure, is_error=False, rule=rule)

    def missing(self, thing: Label, name: str, rule: str, cure: Label) -> Finding:
        return self.finding(rule, Label(f"There is no {thing.en} {name}.", f"Tidak ada {thing.id} {name}."), cure)


def _missing_files(place: _Place, _process: ExecutableProcess, around: Surroundings) -> Iterator[Finding]:
    element = place.element
    if element.form_id and around.form(element.form_id) is None:
        cure = Label(
            f"Choose another form, or make the form {element.form_id} and publish it together with this diagram.",
            f"Pilih formulir lain, atau buat formulir {element.form_id} dan terbitkan bersama diagram ini.",
        )
        yield place.missing(Label("form", "formulir"), element.form_id, "missing_form", cure)
    decision = element.called_decision.id.constant if element.called_decision else None
    if decision and not around.has_decision(decision):
        cure = Label("Choose another decision, or publish it first.", "Pilih keputusan lain, atau terbitkan dahulu.")
        yield place.missing(Label("decision", "keputusan"), decision, "missing_decision", cure)
    called = element.called_process.id.constant if element.called_process else None
    if called and not around.has_process(called):
        cure = Label(
            "Correct the name, or publish that process before an instance comes here.",
            "Perbaiki namanya, atau terbitkan proses itu sebelum jalannya proses sampai di sini.",
        )
        yield place.missing(Label("process", "proses"), called, "missing_process", cure)
    if element.type == "userTask" and not element.form_id:
        yield place.finding(
            "no_form",
            Label("The user task has no form.", "Tugas ini tidak punya formulir."),
            Label("Choose a form, under Form.", "Pilih formulir pada bagian Formulir."),
        )


def _missing_people(place: _Place, _process: ExecutableProcess, around: Surroundings) -> Iterator[Finding]:
    element = place.element
    named = [*_constants(element.candidate_groups), *_names(element.properties.get("clause8:starters", ""))]
    for name in dict.fromkeys(named):
        if name not in around.groups:
            cure = Label("Choose a group that exists.", "Pilih grup yang ada.")
            yield place.missing(Label("group", "grup"), name, "missing_group", cure)
    for rule in _names(element.properties.get("clause8:sod", "")):
        if rule not in around.rules:
            cure = Label("Correct the name of the rule.", "Perbaiki nama aturan.")
            yield place.missing(Label("rule of segregation", "aturan pemisahan tugas"), rule, "missing_rule", cure)
    if element.type == "userTask" and not (element.assignee or element.candidate_groups or _users(element)):
        yield place.finding(
            "nobody",
            Label("Nobody is asked to do this task.", "Tidak ada yang diminta mengerjakan tugas ini."),
            Label("Give it an assignee or candidate groups.", "Beri penerima tugas atau grup calon."),
        )


def _missing_connector(place: _Place, _process: ExecutableProcess, _around: Surroundings) -> Iterator[Finding]:
    name = place.element.job_type
    if name.startswith(_OURS) and name not in CONNECTORS:
        known = ", ".join(sorted(CONNECTORS))
        cure = Label(f"Choose one of: {known}.", f"Pilih salah satu: {known}.")
        yield place.missing(Label("connector", "konektor"), name, "missing_connector", cure)


def _unknown_clocks(place: _Place, _process: ExecutableProcess, around: Surroundings) -> Iterator[Finding]:
    yield from catalogue_findings(place.element, around.clocks, place.file)


def _missing_fields(place: _Place, process: ExecutableProcess, around: Surroundings) -> Iterator[Finding]:
    """Yield outputs of a user task that read what neither its form nor anything before it gives."""
    element = place.element
    form = around.form(element.form_id) if element.form_id else None
    if form is None or element.type != "userTask":
        return
    known = {*form.keys, *_produced(process), *(mapping.target[0] for mapping in element.inputs)}
    for mapping in element.outputs:
        name = mapping.source.variable_name
        if name and name not in known:
            yield place.finding(
                "missing_field",
                Label(
                    f"The output {'.'.join(mapping.target)} reads {name}, but the form {form.id} has no such field.",
                    f"Keluaran {'.'.join(mapping.target)} membaca {name}, tetapi formulir {form.id} tidak memilikinya.",
                ),
                Label(
                    f"Add the field {name} to the form, or correct the output mapping.",
                    f"Tambahkan isian {name} pada formulir, atau perbaiki pemetaan keluaran.",
                ),
            )


def _produced(process: ExecutableProcess) -> set[str]:
    """Return the variables that something of the process sets by name."""
    names = {"loopCounter", "requester", "initiator", "record", "origin"}
    for element in process.elements.values():
        names |= {mapping.target[0] for mapping in (*element.outputs, *element.inputs)}
        names |= {element.script.result_variable} if element.script else set()
        names |= {element.called_decision.result_variable} if element.called_decision else set()
        names |= {element.loop.input_element, element.loop.output_collection} if element.loop else set()
    return names


def _unread_result(place: _Place, source: str) -> Iterator[Finding]:
    called = place.element.called_decision
    if called is None or not called.result_variable:
        return
    name = re.escape(called.result_variable)
    written = len(re.findall(rf'resultVariable="{name}"', source))
    if len(re.findall(rf"(?<![\w.]){name}(?!\w)", source)) <= written:
        yield place.finding(
            "unread_result",
            Label(
                f"Nobody reads {called.result_variable}, the result of the decision.",
                f"Tidak ada yang membaca {called.result_variable}, hasil keputusan ini.",
            ),
            Label(
                "Use it in a condition or an output, or remove the task.",
                "Pakai dalam syarat atau keluaran, atau hapus tugas ini.",
            ),
        )


def _lost_fields(file: ParsedFile, around: Surroundings) -> Iterator[Finding]:
    """Yield the fields that the deployed form has, this one lacks, and a running diagram reads."""
    before = around.deployed_form(file.resource_id)
    lost = set(before.keys) - set(file.parsed.keys) if before else set()
    if not lost:
        return
    for process in around.running():
        for element in process.elements.values():
            if element.form_id != file.resource_id:
                continue
            read = {name for mapping in element.outputs for name in mapping.source.names}
            for name in sorted(lost & read):
                yield _lost(file, name, process, element)


def _lost(file: ParsedFile, name: str, process: ExecutableProcess, element: ElementInfo) -> Finding:
    task = element.name.en or element.id
    return Finding(
        file.file.name,
        None,
        name,
        Label(
            f"The form lost the field {name}, which {task} of {process.process_id} reads.",
            f"Formulir kehilangan isian {name}, yang dibaca {element.name.text('id') or element.id}"
            f" pada {process.process_id}.",
        ),
        Label(
            "Put the field back, or change the output mapping of that task too.",
            "Kembalikan isian itu, atau ubah juga pemetaan keluaran tugas tersebut.",
        ),
        is_error=False,
        rule="lost_field",
    )


def _unknown_choices(file: ParsedFile, around: Surroundings) -> Iterator[Finding]:
    """Yield the fields of a form that offer the people of a group which does not exist."""
    form: Form = file.parsed
    for field in form.fields:
        kind, _, name = (field.choices.source or "").partition(":") if field.choices else ("", "", "")
        if kind == "people" and name and name not in around.groups:
            reason = Label(f"There is no group {name}.", f"Tidak ada grup {name}.")
            cure = Label("Choose a group that exists.", "Pilih grup yang ada.")
            yield Finding(file.file.name, None, field.id, reason, cure, is_error=False, rule="missing_group")


def _users(element: ElementInfo) -> bool:
    return element.user_task is not None and element.user_task.candidate_users is not None


def _constants(text: str) -> list[str]:
    if _FEEL_TEXTS.fullmatch(text):
        return re.findall(r'"([^"]*)"', text)
    return [] if text.lstrip().startswith("=") else _names(text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


_Check = Callable[[_Place, ExecutableProcess, Surroundings], Iterator[Finding]]
_CHECKS: tuple[_Check, ...] = (_missing_files, _missing_people, _missing_connector, _missing_fields, _unknown_clocks)
