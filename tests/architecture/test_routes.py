"""Every page asks for a permission, or is on the short list of those that anybody may open."""

from __future__ import annotations

from typing import cast

import pytest
from flask import Flask

from engine import Engine
from webapp import WebSettings, create_app
from webapp.access import PUBLIC, needs, permissions_of

#: Longer only for a reason that a reviewer accepts.
PUBLIC_ENDPOINTS = {
    "static",
    "auth.log_in",
    "auth.submit_log_in",
    "auth.log_out",
    "auth.switch_language",
    "health.healthz",
    "ballots.show",  # the signed address of a link is the permission; the engine asks for a login at high risk
    "ballots.answer",
    "intake.alert",  # the token of the source is the permission
    "intake.mail",
    "people.choose_password",  # the address of a password link is the permission
    "people.save_password",
    "figures.metrics",  # asks for its token itself, or is for this machine alone
    "test_clock.advance",  # exists only when the settings ask for a test clock
}


@pytest.fixture
def app() -> Flask:
    """Give the application with every page; no request is made, so it needs no engine."""
    return create_app(cast("Engine", object()), WebSettings(secret_key="not used", has_test_clock=True))


def open_doors(app: Flask) -> set[str]:
    """Return the endpoints that ask for nothing at all, or are public without being on the list."""
    with app.app_context():
        asked = {rule.endpoint: permissions_of(rule.endpoint) for rule in app.url_map.iter_rules()}
    return {name for name, roles in asked.items() if not roles or (PUBLIC in roles and name not in PUBLIC_ENDPOINTS)}


def test_every_route_asks_for_a_permission(app: Flask) -> None:
    assert open_doors(app) == set()


def test_the_public_list_names_only_pages_that_exist(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= PUBLIC_ENDPOINTS


def test_what_changes_something_is_never_a_link(app: Flask) -> None:
    verbs = ("complete", "claim", "cancel", "retry", "publish", "assign", "submit", "add", "delete", "save")
    # A page that asks for confirmation answers GET under the address that POST acts on.
    acting = {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    linked = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.rpartition(".")[2].startswith(verbs) and rule.rule not in acting
    ]
    assert linked == []


def test_a_route_that_asks_for_nothing_is_noticed(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    app.add_url_rule("/too-open", "too_open", needs(PUBLIC)(lambda: ""))
    app.add_url_rule("/fine", "fine", needs("administrator")(lambda: ""))
    assert open_doors(app) == {"forgotten", "too_open"}
