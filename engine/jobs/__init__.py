"""The pump: an alarm that runs due rows. Rows are the truth; losing the alarm only costs time."""

from engine.jobs.embedded import EmbeddedPump
from engine.jobs.ports import DueWork, Pump

__all__ = ["DueWork", "EmbeddedPump", "Pump"]
