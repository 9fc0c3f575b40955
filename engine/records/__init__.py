"""Records: numbered, linked, with people, duties and history."""

from engine.records.records import CLOSED, OPEN, REQUEST, Circumstances, Records

__all__ = ["CLOSED", "OPEN", "REQUEST", "Circumstances", "Records"]
