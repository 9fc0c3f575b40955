"""Trying before publishing: decisions with sample inputs, forms as the inbox draws them, expressions with values."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template, request
from werkzeug.exceptions import BadRequest

from engine import (
    CommandRejected,
    DefinitionInvalid,
    InstanceValues,
    PreviewForm,
    TriableDecisions,
    TryDecision,
    TryExpression,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import words
from webapp.modeller.blueprint import EDITORS, pages


@pages.post("/drafts/<int:key>/decisions")
@needs(*EDITORS)
def decisions(key: int) -> Response | tuple[Response, int]:
    """Answer the decisions of the editor's content with the inputs that each needs."""
    try:
        found = engine().ask(TriableDecisions(content=request.get_data(), actor=actor()))
    except DefinitionInvalid as error:
        return jsonify(message=words(error.label)), 422
    return jsonify(
        decisions=[
            {
                "id": one.id,
                "name": one.name,
                "inputs": [{"name": entry.name, "type": entry.type} for entry in one.inputs],
            }
            for one in found
        ]
    )


@pages.post("/drafts/<int:key>/try")
@needs(*EDITORS)
def try_decision(key: int) -> Response | tuple[Response, int]:
    """Answer what a decision of the editor's content decides for sample inputs, and which rules fired.

    Takes JSON: {"content": DMN, "decision": id, "variables": {name: value}}.
    """
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, dict) or not isinstance(asked.get("variables"), dict):
        raise BadRequest
    content, decision = str(asked.get("content", "")), str(asked.get("decision", ""))
    query = TryDecision(content=content.encode(), decision_id=decision, variables=asked["variables"], actor=actor())
    try:
        found = engine().ask(query)
    except (DefinitionInvalid, CommandRejected) as error:
        return jsonify(message=words(error.label)), status_of(error)
    return jsonify(found)


@pages.post("/drafts/<int:key>/preview")
@needs(*EDITORS)
def preview(key: int) -> str | tuple[str, int]:
    """Answer the form in the editor as the inbox would draw it, as a part of a page."""
    try:
        form = engine().ask(PreviewForm(content=request.get_data(), actor=actor()))
    except DefinitionInvalid as error:
        return render_template("modeller/_preview.html", form=None, findings=error.findings), 200
    return render_template("modeller/_preview.html", form=form, findings=())


@pages.post("/expressions/try")
@needs(*EDITORS)
def try_expression() -> Response | tuple[Response, int]:
    """Answer what an expression gives, why parts of it are null, and where a mistake stands.

    Takes JSON: {"expression": text, "variables": {name: value}, "is_test": bool, "input": value}.
    """
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, dict) or not isinstance(asked.get("variables"), dict):
        raise BadRequest
    query = TryExpression(
        expression=str(asked.get("expression", "")),
        variables=asked["variables"],
        is_test=bool(asked.get("is_test")),
        input=asked.get("input"),
        actor=actor(),
    )
    try:
        found = engine().ask(query)
    except CommandRejected as error:
        return jsonify(message=words(error.label)), status_of(error)
    places = [found.error] if found.error else list(found.mistakes)
    return jsonify(
        value=found.value,
        type=found.type,
        hasValue=found.error is None,
        mistakes=[{"line": one.line, "column": one.column, "reason": words(one.reason)} for one in places],
        warnings=[words(warning) for warning in found.warnings],
        names=found.names,
    )


@pages.get("/expressions/values")
@needs(*EDITORS)
def instance_values() -> Response | tuple[Response, int]:
    """Answer the variables of the instance that `instance` names, by number or key."""
    try:
        found = engine().ask(InstanceValues(name=request.args.get("instance", ""), actor=actor()))
    except CommandRejected as error:
        return jsonify(message=words(error.label)), status_of(error)
    return jsonify(variables=found)
