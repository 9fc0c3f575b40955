"""A browser and the product for the benchmark of the pages."""

from tests.browser.conftest import browser
from tests.browser.journeys.conftest import furnished, site
from tests.conftest import sqlite_template

__all__ = ["browser", "furnished", "site", "sqlite_template"]
