"""Context functions. Source: DMN 1.5, 10.3.4.10; the overloads with several keys are Camunda's."""

from __future__ import annotations

from ..evaluation import Evaluation
from ..values import Context, entries, entry
from .registry import builtin

ContextValue = dict[str, object]


@builtin("get value(m: context, key: string)")
def get_value(evaluation: Evaluation, context: ContextValue, key: str) -> object:
    return entry(context, key) if key in context else evaluation.null("there is no entry {}", key[:50])


@builtin("get value(context: context, keys: list)")
def get_nested_value(evaluation: Evaluation, context: ContextValue, keys: list[object]) -> object:
    if not keys:
        return evaluation.null("get value takes at least one key")
    value: object = context
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return evaluation.null("there is no entry {}", str(key)[:50])
        value = entry(value, str(key))
    return value


@builtin("get entries(m: context)")
def get_entries(evaluation: Evaluation, context: ContextValue) -> list[object]:
    return [Context(key=key, value=value) for key, value in entries(context)]


@builtin("context(entries: list)")
def context_(evaluation: Evaluation, pairs: list[object]) -> object:
    """The reverse of get entries."""
    made = Context()
    for pair in pairs:
        if not isinstance(pair, dict) or not {"key", "value"} <= pair.keys():
            return evaluation.null("context takes contexts with the entries key and value")
        key = entry(pair, "key")
        if not isinstance(key, str) or key in made:
            return evaluation.null("context takes texts as keys, each once")
        made[key] = entry(pair, "value")
    return made


@builtin("context put(context: context, key: string, value: any)")
@builtin("put(context: context, key: string, value: any)")
def context_put(evaluation: Evaluation, context: ContextValue, key: str, value: object) -> Context:
    evaluation.budget.spend(len(context))
    return Context(_read(context), **{key: value})


def _read(context: ContextValue) -> Context:
    return Context(entries(context))


@builtin("context put(context: context, keys: list, value: any)")
def context_put_nested(evaluation: Evaluation, context: ContextValue, keys: list[object], value: object) -> object:
    """Missing contexts on the way are made."""
    if not keys or not all(isinstance(key, str) for key in keys):
        return evaluation.null("context put takes at least one text as key")
    result = _read(context)
    inside = result
    for key in keys[:-1]:
        inner = inside.get(str(key))
        if inner is not None and not isinstance(inner, dict):
            return evaluation.null("the entry {} is no context", str(key)[:50])
        evaluation.budget.spend(1 + len(inner or ()))
        inside[str(key)] = step = _read(inner or {})
        inside = step
    inside[str(keys[-1])] = value
    return result


@builtin("context merge(contexts: list)")
@builtin("put all(...contexts: context)")
def context_merge(evaluation: Evaluation, *arguments: object) -> object:
    """Later entries replace earlier ones."""
    contexts = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else arguments
    merged = Context()
    for context in contexts:
        if not isinstance(context, dict):
            return evaluation.null("context merge takes contexts")
        evaluation.budget.spend(len(context))
        merged.update(_read(context))
    return merged
