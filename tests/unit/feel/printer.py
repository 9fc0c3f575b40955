"""Expressions back to text, fully bracketed: the third part of parse, print, parse."""

from __future__ import annotations

from engine.feel import ast
from engine.feel.values import literal


def printed(node: ast.Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case per kind of node
    """Return text that parses to the same tree."""
    match node:
        case ast.Literal(value=value):
            return literal(value)
        case ast.Name(name=name):
            return name
        case ast.Path(source=source, name=name):
            return f"({printed(source)}).{name}"
        case ast.Filter(source=source, condition=condition):
            return f"({printed(source)})[{printed(condition)}]"
        case ast.Negation(operand=operand):
            return f"-({printed(operand)})"
        case ast.Arithmetic(operator=operator, left=left, right=right):
            return f"({printed(left)}) {operator} ({printed(right)})"
        case ast.Comparison(operator=operator, left=left, right=right):
            return f"({printed(left)}) {operator} ({printed(right)})"
        case ast.Logical(operator=operator, operands=operands):
            return f" {operator} ".join(f"({printed(operand)})" for operand in operands)
        case ast.Between(value=value, low=low, high=high):
            return f"({printed(value)}) between ({printed(low)}) and ({printed(high)})"
        case ast.If(condition=condition, consequence=consequence, alternative=alternative):
            return f"if {printed(condition)} then {printed(consequence)} else {printed(alternative)}"
        case ast.ListLiteral(items=items):
            return f"[{', '.join(printed(item) for item in items)}]"
        case ast.ContextLiteral(entries=entries):
            return "{" + ", ".join(f"{key}: {printed(value)}" for key, value in entries) + "}"
        case ast.RangeLiteral(start=start, end=end):
            opening, closing = "[" if node.start_included else "(", "]" if node.end_included else ")"
            return f"{opening}({printed(start)})..({printed(end)}){closing}"
        case ast.For(iterators=iterators, body=body):
            return f"for {_iterators(iterators)} return {printed(body)}"
        case ast.Quantified(quantifier=quantifier, iterators=iterators, condition=condition):
            return f"{quantifier} {_iterators(iterators)} satisfies {printed(condition)}"
        case ast.Call(callee=callee, arguments=arguments):
            return f"{printed(callee)}({', '.join(printed(argument) for argument in arguments)})"
    raise AssertionError(node)


def _iterators(iterators: tuple[ast.Iterator, ...]) -> str:
    return ", ".join(
        f"{each.name} in {printed(each.source)}" + ("" if each.end is None else f"..{printed(each.end)}")
        for each in iterators
    )
