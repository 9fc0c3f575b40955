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


def mismatches(expect: Mapping[str, Any], census: Census, outcome: Outcome) -> list[str]:
    """Return what does not hold; with `any_of`, nothing when one of the alternatives holds."""
    alternatives = expect.get("any_of")
    if not alternatives:
        return list(_mismatches(expect, census, outcome))
    common = {name: value for name, value in expect.items() if name != "any_of"}
    tried = [list(_mismatches(common | alternative, census, outcome)) for alternative in alternatives]
    return [] if [] in tried else [f"none of {len(tried)} alternatives: {problems}" for problems in tried]


def _mismatches(expect: Mapping[str, Any], census: Census, outcome: Outcome) -> Iterator[str]:
    yield from _faults_arisen(expect, outcome)
    for name, wanted in expect.items():
        if name in _ARISEN:
            continue
        check = _CHECKS.get(name)
        if check is None:
            yield f"`{name}` is no expectation; known: {', '.join(sorted(_CHECKS.keys() | _ARISEN))}"
        else:
            yield from check(wanted, census, outcome)


#: Expectations about rejection and faults, which belong together.
_ARISEN = frozenset({"fault", "error", "rule", "fields"})


def _faults_arisen(expect: Mapping[str, Any], outcome: Outcome) -> Iterator[str]:
    rejection = outcome.rejection
    if any(expect.get(name) for name in _ARISEN):
        if rejection is None and not outcome.new_faults and not outcome.is_ignored:
            kind = expect.get("fault") or expect.get("error") or expect.get("rule")
            yield f"expected a fault ({kind}), but none arose"
        yield from _is_that_rejection(expect, rejection)
        return
    if rejection is not None:
        yield f"the step was rejected: {type(rejection).__name__}: {rejection}"
    for place, reason in outcome.new_faults.items():
        if place.element_id not in (expect.get("faults") or {}):
            yield f"a fault arose at {place.element_id}: {reason}"


def _is_that_rejection(expect: Mapping[str, Any], rejection: EngineError | None) -> Iterator[str]:
    if (wanted := expect.get("error")) and type(rejection).__name__ != wanted:
        yield f"expected the error {wanted}, but got {type(rejection).__name__}: {rejection}"
    if wanted := expect.get("rule"):
        rule = rejection.rule if isinstance(rejection, NotPermitted) else None
        if rule != wanted:
            yield f"expected the rule {wanted} to forbid it, but got {rule}: {rejection}"
    if wanted := expect.get("fields"):
        found = sorted(rejection.errors) if isinstance(rejection, FormRejected) else []
        if found != sorted(wanted):
            yield f"expected errors at the fields {sorted(wanted)}, but got {found}: {rejection}"


def _active_user_tasks(wanted: Mapping[str, int] | None, census: Census, _outcome: Outcome) -> Iterator[str]:
    found = Counter(task.element_id for task in census.open_user_tasks())
    if dict(found) != dict(wanted or {}):
        yield f"expected the user tasks {dict(wanted or {})}, but {dict(found)} wait"


def _ended(wanted: bool, census: Census, _outcome: Outcome) -> Iterator[str]:
    running = sum(census.roots().values())
    if wanted != (running == 0):
        yield f"expected {'no instance' if wanted else 'an instance'} to run, but {running} do"


def _root_instances(wanted: int, census: Census, _outcome: Outcome) -> Iterator[str]:
    running = sum(census.roots().values())
    if running != wanted:
        yield f"expected {wanted} running root instances, but there are {running}"


def _happened(action: str) -> Callable[[Mapping[str, int], Census, Outcome], Iterator[str]]:
    def check(wanted: Mapping[str, int], census: Census, _outcome: Outcome) -> Iterator[str]:
        for element_id, count in wanted.items():
            if (found := census.times(action, element_id)) != count:
                yield f"expected {action} {count} times at {element_id}, but it was {found} times"

    return check


def _variables(wanted: Mapping[str, Any], census: Census, _outcome: Outcome) -> Iterator[str]:
    roots = list(census.roots())
    found = census.variables(roots[-1]) if roots else {}
    yield from _subset("variable", wanted, found)


def _local_variables(wanted: Mapping[str, Mapping[str, Any]], census: Census, _outcome: Outcome) -> Iterator[str]:
    for element_id, values in wanted.items():
        key = census.newest_live(element_id)
        if key is None:
            yield f"expected variables of {element_id}, but no instance of it is alive"
        else:
            yield from _subset(f"variable of {element_id}", values, census.variables(key))


def _jobs(wanted: Mapping[str, Any] | None, census: Census, outcome: Outcome) -> Iterator[str]:
    ready = [job for job in census.jobs(outcome.now) if job.can_be_activated]
    found = Counter(job.place.element_id for job in ready)
    for element_id, detail in (wanted or {}).items():
        details = dict(detail) if isinstance(detail, Mapping) else {"count": detail}
        count = details.pop("count", 1)
        if found.get(element_id, 0) != count:
            yield f"expected {count} jobs of {element_id}, but {found.get(element_id, 0)} can be handed out"
        for job in ready:
            if job.place.element_id == element_id:
                actual = {"type": job.type, "retries": job.retries, "headers": dict(job.headers)}
                yield from _subset(f"job of {element_id}", details, actual)
    if not wanted and found:
        yield f"expected no jobs, but of {', '.join(found)} some can be handed out"


def _faults(wanted: Mapping[str, int] | None, census: Census, _outcome: Outcome) -> Iterator[str]:
    found = Counter(place.element_id for place in census.open_faults())
    expected = dict(wanted) if wanted else dict.fromkeys(found, 0)
    for element_id, count in expected.items():
        if found.get(element_id, 0) != count:
            yield f"expected {count} open faults at {element_id}, but there are {found.get(element_id, 0)}"


def _task(wanted: Mapping[str, Mapping[str, Any]], census: Census, _outcome: Outcome) -> Iterator[str]:
    for element_id, properties in wanted.items():
        row = census.newest_task(element_id)
        if row is None:
            yield f"expected a user task of {element_id}, but there was none"
            continue
        for name, value in properties.items():
            found = row[_TASK_COLUMNS[name]]
            if not _same_property(value, found):
                yield f"expected {name} of {element_id} to be {value!r}, but it is {found!r}"


def _same_property(wanted: Any, found: Any) -> bool:
    if isinstance(found, datetime):
        return wanted is not None and moment(wanted) == found
    if isinstance(found, list | tuple):
        return sorted(found) == sorted(wanted or [])
    return bool(wanted == found)


def _records(wanted: Mapping[str, Mapping[str, Any]], census: Census, _outcome: Outcome) -> Iterator[str]:
    for number, values in wanted.items():
        found = census.record(number)
        if found is None:
            yield f"expected the record {number}, but there is none"
        else:
            yield from _subset(f"record {number}:", values, found)


def _notified(wanted: Mapping[str, int], census: Census, _outcome: Outcome) -> Iterator[str]:
    found = census.notifications()
    for user, count in wanted.items():
        if found.get(user, 0) != count:
            yield f"expected {count} notifications to {user} so far, but there are {found.get(user, 0)}"


def _subset(what: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for name, value in wanted.items():
        actual = found.get(name)
        if isinstance(value, Mapping) and isinstance(actual, Mapping) and what.startswith("record"):
            yield from _subset(f"{what} {name}", value, actual)
        elif not same_json(value, actual):
            yield f"expected {what} {name} to be {value!r}, but it is {actual!r}"


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


_CHECKS: Mapping[str, Callable[[Any, Census, Outcome], Iterator[str]]] = {
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
