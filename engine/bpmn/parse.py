"""From the bytes of a file to processes that can run, or to every reason why not."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.findings import Findings
from engine.bpmn.process import Definitions, build_process
from engine.bpmn.reading.document import is_executable, line_of, read_document
from engine.bpmn.reading.globals import read_globals
from engine.bpmn.reading.ids import check_ids
from engine.bpmn.reading.processes import ProcessSource, read_process
from engine.bpmn.reading.source import Source, children
from engine.bpmn.validation import validate
from engine.errors import DefinitionInvalid
from engine.model import Label


def parse(source: bytes, file_name: str) -> Definitions:
    """Return the executable processes of a BPMN file. All FEEL in them is compiled.

    Raises DefinitionInvalid with every problem found: file, line, element id, reason and cure. What may still be
    mended by another deployment is in `warnings`. Processes that are not executable are left alone.
    """
    findings = Findings(file_name)
    root = read_document(source, findings)
    processes = _read(root, findings) if root is not None else []
    if findings.errors:
        raise DefinitionInvalid(findings.all)
    built = tuple(build_process(process, file_name) for process in processes)
    return Definitions(built, tuple(findings.warnings))


def _read(root: etree._Element, findings: Findings) -> list[ProcessSource]:
    executable = [node for node in children(root, "process") if is_executable(node)]
    if not executable:
        findings.error(
            "no-process",
            line_of(root),
            None,
            Label("The file has no executable process.", "Berkas tidak memuat proses yang dapat dijalankan."),
            Label('Mark a process as executable (isExecutable="true").', "Tandai proses sebagai dapat dijalankan."),
        )
        return []
    check_ids(root, findings)
    source = Source(findings)
    read_globals(root, source)
    processes = [read_process(node, source) for node in executable]
    for process in processes:
        validate(process, findings)
    return processes
