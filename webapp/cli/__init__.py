"""The command line: `clause8`."""

from webapp.cli.main import main

__all__ = ["main"]
