"""The web application: HTTP, HTML and login. It holds no rule that another client could go around."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engine import Engine
from webapp import (
    access,
    assets,
    engine_access,
    errors,
    figures,
    health,
    i18n,
    logs,
    navigation,
    security,
    shell,
    test_clock,
    values,
)
from webapp.forms import rendering
from webapp.settings import WebSettings

__all__ = ["WebSettings", "create_app"]


def create_app(engine: Engine, settings: WebSettings) -> Flask:
    """Return the application that serves `engine`; it keeps no state of its own between requests."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_PARTS=5_000,
        MAX_FORM_MEMORY_SIZE=settings.max_request_bytes,
        SESSION_COOKIE_NAME="clause8_page",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["web_settings"] = settings
    engine_access.init_app(app, engine)
    for room in (logs, figures, i18n, assets, access, security, errors, health, shell, values, rendering):
        room.init_app(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    if settings.has_test_clock:
        test_clock.init_app(app)
    _add_page_groups(app)
    return app


def _add_page_groups(app: Flask) -> None:
    """Register every folder of this package that has a `views` module, and what it adds to the side bar."""
    items: list[navigation.NavigationItem] = []
    for views in _page_groups():
        app.register_blueprint(views.pages)
        items.extend(getattr(views, "NAVIGATION", ()))
    navigation.init_app(app, items)


def _page_groups() -> list[ModuleType]:
    names = [module.name for module in pkgutil.walk_packages(__path__, f"{__name__}.")]
    return [importlib.import_module(name) for name in names if name.endswith(".views")]
