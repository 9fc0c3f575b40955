"""Execution faults that wait for an operator."""

from __future__ import annotations

from sqlalchemy import select

from engine.model import ElementInstanceKey, Fault, FaultKey, FaultState, JobKey, Label, ProcessInstanceKey
from engine.store.tables import fault
from engine.store.unit_of_work import UnitOfWork


class FaultRows:
    """Faults of one unit of work; the delta opens and resolves them."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get_open(self, key: int) -> Fault | None:
        """Return an open fault."""
        query = select(fault).where(fault.c.key == key, fault.c.state == FaultState.OPEN.value)
        row = self._work.execute(query).one_or_none()
        if row is None:
            return None
        element_key = row.element_instance_key
        return Fault(
            key=FaultKey(row.key),
            process_instance_key=ProcessInstanceKey(row.instance_key),
            element_instance_key=None if element_key is None else ElementInstanceKey(element_key),
            element_id=row.element_id,
            job_key=None if row.job_key is None else JobKey(row.job_key),
            kind=row.kind,
            reason=Label(row.reason_en, row.reason_id),
            state=FaultState.OPEN,
            opened_at=row.opened_at,
            resolved_at=None,
        )

    def open_of(self, instance_key: int) -> list[FaultKey]:
        """Return the open faults of an instance, the oldest first."""
        mine = (fault.c.instance_key == instance_key, fault.c.state == FaultState.OPEN.value)
        return [
            FaultKey(key)
            for key in self._work.execute(select(fault.c.key).where(*mine).order_by(fault.c.key)).scalars()
        ]
