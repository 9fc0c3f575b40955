"""A browser and the product for the benchmark of the pages."""

from tests.browser.conftest import browser
from tests.browser.journeys.conftest import furnished, site
from tests.conftest import postgres_template, postgres_url, sqlite_template

__all__ = ["browser", "furnished", "postgres_template", "postgres_url", "site", "sqlite_template"]
