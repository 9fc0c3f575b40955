"""String functions. Source: DMN 1.5, 10.3.4.3; characters are Unicode code points."""

from __future__ import annotations

import base64
import uuid as python_uuid
from decimal import Decimal

from ..evaluation import Evaluation
from ..values.numbers import truncated
from .registry import builtin


@builtin("substring(string: string, start position: number, length?: number)")
def substring(evaluation: Evaluation, string: str, start: Decimal, length: Decimal | None = None) -> object:
    """Positions count from 1; negative ones from the end."""
    first = truncated(start)
    count = len(string) if length is None else truncated(length)
    if first is None or count is None or count < 1 or first == 0 or abs(first) > len(string):
        return evaluation.null("substring: there is no such position or length")
    begin = first - 1 if first > 0 else len(string) + first
    return string[begin : begin + count]


@builtin("string length(string: string)")
def string_length(evaluation: Evaluation, string: str) -> Decimal:
    return Decimal(len(string))


@builtin("upper case(string: string)")
def upper_case(evaluation: Evaluation, string: str) -> str:
    return string.upper()


@builtin("lower case(string: string)")
def lower_case(evaluation: Evaluation, string: str) -> str:
    return string.lower()


@builtin("substring before(string: string, match: string)")
def substring_before(evaluation: Evaluation, string: str, match: str) -> str:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after(string: string, match: string)")
def substring_after(evaluation: Evaluation, string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@builtin("contains(string: string, match: string)")
def contains(evaluation: Evaluation, string: str, match: str) -> bool:
    return match in string


@builtin("starts with(string: string, match: string)")
def starts_with(evaluation: Evaluation, string: str, match: str) -> bool:
    return string.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(evaluation: Evaluation, string: str, match: str) -> bool:
    return string.endswith(match)


@builtin("string join(list: list, delimiter?: string|Null, prefix?: string|Null, suffix?: string|Null)")
def string_join(
    evaluation: Evaluation,
    items: list[object],
    delimiter: str | None = None,
    prefix: str | None = None,
    suffix: str | None = None,
) -> object:
    """Nulls are left out; prefix and suffix are Camunda's."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        return evaluation.null("string join takes a list of strings")
    total = sum(len(str(text)) for text in texts) + len(delimiter or "") * len(texts)
    evaluation.budget.spend_text(total)
    return (prefix or "") + (delimiter or "").join(str(text) for text in texts) + (suffix or "")


@builtin("trim(string: string)")
def trim(evaluation: Evaluation, string: str) -> str:
    return string.strip()


@builtin("is blank(string: string)")
def is_blank(evaluation: Evaluation, string: str) -> bool:
    return not string.strip()


@builtin("uuid()")
def uuid(evaluation: Evaluation) -> str:
    return str(python_uuid.uuid4())


@builtin("to base64(value: string)")
def to_base64(evaluation: Evaluation, value: str) -> str:
    return base64.b64encode(value.encode("utf-8", "surrogatepass")).decode("ascii")
