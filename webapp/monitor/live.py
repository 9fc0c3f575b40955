"""Pages that show how things stand now: the same address answers the page, or to the open page its living part."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

_HEADER = "X-Live"


def page_or_part(template: str, part: str, **facts: Any) -> str | Response:
    """Answer `template`; to `monitor/live.js` its `part` alone, or 304 when that is as it was."""
    if _HEADER not in request.headers:
        return render_template(template, **facts)
    answer = make_response(render_template(part, **facts))
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest())
    return answer.make_conditional(request)
