"""A draft as its editor needs it, and what it would change when it is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.bpmn import compare_diagrams
from engine.bpmn import parse as parse_bpmn
from engine.commands.authorisation import read_permissions
from engine.commands.bundle import Candidate, bundle
from engine.commands.context import CommandContext
from engine.commands.deploy import parse_files, parsed_content
from engine.commands.ownership import require_owner, require_publisher
from engine.dmn import compare_decisions
from engine.errors import DefinitionInvalid, NotPermitted
from engine.forms import compare_forms
from engine.model import Actor, Change, Finding, ResourceFile, ResourceKind
from engine.queries.definitions import require_definition_reader
from engine.queries.draft_check import CheckDraft
from engine.store.drafts import Drafts, KeptDraft, StoredDraft
from engine.store.monitoring import people_list
from engine.store.resources import Resources, StoredResource

_COMPARE: Mapping[ResourceKind, Callable[[bytes, bytes, str], list[Change]]] = {
    ResourceKind.BPMN: compare_diagrams,
    ResourceKind.DMN: compare_decisions,
    ResourceKind.FORM: compare_forms,
}


@dataclass(frozen=True, slots=True)
class DraftData:
    """A draft with its bytes; `running` is the newest deployed version of the file."""

    draft: StoredDraft
    content: bytes
    running: StoredResource | None
    kept: tuple[KeptDraft, ...]
    people: dict[str, str]

    @property
    def is_outdated(self) -> bool:
        """Return whether somebody published another version since the draft began."""
        return self.running is not None and self.draft.base_key != self.running.key


@dataclass(frozen=True, slots=True)
class PublishedDraft:
    """A draft that would be published: what it changes of the running version, what is wrong with it."""

    draft: StoredDraft
    running: StoredResource | None
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    is_identical: bool  #: byte for byte as the running version

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that refuse the publication."""
        return tuple(finding for finding in self.findings if finding.is_error)


@dataclass(frozen=True, slots=True)
class PublicationData:
    """What publishing a draft would do. `related` are drafts of files that it names; they may go with it."""

    main: PublishedDraft
    related: tuple[PublishedDraft, ...]
    along: tuple[Candidate, ...]  #: unchanged files that are deployed with it, because they are bound together
    people: dict[str, str]
    refusal: NotPermitted | None  #: why this person may not publish it


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionDraft:
    """Ask for a draft."""

    draft_key: int
    actor: Actor

    def run(self, context: CommandContext) -> DraftData:
        """Answer; raises DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        drafts = Drafts(context.work)
        draft = drafts.get(self.draft_key)
        kept = tuple(drafts.kept(draft.key))
        names = {draft.changed_by, draft.created_by, *(one.changed_by for one in kept)}
        people = people_list.display_names(context.work, names)
        return DraftData(draft, drafts.content(draft.key), _running(context, draft), kept, people)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptContent:
    """Ask for what was kept of a draft."""

    draft_key: int
    revision: int
    actor: Actor

    def run(self, context: CommandContext) -> bytes:
        """Answer; raises DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        return Drafts(context.work).kept_content(self.draft_key, self.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareWithDraft:
    """Ask what `content` (mine) changes of what is saved now (somebody else's)."""

    draft_key: int
    content: bytes
    actor: Actor

    def run(self, context: CommandContext) -> tuple[Change, ...]:
        """Answer; raises DraftNotFound, NotPermitted, DefinitionInvalid when one of them cannot be read."""
        require_publisher(read_permissions(context, self.actor))
        drafts = Drafts(context.work)
        draft = drafts.get(self.draft_key)
        return tuple(_COMPARE[draft.kind](drafts.content(draft.key), self.content, draft.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareVersions:
    """Ask what changed from one deployed version of a file to another."""

    kind: ResourceKind
    before_key: int
    after_key: int
    actor: Actor

    def run(self, context: CommandContext) -> tuple[Change, ...]:
        """Answer; raises NotPermitted, DefinitionInvalid."""
        require_definition_reader(context, self.actor)
        resources = Resources(context.work)
        before, after = resources.content(self.before_key), resources.content(self.after_key)
        if before is None or after is None or self.kind not in _COMPARE:
            return ()
        return tuple(_COMPARE[self.kind](before, after, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Ask what publishing a draft would change; nothing is published."""

    draft_key: int
    actor: Actor

    def run(self, context: CommandContext) -> PublicationData:
        """Answer; raises DraftNotFound, NotPermitted."""
        permissions = read_permissions(context, self.actor)
        require_publisher(permissions)
        drafts = Drafts(context.work)
        draft = drafts.get(self.draft_key)
        main = self._published(context, draft)
        related = tuple(self._published(context, other) for other in related_drafts(drafts, draft))
        chosen = [draft, *(one.draft for one in related)]
        candidates = [Candidate(d.kind, d.resource_id, d.name, drafts.content(d.key)) for d in chosen]
        along = tuple(bundle(context, candidates)[len(candidates) :])
        files = [ResourceFile(one.name, one.content) for one in (candidates[0], *along)]
        refusal = None
        try:
            require_owner(context, permissions, parsed_content(parse_files(files)))
        except NotPermitted as error:
            refusal = error
        except DefinitionInvalid:
            pass  # said by the findings
        names = {name for one in chosen for name in (one.changed_by, one.created_by)}
        return PublicationData(main, related, along, people_list.display_names(context.work, names), refusal)

    def _published(self, context: CommandContext, draft: StoredDraft) -> PublishedDraft:
        content = Drafts(context.work).content(draft.key)
        running = _running(context, draft)
        before = Resources(context.work).content(running.key) if running else None
        findings = CheckDraft(draft_key=draft.key, actor=self.actor).run(context)
        return PublishedDraft(
            draft, running, compared(draft.kind, before, content, draft.name), findings, before == content
        )


def compared(kind: ResourceKind, before: bytes | None, after: bytes, name: str) -> tuple[Change, ...]:
    """Return what changed of a file; nothing of one that is new, cannot be read, or is of another kind."""
    if before is None or kind not in _COMPARE:
        return ()
    try:
        return tuple(_COMPARE[kind](before, after, name))
    except DefinitionInvalid:
        return ()  # the findings say why it cannot be read


def _running(context: CommandContext, draft: StoredDraft) -> StoredResource | None:
    return Resources(context.work).newest(draft.kind, [draft.resource_id]).get(draft.resource_id)


def related_drafts(drafts: Drafts, draft: StoredDraft) -> Sequence[StoredDraft]:
    """Return the drafts of forms, decisions and processes that a diagram names."""
    if draft.kind is not ResourceKind.BPMN:
        return ()
    try:
        processes = parse_bpmn(drafts.content(draft.key), draft.name).processes
    except DefinitionInvalid:
        return ()
    names = {name for process in processes for name in process.referenced.form_ids}
    decisions = {name for process in processes for name in process.referenced.decision_ids}
    return [other for other in drafts.all() if _is_named(drafts, other, names, decisions)]


def _is_named(drafts: Drafts, other: StoredDraft, form_ids: set[str], decision_ids: set[str]) -> bool:
    if other.kind is ResourceKind.FORM:
        return other.resource_id in form_ids
    if other.kind is not ResourceKind.DMN:
        return False
    text = drafts.content(other.key).decode("utf-8", errors="replace")
    return any(f'id="{name}"' in text for name in decision_ids)
