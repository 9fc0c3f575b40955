"""Everything that deployment would say of a draft, and what it says wrongly of other files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.cross_references import Surroundings, cross_findings
from engine.commands.deploy import ParsedFile, parse_files, warnings_of
from engine.commands.ownership import require_publisher
from engine.commands.publish_drafts import changed_id
from engine.errors import DefinitionInvalid
from engine.model import Actor, Finding, ResourceFile
from engine.store.drafts import Drafts, StoredDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDraft:
    """Ask what is wrong with a draft; `content` is what the editor has now, else what was saved last.

    Findings come in the order of their severity and place; `element_id` is where each leads to.
    """

    draft_key: int
    actor: Actor
    content: bytes | None = None

    def run(self, context: CommandContext) -> tuple[Finding, ...]:
        """Answer; raises DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        drafts = Drafts(context.work)
        draft = drafts.get(self.draft_key)
        content = drafts.content(draft.key) if self.content is None else self.content
        others = (other for other in drafts.all() if other.key != draft.key)
        return check(context, draft, content, _readable(drafts, others))


def check(
    context: CommandContext, draft: StoredDraft, content: bytes, others: Iterable[ParsedFile]
) -> tuple[Finding, ...]:
    """Return the findings of a draft beside other drafts."""
    found: list[Finding] = []
    renamed = changed_id(draft.kind, draft.resource_id, content, draft.name)
    found += [renamed] if renamed else []
    try:
        [parsed] = parse_files([ResourceFile(draft.name, content)])
    except DefinitionInvalid as error:
        found += error.findings
    else:
        found += warnings_of(parsed)
        found += cross_findings(parsed, Surroundings(context, [parsed, *others]))
    return tuple(sorted(dict.fromkeys(found), key=_place))


def _place(finding: Finding) -> tuple[bool, int, str]:
    return not finding.is_error, finding.line or 0, finding.element_id or ""


def _readable(drafts: Drafts, others: Iterable[StoredDraft]) -> list[ParsedFile]:
    """Return the other drafts that can be read; what cannot be is said where it is edited."""
    parsed: list[ParsedFile] = []
    for other in others:
        try:
            parsed += parse_files([ResourceFile(other.name, drafts.content(other.key))])
        except DefinitionInvalid:
            continue
    return parsed
