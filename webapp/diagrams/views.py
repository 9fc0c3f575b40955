"""The BPMN file of a deployed version, for the viewer on any page."""

from __future__ import annotations

from flask import Blueprint, Response, make_response

from engine import Diagram
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine

pages = Blueprint("diagrams", __name__)

#: A deployed version never changes; the browser keeps it for the person who asked.
_FOR_EVER = "private, max-age=31536000, immutable"


@pages.get("/diagrams/<int:process_definition_key>.bpmn")
@needs(PERSON)
def diagram(process_definition_key: int) -> Response:
    """Answer the file as it was deployed."""
    found = engine().ask(Diagram(process_definition_key=process_definition_key, actor=actor()))
    answer = make_response(found.content)
    answer.headers["Content-Type"] = "application/xml; charset=utf-8"
    answer.headers["Cache-Control"] = _FOR_EVER
    return answer
