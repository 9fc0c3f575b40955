"""Make drafts the running version, or an old version again; what is bound to one deployment goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.bundle import Candidate, bundle, with_its_own_bindings
from engine.commands.context import CommandContext
from engine.commands.deploy import Deploy, Deployment
from engine.commands.ownership import require_publisher
from engine.commands.start_definition_draft import form_id_of
from engine.errors import DefinitionInvalid, InputInvalid, ResourceNotFound, StaleRevision
from engine.model import Actor, Finding, Label, ResourceFile, ResourceKind
from engine.store.drafts import Drafts, StoredDraft
from engine.store.monitoring import deployment_list
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True)
class SeenDraft:
    """A draft as the person saw it: its revision, and the file that it was compared with (None: a new file)."""

    revision: int
    running_key: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDrafts:
    """Deploy drafts as one, with every file that is bound to their deployment; the drafts are gone then.

    New instances use the new versions, running ones stay on theirs. Raises DefinitionInvalid with
    every finding, DraftChanged when somebody saved one meanwhile, StaleRevision when somebody
    published one meanwhile, NotPermitted; and then nothing is published.
    """

    drafts: Mapping[int, SeenDraft]  #: by draft key
    comment: str
    actor: Actor

    def run(self, context: CommandContext) -> Deployment:
        """Do it in the caller's transaction."""
        require_publisher(read_permissions(context, self.actor))
        require_comment(self.comment)
        store = Drafts(context.work)
        drafts = [store.get(key) for key in self.drafts]
        candidates = [Candidate(d.kind, d.resource_id, d.name, store.content(d.key)) for d in drafts]
        for draft in drafts:
            self._require_as_seen(context, draft)
            store.remove(draft.key, revision=self.drafts[draft.key].revision)
        require_same_ids(candidates)
        files = tuple(ResourceFile(one.name, one.content) for one in bundle(context, candidates))
        return Deploy(files=files, actor=self.actor, comment=self.comment.strip()).run(context)

    def _require_as_seen(self, context: CommandContext, draft: StoredDraft) -> None:
        newest = Resources(context.work).newest(draft.kind, [draft.resource_id]).get(draft.resource_id)
        if (newest.key if newest else None) != self.drafts[draft.key].running_key:
            raise StaleRevision("file", draft.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishAgain:
    """Publish an old version of a file again, a diagram with the forms and decisions that it was bound to then."""

    resource_key: int
    comment: str
    actor: Actor

    def run(self, context: CommandContext) -> Deployment:
        """Do it in the caller's transaction; raises as PublishDrafts does, and ResourceNotFound."""
        require_publisher(read_permissions(context, self.actor))
        require_comment(self.comment)
        file = deployment_list.file(context.work, self.resource_key)
        content = Resources(context.work).content(self.resource_key) if file else None
        if file is None or content is None or file.kind is ResourceKind.DOCUMENT:
            raise ResourceNotFound(self.resource_key)
        candidate = Candidate(file.kind, file.resource_id, file.name, content)
        if file.kind is ResourceKind.BPMN:
            chosen = with_its_own_bindings(context, candidate, file.deployment_key)
        else:
            chosen = bundle(context, [candidate])
        files = tuple(ResourceFile(one.name, one.content) for one in chosen)
        return Deploy(files=files, actor=self.actor, comment=self.comment.strip()).run(context)


def require_comment(comment: str) -> None:
    """Raise InputInvalid when nobody would know later why a version came to be."""
    if not comment.strip():
        raise InputInvalid(Label("Say what changed and why.", "Tuliskan apa yang berubah dan mengapa."))


def require_same_ids(candidates: Sequence[Candidate]) -> None:
    """Raise DefinitionInvalid when a form changed its id, so that it would be another form than the draft's."""
    findings = [
        finding for one in candidates if (finding := changed_id(one.kind, one.resource_id, one.content, one.name))
    ]
    if findings:
        raise DefinitionInvalid(findings)


def changed_id(kind: ResourceKind, resource_id: str, content: bytes, name: str) -> Finding | None:
    """Return what is wrong when a form's file gives itself another id than the draft has."""
    found = form_id_of(content) if kind is ResourceKind.FORM else None
    if found is None or found == resource_id:
        return None
    return Finding(
        name,
        1,
        None,
        Label(
            f"The form's id became {found}; diagrams know it as {resource_id}.",
            f"Id formulir menjadi {found}; diagram mengenalnya sebagai {resource_id}.",
        ),
        Label(
            f"Set the id back to {resource_id}, or upload the file as a new form.",
            f"Kembalikan id menjadi {resource_id}, atau unggah berkas sebagai formulir baru.",
        ),
        rule="form-id",
    )
