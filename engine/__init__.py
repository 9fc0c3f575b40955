"""Runs any BPMN, DMN and form file; knows neither the web nor any word of a procedure.

`Engine` is the whole of it for a caller: `execute` a command, `ask` a query. Commands and queries
are frozen dataclasses; what they return and raise are values of `engine.model` and errors of
`engine.errors`. What else the package holds is its own affair.
"""

from engine.clock import Clock as Clock
from engine.clock import MovableClock as MovableClock
from engine.clock import ShiftedClock as ShiftedClock
from engine.clock import SystemClock as SystemClock
from engine.commands import *  # noqa: F403  # the verbs, listed once in engine/commands/__init__.py
from engine.engine import CommandReport as CommandReport
from engine.engine import Engine as Engine
from engine.engine import Settings as Settings
from engine.errors import *  # noqa: F403  # every deliberate error
from engine.files import Bucket as Bucket
from engine.files import FilePolicy as FilePolicy
from engine.files import FileRefusal as FileRefusal
from engine.files import FileSettings as FileSettings
from engine.intake import MailboxSettings as MailboxSettings
from engine.model import *  # noqa: F403  # every value and closed set
from engine.outbox import OutgoingSettings as OutgoingSettings
from engine.outbox import SmtpSecurity as SmtpSecurity
from engine.outbox import SmtpSettings as SmtpSettings
from engine.queries import *  # noqa: F403  # the questions, listed once in engine/queries/__init__.py
