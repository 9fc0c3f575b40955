"""Which procedure a mail goes to, by its address and subject: content of kind `mail_in`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from engine.errors import DefinitionInvalid
from engine.model import Finding, Label

_MOST_ROUTES = 200


@dataclass(frozen=True, slots=True)
class Route:
    """Mails to an address (`*` stands for anything) with one of the words in the subject become a message."""

    message: str
    to: str = "*"
    subject: tuple[str, ...] = ()  #: empty: any subject
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Routes:
    """What the content says of mails that come in."""

    routes: tuple[Route, ...] = ()
    reply: str = ""  #: message to the process of the record that a mail answers
    supplier_reply: str = ""  #: the same, from an address of a supplier
    suppliers: tuple[str, ...] = ()  #: domains
    keepers: tuple[str, ...] = ()  #: groups that decide about parked mails, beside administrators


def parse_routes(documents: Sequence[Mapping[str, Any]]) -> Routes:
    """Return what documents `kind: mail_in` say, the first rule that fits counts; raises DefinitionInvalid.

    A document is {routes: [{to, subject: [words], message, label: {en, id}}], reply, supplier_reply,
    suppliers: [domain], keepers: [group]}.
    """
    routes: list[Route] = []
    reply = supplier_reply = ""
    suppliers: list[str] = []
    keepers: list[str] = []
    for document in documents:
        entries = document.get("routes") or []
        if not isinstance(entries, list) or len(entries) > _MOST_ROUTES:
            raise _invalid("routes")
        routes += [_route(entry) for entry in entries]
        reply = str(document.get("reply") or reply)
        supplier_reply = str(document.get("supplier_reply") or supplier_reply)
        suppliers += [str(domain).lower() for domain in document.get("suppliers") or []]
        keepers += [str(group) for group in document.get("keepers") or []]
    return Routes(tuple(routes), reply, supplier_reply, tuple(suppliers), tuple(keepers))


def route_of(routes: Sequence[Route], recipients: Sequence[str], subject: str) -> Route | None:
    """Return the first route that fits; None when none does."""
    words = subject.lower()
    for route in routes:
        is_to = route.to == "*" or any(fnmatchcase(address, route.to.lower()) for address in recipients)
        if is_to and (not route.subject or any(word.lower() in words for word in route.subject)):
            return route
    return None


def _route(entry: Any) -> Route:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("message"), str) or not entry["message"]:
        raise _invalid("message")
    words = entry.get("subject") or []
    label = entry.get("label") or {}
    if not isinstance(words, list) or not isinstance(label, Mapping):
        raise _invalid(str(entry["message"]))
    name = entry["message"]
    shown = Label(str(label.get("en") or name), str(label.get("id") or label.get("en") or name))
    return Route(name, str(entry.get("to") or "*"), tuple(str(word) for word in words), shown)


def _invalid(place: str) -> DefinitionInvalid:
    reason = Label(f"The routes of mails are wrong at {place}.", f"Aturan surel masuk salah pada {place}.")
    cure = Label(
        "Each route needs message; to is an address, subject a list of words.",
        "Setiap aturan memerlukan message; to berisi alamat, subject daftar kata.",
    )
    return DefinitionInvalid([Finding("mail_in", None, place, reason, cure, rule="mail_in")])
