"""Which function compiles which node."""

from __future__ import annotations

from collections.abc import Callable

from ..ast import Node
from .scope import Closure, Compiler, Scope

_COMPILERS: dict[type[Node], Compiler] = {}


def compiles(kind: type[Node]) -> Callable[[Compiler], Compiler]:
    """Register the function that compiles nodes of a class."""

    def register(compiler: Compiler) -> Compiler:
        _COMPILERS[kind] = compiler
        return compiler

    return register


def closure(node: Node, scope: Scope) -> Closure:
    """Return the closure that evaluates a node in a frame."""
    return _COMPILERS[type(node)](node, scope)
