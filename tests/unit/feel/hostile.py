"""Hostile expressions, and a program that measures them: one process for each, which can only hurt itself.

`python -m tests.unit.feel.hostile` prints a line of JSON per expression: name, seconds of processor time, bytes,
outcome.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from engine.feel import FeelError, evaluate, to_json

LONG_TEXT = 'string join(for i in 1..100000 return "xxxxxxxxx")'


def doubled(start: str, step: str, end: str) -> str:
    """Return an expression whose entries double 40 times."""
    entries = ", ".join(f"a{i}: {step.replace('#', f'a{i - 1}')}" for i in range(1, 40))
    return f"{{a0: {start}, {entries}, r: {end.replace('#', 'a39')}}}.r"


HOSTILE = {
    "brackets": "(" * 5000 + "1" + ")" * 5000,
    "lists": "[" * 300 + "]" * 300,
    "minus": "-" * 5000 + "1",
    "if": "if true then " * 500 + "1" + " else 2" * 500,
    "sum": "1" + "+1" * 3000,
    "power": "9**9**9**9**9",
    "root": "(-8) ** (1/3)",
    "range": "count(for i in 1..10000000000 return i)",
    "loops": "for a in 1..1000, b in 1..1000, c in 1..1000 return 1",
    "regex": 'matches("' + "a" * 60 + 'b", "(a|aa)+$")',
    "replace": 'replace("' + "a" * 60 + 'b", "(a|aa)+$", "x")',
    "groups": 'matches("a", "' + "(" * 900 + "a" + ")" * 900 + '")',
    "counts": 'matches("a", "(a{999}){999}")',
    "regexes in a loop": 'for i in 1..1000 return matches("' + "a" * 24 + 'b", "(a|aa)+$")',
    "endless recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "mutual recursion": "{f: function(g) g(g), r: f(f)}.r",
    "fibonacci": "{f: function(n) if n < 2 then n else f(n-1) + f(n-2), r: f(50)}.r",
    "flatten": doubled("[1]", "[#, #]", "flatten(#)"),
    "shown": doubled("[1]", "[#, #]", "string(#)"),
    "json": doubled("[1]", "[#, #]", "to json(#)"),
    "returned": doubled("[1]", "[#, #]", "#"),
    "path": doubled("[{x: 1}]", "[#, #]", "#.x"),
    "distinct": doubled("[1]", "[#, #]", "distinct values(#)"),
    "concatenate": doubled("[1]", "concatenate(#, #)", "count(#)"),
    "text": doubled('"0123456789"', "# + #", "#"),
    "partial": "for i in 1..1000000 return partial",
    "deep result": "for i in 1..5000 return [partial[-1]]",
    "deep context": 'context put({}, for i in 1..10000 return "a", 1)',
    "class": '"".__class__.__mro__',
    "import": '__import__("os").system("true")',
    "zone": 'time("10:00:00@/etc/localtime")',
    "literal of 3 MB": "9" * 3_000_000,
    "text of 3 MB": '"' + "x" * 3_000_000 + '"',
    "surrogate": '"\ud800"',
    "escaped surrogate": '"\\ud800"',
    "duration": 'duration("P1Y") * 1e6000',
    "exponent": "1e999999999",
    "round": "round up(1e6000, -5000)",
    "sort": "sort(for i in 1..100000 return i, function(x, y) x > y)",
    "duplicates": "duplicate values(for i in 1..5000 return i)",
    "join": 'string join(for i in 1..200000 return "xxxxxxxxxxxxxxxxxxxxxxxxxx")',
    "from json": 'from json("' + "[" * 50_000 + '")',
    # What loops over much, without making anything.
    **{
        f"{function} in a loop": f"{{a: for i in 1..100000 return i, r: for i in 1..1000 return {function}(a)}}.r"
        for function in "sum|max|mean|median|stddev|mode|product|all|to json|string|sort".split("|")
    },
    "contains in a loop": f'{{a: {LONG_TEXT}, r: for i in 1..100000 return contains(a, "xxxxxxxxxy")}}.r',
    "lower case in a loop": f"{{a: {LONG_TEXT}, r: for i in 1..100000 return string length(lower case(a))}}.r",
    "equal texts in a loop": f'{{a: {LONG_TEXT}, b: a + "", r: some i in 1..250000 satisfies a != b}}.r',
    "entries in a loop": "{a: context(for i in 1..50000 return {key: string(i), value: i}), "
    "r: for i in 1..1000 return get entries(a)}.r",
    "equal lists in a loop": "{a: for i in 1..100000 return i, r: every i in 1..1000 satisfies a = a}.r",
    "paths in a loop": "{a: for i in 1..50000 return {b: i}, r: for i in 1..1000 return a.b}.r",
    "json in a loop": '{t: "{\\"a\\":[" + string join(for i in 1..100000 return "0.5", ",") + "]}", '
    "r: for j in 1..60 return from json(t)}.r",
    "sort with a loop": "sort(for i in 1..3000 return i, function(x, y) some z in 1..1000 satisfies z = x)",
    "exp in a loop": "for i in 1..100000 return exp(1.23456789 + i / 100000)",
    "zones in a loop": 'for i in 1..100000 return date and time(@"2020-01-01T00:00:00Z", "Europe/Paris")',
    "all days": 'for d in @"2000-01-01"..@"999999999-01-01" return d',
    "long numbers": "for i in 1..200000 return string(1e6000)",
    "fine power": "for i in 1..10000 return 1.0000001 ** (1000000.5 + i)",
    "matches everywhere": 'extract(string join(for i in 1..100000 return "aaaaaaaa"), "a")',
    "growing replacement": f'replace({LONG_TEXT}, "x", "{"$0" * 500}")',
    # What is long rather than deep.
    "names of two words": "{" + ",".join(f"k {number}:1" for number in range(9000)) + "}",
    "named arguments": "f(" + ",".join(f"n {number}:1" for number in range(9000)) + ")",
    "iterators": "for " + ",".join(f"i{number} in [1,2]" for number in range(3000)) + " return 1",
    "items": "[" + "1," * 45_000 + "1]",
    "words": "a " * 49_000,
    "long path": "a" + ".b" * 49_000,
    "filters": "a" + "[1]" * 33_000,
    "calls": "a" + "()" * 49_000,
    "types": "1 instance of " + "list<" * 19_000,
    "dots": "." * 100_000,
    "open comments": "/*" * 50_000,
    "open text": '@"' * 50_000,
    "NUL": "\0",
    "NUL in a text": '"\0" + "\0"',
    "attributes": "{}.__dict__.__class__",
    "format": '"{0.__class__}".format(1)',
}


@dataclass(frozen=True)
class Measured:
    """What one expression took."""

    name: str
    seconds: float
    bytes: int
    outcome: str


def measured(name: str) -> Measured:
    """Return what evaluating an expression took, in a child of this process."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, _outcome(HOSTILE[name]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        outcome = pipe.read()
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    return Measured(name, seconds, usage.ru_maxrss * 1024, outcome or f"died {status}")


def _outcome(text: str) -> str:
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    try:
        to_json(evaluate(text, {}))
    except FeelError as error:
        return type(error).__name__
    except BaseException as error:
        return f"raised {type(error).__name__}"
    return "value"


def lines() -> Iterator[str]:
    """Yield one line per expression."""
    for name in HOSTILE:
        yield json.dumps(asdict(measured(name)))


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines())
