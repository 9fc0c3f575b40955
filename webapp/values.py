"""How JSON values of records and forms are written for a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from engine import Label, Relation
from webapp.i18n import day, full_moment, gettext, mark, number, words

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DURATION = re.compile(r"P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_UNITS = ("B", "kB", "MB", "GB")
_STEP = 1000


def shown(value: Any) -> str:
    """Return a JSON value in the reader's language; nothing is a dash."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, Label):
        return words(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return "\n".join(shown(item) for item in value) if _has_objects(value) else ", ".join(map(shown, value))
    return _object(value) if isinstance(value, Mapping) else str(value)


def _text(value: str) -> str:
    try:
        if _MOMENT.match(value):
            moment = datetime.fromisoformat(value)
            return full_moment(moment) if moment.tzinfo else value.replace("T", " ")
        if _DAY.fullmatch(value):
            return day(date.fromisoformat(value))
    except ValueError:
        return value
    return _duration(value) if _DURATION.fullmatch(value) else value


def _duration(value: str) -> str:
    found = _DURATION.fullmatch(value)
    names = (gettext("%(count)s days"), gettext("%(count)s hours"), gettext("%(count)s minutes"))
    counts = found.groups() if found else ()
    return " ".join(name % {"count": count} for name, count in zip(names, counts, strict=False) if count) or value


def _has_objects(values: list[Any]) -> bool:
    return any(isinstance(item, Mapping) for item in values)


def _object(value: Mapping[str, Any]) -> str:
    """Return the name of a file or record, else all parts."""
    for name in ("name", "title", "number"):
        if isinstance(value.get(name), str):
            return str(value[name])
    return " · ".join(shown(part) for part in value.values() if part not in (None, "", [], {}))


def first_words(labels: tuple[Label, ...]) -> str:
    """Return the only word of a value, or nothing."""
    return words(labels[0]) if len(labels) == 1 else ""


def filesize(size: int) -> str:
    """Return a size in bytes in the largest unit that keeps a digit before the point."""
    amount, unit = float(size), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    return f"{number(round(amount, 1 if unit else 0))} {_UNITS[unit]}"


def markdown(text: str) -> Markup:
    """Return paragraphs, headings and bold words of a form's text; everything else is shown as typed."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    return Markup("\n").join(_block(block) for block in blocks)


def _block(block: str) -> Markup:
    level = len(block) - len(block.lstrip("#"))
    # Escaped before the tags are put in: the author's text never becomes markup.
    words = Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(block.lstrip("#").strip()))))  # noqa: S704
    if level:
        return Markup('<p class="form-heading">{}</p>').format(words)
    return Markup("<p>{}</p>").format(words)


#: Kinds of links, as they read from the record where the link starts and from the other one.
_RELATIONS = {
    "part_of": (mark("part of"), mark("has the part")),
    "raised_from": (mark("raised from"), mark("led to")),
    "caused_by": (mark("caused by"), mark("caused")),
    "resolved_by": (mark("resolved by"), mark("resolves")),
    "duplicates": (mark("duplicate of"), mark("has the duplicate")),
    "affects": (mark("affects"), mark("affected by")),
    "depends_on": (mark("depends on"), mark("needed by")),
}


def relation_words(relation: Relation) -> str:
    """Return how this record stands to the other one; a kind that content made up is shown as its code."""
    forward, backward = _RELATIONS.get(relation.kind, (relation.kind, relation.kind))
    return gettext(forward if relation.is_outgoing else backward)


def init_app(app: Flask) -> None:
    """Give the templates the filters."""
    app.jinja_env.filters.update(
        shown=shown, first_words=first_words, filesize=filesize, markdown=markdown, relation_words=relation_words
    )
