"""Nodes to Python closures, one file per group of nodes."""

from . import atoms, calls, composites, operators, tests
from .dispatch import closure
from .scope import Closure, Frame, Scope, Unit

#: Importing them registers what they compile.
NODE_GROUPS = (atoms, calls, composites, operators, tests)

__all__ = ["NODE_GROUPS", "Closure", "Frame", "Scope", "Unit", "closure"]
