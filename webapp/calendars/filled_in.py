"""The form of a calendar: from the document to rows of inputs, and from what was submitted back to the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from engine import Finding, Label
from webapp.calendars.wording import WEEKDAYS

#: Rows that are empty and wait for something new.
BLANK_HOLIDAYS, BLANK_PERIODS = 4, 1
#: In the hours of a period: the day is closed. An empty field keeps the usual hours.
CLOSED = "-"
_PLACE = re.compile(r"(\w+)(?:\.(\w+)|\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class CalendarForm:
    """What the page shows to be changed."""

    document: Mapping[str, Any]
    version: int
    years: tuple[int, ...]  #: whose holidays are shown; others stay as they are
    comment: str = ""
    problems: Mapping[str, Sequence[Label]] = field(default_factory=dict)  #: by anchor of the page; "" = of the whole

    @property
    def holidays(self) -> list[dict[str, str]]:
        """Return the rows of the years shown, as text, then some empty ones."""
        listed = [row for row in self.document.get("holidays") or () if self._is_shown(row)]
        rows = [{name: str(row.get(name) or "") for name in ("date", "kind", "en", "id")} for row in listed]
        return [*rows, *({"date": "", "kind": "national", "en": "", "id": ""} for _ in range(BLANK_HOLIDAYS))]

    @property
    def periods(self) -> list[dict[str, Any]]:
        """Return the periods of other hours as text, then an empty one."""
        found: list[dict[str, Any]] = [
            {
                "from": str(one.get("from") or ""),
                "to": str(one.get("to") or ""),
                "week": {day: ", ".join(hours) or CLOSED for day, hours in (one.get("week") or {}).items()},
            }
            for one in self.document.get("overrides") or ()
        ]
        return [*found, *({"from": "", "to": "", "week": {}} for _ in range(BLANK_PERIODS))]

    def _is_shown(self, row: Mapping[str, Any]) -> bool:
        year = str(row.get("date"))[:4]
        return not year.isdigit() or int(year) in self.years


def submitted_calendar(form: MultiDict[str, str], known: Mapping[str, Any], years: Sequence[int]) -> dict[str, Any]:
    """Return the document that a form means; holidays of years that it did not show are those of `known`."""
    kept = [row for row in known.get("holidays") or () if int(str(row["date"])[:4]) not in years]
    return {
        "kind": "calendar",
        "name": known.get("name") or form.get("name", "").strip(),
        "en": form.get("en", "").strip(),
        "id": form.get("id", "").strip(),
        "zone": form.get("zone", "").strip(),
        "week": {day: _hours(form.get(f"week-{day}", "")) for day in WEEKDAYS if form.get(f"week-{day}", "").strip()},
        "closes_on_cuti_bersama": "closes" in form,
        "owners": [name for part in form.get("owners", "").split(",") if (name := part.strip())],
        "overrides": list(_periods(form)),
        "holidays": sorted([*kept, *_holidays(form)], key=lambda row: str(row["date"])),
    }


def by_anchor(findings: Sequence[Finding], document: Mapping[str, Any], form: CalendarForm) -> dict[str, list[Label]]:
    """Return what is wrong by the anchor of the field that it is about."""
    found: dict[str, list[Label]] = {}
    for finding in findings:
        anchor = _anchor(finding.element_id or "", document, form)
        text = Label(f"{finding.reason.en} {finding.cure.en}", f"{finding.reason.id} {finding.cure.id}")
        found.setdefault(anchor, []).append(text)
    return found


def _anchor(place: str, document: Mapping[str, Any], form: CalendarForm) -> str:
    match = _PLACE.match(place)
    if match is None:
        return ""
    name, day, number = match.groups()
    if name == "week":
        return f"week-{day}" if day in WEEKDAYS else "week-mon"
    if name == "overrides" and number is not None:
        return f"period-{number}-from"
    if name == "holidays" and number is not None and int(number) < len(document["holidays"]):
        row = document["holidays"][int(number)]
        shown = [(one["date"], one["id"]) for one in form.holidays]
        key = (str(row.get("date") or ""), str(row.get("id") or ""))
        return f"holiday-{shown.index(key)}-date" if key in shown else ""
    return name if name in {"name", "zone"} else ""


def _hours(text: str) -> list[str]:
    return [
        part
        for part in re.split(r"[,;]\s*|\s+(?=\d)", re.sub(r"\s*[-–]\s*", "-", text.replace(".", ":").strip()))
        if part
    ]


def _periods(form: MultiDict[str, str]) -> Iterator[dict[str, Any]]:
    for number in range(len(form.getlist("period-from"))):
        first, last = form.getlist("period-from")[number].strip(), form.getlist("period-to")[number].strip()
        texts = {day: form.getlist(f"period-{day}")[number].strip() for day in WEEKDAYS}
        if first or last:
            week = {day: [] if text == CLOSED else _hours(text) for day, text in texts.items() if text}
            yield {"from": first, "to": last, "week": week}


def _holidays(form: MultiDict[str, str]) -> Iterator[dict[str, str]]:
    columns = (form.getlist(f"holiday-{name}") for name in ("date", "kind", "id", "en"))
    for on, kind, indonesian, english in zip(*columns, strict=True):
        names = (english.strip() or indonesian.strip(), indonesian.strip() or english.strip())
        # A row without a date is a removed one.
        if on.strip():
            yield {"date": on.strip(), "kind": kind, "en": names[0], "id": names[1]}
