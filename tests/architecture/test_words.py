"""The engine runs any procedure, so it knows no word of one."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT, python_files

#: Words of service management that mean nothing else in BPMN or in engineering. Left out for that reason:
#: problem (document), release (a lock), change, request, escalation, service (task), configuration.
_WORDS = (
    r"incidents?|insiden|itsm|itil|iso[ /]?(?:iec )?20000|cab|ecab|sla|slas|ola|cmdb"
    r"|rfc(?! ?\d)"  # a Request For Comments has a number
    r"|changes? requests?|request for change|service desk|service requests?|service level|service catalogue"
    r"|problem records?|known errors?|release (?:record|manager|plan|note)s?|configuration items?"
    r"|rollback plan|back ?out plan|implementation plan|major incident|permintaan layanan"
    r"|(?:chg|inc|prb|srq|rel|sdt|slm|cfg) [a-z]+"  # keys of procedures: chg_normal
)
_PATTERN = re.compile(rf"\b(?:{_WORDS})\b")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def words_of_procedures(source: str) -> list[str]:
    """Return "line: word" for each word of service management, in names of any spelling, comments and texts."""
    found = []
    for number, line in enumerate(source.splitlines(), start=1):
        plain = re.sub(r"[_\-]+", " ", _CAMEL.sub(" ", line)).lower()
        found += [f"{number}: {match.group()}" for match in _PATTERN.finditer(plain)]
    return found


def test_no_word_of_service_management_stands_in_the_engine() -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path in python_files("engine")
        if (words := words_of_procedures(path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "def open_incident(): ...",
        "class ChangeRequest: ...",
        'GROUP = "cab"',
        "# as the SLA demands",
        "known_errors = []",
        'start("chg_normal")',
        "# the RFC of the requester",
        "configurationItem = None",
    ],
)
def test_a_word_of_service_management_is_noticed(line: str) -> None:
    assert words_of_procedures(line)


@pytest.mark.parametrize(
    "line",
    [
        "lock.release()",
        "# RFC 3339, section 5.6",
        "# RFC9457",
        "class ServiceTask: ...",
        "vocabulary = slash",
        "increment(inc)",
    ],
)
def test_words_of_engineering_are_left_alone(line: str) -> None:
    assert words_of_procedures(line) == []
