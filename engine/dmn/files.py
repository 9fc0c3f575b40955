"""Decisions straight from files on disk: for tests, the command line and the conformance suite."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from engine.errors import DefinitionInvalid

from .definitions import Definitions, imported_namespaces, parse_decisions
from .explanation import DecisionResult
from .xml import attribute, read_xml


def evaluate(path: str | Path, decision_name: str, inputs: Mapping[str, object], service: str | None = None) -> object:
    """Return the FEEL value of a decision of a file, or of that output of a decision service.

    Models that the file imports are looked for beside it. Raises KeyError and as `Definitions.evaluate`.
    """
    return decide(path, decision_name, inputs, service).value


def decide(
    path: str | Path, decision_name: str, inputs: Mapping[str, object], service: str | None = None
) -> DecisionResult:
    """As `evaluate`, with the explanation."""
    file = Path(path)
    definitions = _loaded(file, file.stat().st_mtime_ns)
    if service is None:
        return definitions.evaluate(decision_name, inputs)
    result = definitions.evaluate_service(service, inputs)
    if isinstance(result.value, dict) and decision_name in result.value:
        return DecisionResult(result.value[decision_name], result.explanation)
    return result


@lru_cache(maxsize=16)
def _loaded(path: Path, modified_ns: int) -> Definitions:
    return _load(path, ())


def _load(path: Path, importing: tuple[str, ...]) -> Definitions:
    """Load a file with its imports; a model that imports itself, by whatever way, goes without."""
    root = read_xml(path.read_bytes(), path.name)
    namespace = attribute(root, "namespace")
    imported: dict[str, Definitions] = {}
    for wanted in imported_namespaces(root):
        sibling = None if wanted in importing else _sibling(path, wanted)
        if sibling is not None:
            imported[wanted] = _load(sibling, (*importing, namespace))
    return parse_decisions(root, path.name, imported, strict=False)


def _sibling(path: Path, namespace: str) -> Path | None:
    for candidate in sorted(path.parent.glob("*.dmn")):
        if candidate == path:
            continue
        try:
            if attribute(read_xml(candidate.read_bytes(), candidate.name), "namespace") == namespace:
                return candidate
        except DefinitionInvalid:
            continue
    return None
