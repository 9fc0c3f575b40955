"""What service tasks may call inside a command: one file each, found by job type."""

from __future__ import annotations

from collections.abc import Mapping

from engine.connectors.clock import ClockTask
from engine.connectors.connector import Connector, ConnectorCall
from engine.connectors.duty import DutyNote
from engine.connectors.kpi import KpiFact
from engine.connectors.notices import Notify
from engine.connectors.people_eligible import PeopleEligible
from engine.connectors.people_of import PeopleOf
from engine.connectors.ports import InstancePort, KpiPort, NoticesPort, PeoplePort, Ports, RecordsPort
from engine.connectors.record_create import RecordCreate
from engine.connectors.record_link import RecordLinkage
from engine.connectors.record_open import RecordOpen
from engine.connectors.record_update import RecordUpdate
from engine.connectors.register_overlaps import RegisterOverlaps
from engine.connectors.register_read import RegisterRead
from engine.connectors.register_update import RegisterUpdate
from engine.connectors.snapshot import Snapshot

_ALL: tuple[Connector, ...] = (
    ClockTask(),
    DutyNote(),
    KpiFact(),
    Notify(),
    PeopleEligible(),
    PeopleOf(),
    RecordCreate(),
    RecordLinkage(),
    RecordOpen(),
    RecordUpdate(),
    RegisterOverlaps(),
    RegisterRead(),
    RegisterUpdate(),
    Snapshot(),
)

#: Job type -> connector.
CONNECTORS: Mapping[str, Connector] = {connector.type: connector for connector in _ALL}

__all__ = [
    "CONNECTORS",
    "Connector",
    "ConnectorCall",
    "InstancePort",
    "KpiPort",
    "NoticesPort",
    "PeoplePort",
    "Ports",
    "RecordsPort",
]
