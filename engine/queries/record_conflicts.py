"""Who may not do what for a record, and why: duties, rules of segregation, and the open tasks they bear on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.record_access import require_visible_record
from engine.commands.record_rooms import directory_of
from engine.commands.segregation import RULES_PROPERTY, names_in
from engine.model import Actor, Label, Record
from engine.people import Rule, parse_rules, violated_rule
from engine.store.absences import Absences
from engine.store.monitoring.people_list import display_names
from engine.store.people import People
from engine.store.workplace.record_tasks import OpenRecordTask, open_tasks_of


@dataclass(frozen=True, slots=True)
class BarredByRule:
    """A rule, and who breaks it by what they did: login name -> duties."""

    rule: Rule
    people: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TaskConflicts:
    """An open task with those of its candidates who may not do it: (login name, rule, by whose duty)."""

    name: Label
    may: tuple[str, ...]
    may_not: tuple[tuple[str, Rule, str], ...]
    deputies: Mapping[str, str]  #: candidate who is away -> who stands in


@dataclass(frozen=True, slots=True)
class RecordConflictsData:
    """What the page shows."""

    record: Record
    duties: Mapping[str, tuple[str, ...]]  #: login name -> duties on the record and on those from which it inherits
    rules: tuple[BarredByRule, ...]  #: those that bar somebody now, by id
    tasks: tuple[TaskConflicts, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConflicts:
    """Ask who may not do what for a record that the actor sees."""

    number: str
    actor: Actor

    def run(self, context: CommandContext) -> RecordConflictsData:
        """Answer; raises RecordNotFound, NotPermitted."""
        record = require_visible_record(context, self.actor, self.number)
        rules = parse_rules(context.definitions.documents(context.work).of_kind("sod_rules"))
        duties = directory_of(context).duties_of(record.number)
        deputies, _away = Absences(context.work, context.now).deputies()
        tasks = [self._task(context, task, rules, duties, deputies) for task in open_tasks_of(context.work, record.key)]
        barred = [_barred(rule, duties) for rule in rules.values()]
        people = {name for users in duties.values() for name in users} | {
            name for task in tasks for name in (*task.may, *(one[0] for one in task.may_not), *task.deputies.values())
        }
        return RecordConflictsData(
            record=record,
            duties=_by_person(duties),
            rules=tuple(one for one in barred if one.people),
            tasks=tuple(tasks),
            names=display_names(context.work, people),
        )

    def _task(
        self,
        context: CommandContext,
        task: OpenRecordTask,
        rules: Mapping[str, Rule],
        duties: Mapping[str, Collection[str]],
        deputies: Mapping[str, str],
    ) -> TaskConflicts:
        people = People(context.work, context.now)
        named = [task.assignee] if task.assignee else [*task.candidate_users]
        if not task.assignee:
            named += [name for group in task.candidate_groups for name in people.members(group)]
        wanted = names_in(task.properties.get(RULES_PROPERTY, ""))
        may: list[str] = []
        may_not: list[tuple[str, Rule, str]] = []
        for name in dict.fromkeys(named):
            rule = violated_rule(wanted, rules, duties, name)
            if rule is None:
                may.append(name)
            else:
                may_not.append((name, rule, ", ".join(sorted(_duties_of(name, duties)))))
        away = {name: deputies[name] for name in dict.fromkeys(named) if name in deputies}
        return TaskConflicts(task.name, tuple(may), tuple(may_not), away)


def _barred(rule: Rule, duties: Mapping[str, Collection[str]]) -> BarredByRule:
    conflicting = {duty: duties.get(duty, ()) for duty in rule.conflicts_with}
    people = sorted({name for users in conflicting.values() for name in users})
    return BarredByRule(rule, {name: _duties_of(name, conflicting) for name in people})


def _by_person(duties: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    people = sorted({name for users in duties.values() for name in users})
    return {name: _duties_of(name, duties) for name in people}


def _duties_of(name: str, duties: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(duty for duty, users in sorted(duties.items()) if name in users)
