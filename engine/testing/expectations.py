"""What must hold after a step: each function returns what does not, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.deadlines import parse_duration
from engine.errors import EngineError, FormRejected, NotPermitted
from engine.store.census import Census, Place
from engine.testing.said import Said

_TASK_COLUMNS = {
    "assignee": "assignee",
    "candidate_groups": "candidate_groups",
    "candidate_users": "candidate_users",
    "due": "due_at",
    "follow_up": "follow_up_at",
    "priority": "priority",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step led to."""

    rejection: EngineError | None
    new_faults: Mapping[Place, str]
    now: datetime
    is_ignored: bool = False  #: a message that came twice: not taken, and no harm done (BI-6)


def mismatches(expect: Mapping[str, Any], census: Census, outcome: Outcome) -> list[Said]:
    """Return what does not hold; with `any_of`, nothing when one of the alternatives holds."""
    alternatives = expect.get("any_of")
    if not alternatives:
        return list(_mismatches(expect, census, outcome))
    common = {name: value for name, value in expect.items() if name != "any_of"}
    tried = [list(_mismatches(common | alternative, census, outcome)) for alternative in alternatives]
    if [] in tried:
        return []
    return [_none_of(tried, problems) for problems in tried]


def _mismatches(expect: Mapping[str, Any], census: Census, outcome: Outcome) -> Iterator[Said]:
    yield from _faults_arisen(expect, outcome)
    for name, wanted in expect.items():
        if name in _ARISEN:
            continue
        check = _CHECKS.get(name)
        if check is None:
            yield Said("`{}` is no expectation; known: {}", name, ", ".join(sorted(_CHECKS.keys() | _ARISEN)))
        else:
            yield from check(wanted, census, outcome)


def _none_of(tried: Sequence[object], problems: Sequence[Said]) -> Said:
    elements = tuple(dict.fromkeys(element for problem in problems for element in problem.elements))
    return Said("none of {} alternatives: {}", len(tried), "; ".join(problems), elements=elements)


#: Expectations about rejection and faults, which belong together.
_ARISEN = frozenset({"fault", "error", "rule", "fields"})


def _faults_arisen(expect: Mapping[str, Any], outcome: Outcome) -> Iterator[Said]:
    rejection = outcome.rejection
    if any(expect.get(name) for name in _ARISEN):
        if rejection is None and not outcome.new_faults and not outcome.is_ignored:
            kind = expect.get("fault") or expect.get("error") or expect.get("rule")
            yield Said("expected a fault ({}), but none arose", kind)
        yield from _is_that_rejection(expect, rejection)
        return
    if rejection is not None:
        yield Said("the step was rejected: {}: {}", type(rejection).__name__, rejection)
    for place, reason in outcome.new_faults.items():
        if place.element_id not in (expect.get("faults") or {}):
            yield Said("a fault arose at {}: {}", place.element_id, reason, elements=(place.element_id,))


def _is_that_rejection(expect: Mapping[str, Any], rejection: EngineError | None) -> Iterator[Said]:
    if (wanted := expect.get("error")) and type(rejection).__name__ != wanted:
        yield Said("expected the error {}, but got {}: {}", wanted, type(rejection).__name__, rejection)
    if wanted := expect.get("rule"):
        rule = rejection.rule if isinstance(rejection, NotPermitted) else None
        if rule != wanted:
            yield Said("expected the rule {} to forbid it, but got {}: {}", wanted, rule, rejection)
    if wanted := expect.get("fields"):
        found = sorted(rejection.errors) if isinstance(rejection, FormRejected) else []
        if found != sorted(wanted):
            yield Said("expected errors at the fields {}, but got {}: {}", sorted(wanted), found, rejection)


def _active_user_tasks(wanted: Mapping[str, int] | None, census: Census, _outcome: Outcome) -> Iterator[Said]:
    found = Counter(task.element_id for task in census.open_user_tasks())
    if dict(found) != dict(wanted or {}):
        elements = tuple(sorted({*found, *(wanted or ())}))
        yield Said("expected the user tasks {}, but {} wait", dict(wanted or {}), dict(found), elements=elements)


def _ended(wanted: bool, census: Census, _outcome: Outcome) -> Iterator[Said]:
    running = sum(census.roots().values())
    if wanted != (running == 0):
        template = "expected no instance to run, but {} do" if wanted else "expected an instance to run, but {} do"
        yield Said(template, running)


def _root_instances(wanted: int, census: Census, _outcome: Outcome) -> Iterator[Said]:
    running = sum(census.roots().values())
    if running != wanted:
        yield Said("expected {} running root instances, but there are {}", wanted, running)


def _happened(action: str) -> Callable[[Mapping[str, int], Census, Outcome], Iterator[Said]]:
    def check(wanted: Mapping[str, int], census: Census, _outcome: Outcome) -> Iterator[Said]:
        for element_id, count in wanted.items():
            if (found := census.times(action, element_id)) != count:
                template = "expected {} {} times at {}, but it was {} times"
                yield Said(template, action, count, element_id, found, elements=(element_id,))

    return check


def _variables(wanted: Mapping[str, Any], census: Census, _outcome: Outcome) -> Iterator[Said]:
    roots = list(census.roots())
    found = census.variables(roots[-1]) if roots else {}
    yield from _subset("variable", wanted, found)


def _local_variables(wanted: Mapping[str, Mapping[str, Any]], census: Census, _outcome: Outcome) -> Iterator[Said]:
    for element_id, values in wanted.items():
        key = census.newest_live(element_id)
        if key is None:
            template = "expected variables of {}, but no instance of it is alive"
            yield Said(template, element_id, elements=(element_id,))
        else:
            yield from _subset(f"variable of {element_id}", values, census.variables(key))


def _jobs(wanted: Mapping[str, Any] | None, census: Census, outcome: Outcome) -> Iterator[Said]:
    ready = [job for job in census.jobs(outcome.now) if job.can_be_activated]
    found = Counter(job.place.element_id for job in ready)
    for element_id, detail in (wanted or {}).items():
        details = dict(detail) if isinstance(detail, Mapping) else {"count": detail}
        count = details.pop("count", 1)
        if found.get(element_id, 0) != count:
            template = "expected {} jobs of {}, but {} can be handed out"
            yield Said(template, count, element_id, found.get(element_id, 0), elements=(element_id,))
        for job in ready:
            if job.place.element_id == element_id:
                actual = {"type": job.type, "retries": job.retries, "headers": dict(job.headers)}
                yield from _subset(f"job of {element_id}", details, actual)
    if not wanted and found:
        yield Said("expected no jobs, but of {} some can be handed out", ", ".join(found), elements=tuple(found))


def _faults(wanted: Mapping[str, int] | None, census: Census, _outcome: Outcome) -> Iterator[Said]:
    found = Counter(place.element_id for place in census.open_faults())
    expected = dict(wanted) if wanted else dict.fromkeys(found, 0)
    for element_id, count in expected.items():
        if found.get(element_id, 0) != count:
            template = "expected {} open faults at {}, but there are {}"
            yield Said(template, count, element_id, found.get(element_id, 0), elements=(element_id,))


def _task(wanted: Mapping[str, Mapping[str, Any]], census: Census, _outcome: Outcome) -> Iterator[Said]:
    for element_id, properties in wanted.items():
        row = census.newest_task(element_id)
        if row is None:
            yield Said("expected a user task of {}, but there was none", element_id, elements=(element_id,))
            continue
        for name, value in properties.items():
            found = row[_TASK_COLUMNS[name]]
            if not _same_property(value, found):
                template = "expected {} of {} to be {!r}, but it is {!r}"
                yield Said(template, name, element_id, value, found, elements=(element_id,))


def _same_property(wanted: Any, found: Any) -> bool:
    if isinstance(found, datetime):
        return wanted is not None and moment(wanted) == found
    if isinstance(found, list | tuple):
        return sorted(found) == sorted(wanted or [])
    return bool(wanted == found)


def _records(wanted: Mapping[str, Mapping[str, Any]], census: Census, _outcome: Outcome) -> Iterator[Said]:
    for number, values in wanted.items():
        found = census.record(number)
        if found is None:
            yield Said("expected the record {}, but there is none", number)
        else:
            yield from _subset(f"record {number}:", values, found)


def _notified(wanted: Mapping[str, int], census: Census, _outcome: Outcome) -> Iterator[Said]:
    found = census.notifications()
    for user, count in wanted.items():
        if found.get(user, 0) != count:
            template = "expected {} notifications to {} so far, but there are {}"
            yield Said(template, count, user, found.get(user, 0))


def _subset(what: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Said]:
    for name, value in wanted.items():
        actual = found.get(name)
        if isinstance(value, Mapping) and isinstance(actual, Mapping) and what.startswith("record"):
            yield from _subset(f"{what} {name}", value, actual)
        elif not same_json(value, actual):
            yield Said("expected {} to be {!r}, but it is {!r}", f"{what} {name}", value, actual)


def same_json(left: Any, right: Any) -> bool:
    """Return whether two JSON values are equal; 1 is 1.0, but true is not 1."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same_json(value, right[name]) for name, value in left.items())
    if isinstance(left, Sequence) and isinstance(right, Sequence) and not isinstance(left, str):
        return len(left) == len(right) and all(same_json(a, b) for a, b in zip(left, right, strict=True))
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def moment(value: Any) -> datetime:
    """Return the moment that a scenario names: ISO 8601 with a zone."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def duration(text: str) -> timedelta:
    """Return the duration that a scenario names: ISO 8601, in days of 24 hours and less."""
    parsed = parse_duration(text)
    if parsed.months:
        raise ValueError(f"{text}: a month has no fixed length; give days")
    return timedelta(days=parsed.days, microseconds=parsed.micros)


_CHECKS: Mapping[str, Callable[[Any, Census, Outcome], Iterator[Said]]] = {
    "active_user_tasks": _active_user_tasks,
    "ended": _ended,
    "root_instances": _root_instances,
    "completed": _happened("element_completed"),
    "cancelled": _happened("element_canceled"),
    "variables": _variables,
    "local_variables": _local_variables,
    "jobs": _jobs,
    "faults": _faults,
    "task": _task,
    "records": _records,
    "notified": _notified,
}
