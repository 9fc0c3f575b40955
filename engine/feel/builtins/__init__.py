"""The built-in functions, one file per topic. `BUILTINS` finds them by name."""

from . import context_functions, conversions, lists, miscellaneous, numbers, range_functions, regexes, strings, temporal
from .registry import BUILTINS, Builtin

#: Importing them registers their functions.
TOPICS = (conversions, strings, regexes, numbers, lists, context_functions, temporal, range_functions, miscellaneous)

__all__ = ["BUILTINS", "TOPICS", "Builtin"]
