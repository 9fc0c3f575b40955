"""Seals a value: the same content always gives the same hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from engine.connectors.after import do_afterwards
from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class Snapshot:
    """value (anything) -> hash: hexadecimal SHA-256 of its canonical JSON. May notify, count and link afterwards.

    The notices are about the record `number`, else about `value.number`.
    """

    type = "clause8:snapshot"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        value = parameters.value("value")
        named = value.get("number") if isinstance(value, Mapping) else None
        number = parameters.optional_text("number") or (named if isinstance(named, str) else None)
        do_afterwards(parameters, ports, number)
        return {"hash": digest(value)}


def digest(value: Any) -> str:
    """Return the SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
