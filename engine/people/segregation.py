"""Segregation of duties: who did one thing for a record may not do another. Rules are content, without a bypass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import DefinitionInvalid
from engine.model import Finding, Label


@dataclass(frozen=True, slots=True)
class Rule:
    """Whoever has one of the duties `conflicts_with` on the record breaks the rule."""

    id: str
    text: Label
    conflicts_with: tuple[str, ...]


def parse_rules(documents: Sequence[Mapping[str, Any]]) -> Mapping[str, Rule]:
    """Return rule id -> rule of documents `kind: sod_rules`; raises DefinitionInvalid.

    A rule is {id, en, id_text, conflicts_with: [duty]}.
    """
    findings: list[Finding] = []
    entries = [entry for document in documents for entry in _rules_of(document, findings)]
    rules = [rule for entry in entries if (rule := _rule(entry, findings)) is not None]
    known: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in known:
            findings.append(_finding(rule.id, f"Rule {rule.id} stands twice.", f"Aturan {rule.id} ada dua kali."))
        known[rule.id] = rule
    if findings:
        raise DefinitionInvalid(findings)
    return known


def violated_rule(
    wanted: Collection[str],
    rules: Mapping[str, Rule],
    duties: Mapping[str, Collection[str]],
    user: str,
    on_behalf_of: Collection[str] = (),
) -> Rule | None:
    """Return the first rule of `wanted` that forbids the work to this person, or None.

    `duties` are those on the record: duty -> login names. A deputy inherits the conflicts of everybody he acts for
    (`on_behalf_of`). A rule that nobody defined forbids too: a missing document must not open a gate.
    """
    people = {user, *on_behalf_of}
    for rule_id in wanted:
        rule = rules.get(rule_id) or _undefined(rule_id)
        if rule_id not in rules or any(people.intersection(duties.get(duty, ())) for duty in rule.conflicts_with):
            return rule
    return None


def _undefined(rule_id: str) -> Rule:
    english = f"Rule {rule_id} is not defined. Deploy the document with the rules of segregation."
    return Rule(
        rule_id, Label(english, f"Aturan {rule_id} belum ditetapkan. Terapkan dokumen aturan pemisahan tugas."), ()
    )


def _rules_of(document: Mapping[str, Any], findings: list[Finding]) -> Iterator[Any]:
    entries = document.get("rules")
    if isinstance(entries, list):
        yield from entries
    else:
        findings.append(_finding("rules", "There is no list of rules.", "Tidak ada daftar aturan."))


def _rule(entry: Any, findings: list[Finding]) -> Rule | None:
    entry = entry if isinstance(entry, Mapping) else {}
    rule_id, english, indonesian = entry.get("id"), entry.get("en"), entry.get("id_text")
    duties = entry.get("conflicts_with")
    if not isinstance(rule_id, str) or not rule_id:
        findings.append(_finding("rules", "A rule has no id.", "Ada aturan tanpa id."))
    elif not isinstance(english, str) or not isinstance(indonesian, str):
        findings.append(_finding(rule_id, "The rule lacks en or id_text.", "Teks en atau id_text tidak ada."))
    elif not isinstance(duties, list) or not all(isinstance(duty, str) for duty in duties):
        findings.append(_finding(rule_id, "conflicts_with is no list of duties.", "conflicts_with bukan daftar tugas."))
    else:
        return Rule(rule_id, Label(english, indonesian), tuple(duties))
    return None


def _finding(place: str, english: str, indonesian: str) -> Finding:
    example = "{id: R-1, en: ..., id_text: ..., conflicts_with: [request]}"
    cure = Label(f"Write for example {example}", f"Tulis misalnya {example}")
    return Finding("sod_rules", None, place, Label(english, indonesian), cure, rule="sod_rules")
