"""Collects what is wrong with a file, so that one deployment names every problem at once."""

from __future__ import annotations

from engine.model import Finding, Label


class Findings:
    """The findings of one file, in the order of discovery."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.all: list[Finding] = []

    @property
    def errors(self) -> list[Finding]:
        """Return those that refuse the deployment."""
        return [finding for finding in self.all if finding.is_error]

    @property
    def warnings(self) -> list[Finding]:
        """Return those that do not."""
        return [finding for finding in self.all if not finding.is_error]

    def error(self, rule: str, line: int | None, element_id: str | None, reason: Label, cure: Label) -> None:
        """Add what can never work."""
        self.all.append(Finding(self.file, line, element_id, reason, cure, is_error=True, rule=rule))

    def warning(self, rule: str, line: int | None, element_id: str | None, reason: Label, cure: Label) -> None:
        """Add what may still be mended by another deployment, or is only doubtful."""
        self.all.append(Finding(self.file, line, element_id, reason, cure, is_error=False, rule=rule))
