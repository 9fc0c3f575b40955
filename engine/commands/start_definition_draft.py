"""Begin to work on a diagram, decision or form: from what runs, or from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import orjson

from engine.bpmn import parse as parse_bpmn
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.ownership import require_publisher
from engine.errors import AlreadyExists, DefinitionInvalid, InputInvalid, ResourceNotFound
from engine.model import Actor, Label, ResourceFile, ResourceKind
from engine.store.drafts import Drafts, StoredDraft
from engine.store.resources import Resources

MOST_BYTES = 10_000_000
_KINDS: Mapping[str, ResourceKind] = {
    ".bpmn": ResourceKind.BPMN,
    ".dmn": ResourceKind.DMN,
    ".form": ResourceKind.FORM,
}
_MOST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDefinitionDraft:
    """Begin a draft of the newest version of a file; returns its key. A file that has a draft keeps it."""

    kind: ResourceKind
    resource_id: str
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; raises NotPermitted, ResourceNotFound."""
        require_publisher(read_permissions(context, self.actor))
        drafts, resources = Drafts(context.work), Resources(context.work)
        known = drafts.find(self.kind, self.resource_id)
        if known is not None:
            return known.key
        newest = resources.newest(self.kind, [self.resource_id]).get(self.resource_id)
        content = resources.content(newest.key) if newest else None
        if newest is None or content is None or self.kind not in _KINDS.values():
            raise ResourceNotFound(self.resource_id)
        draft = _new(context, self.actor, self.kind, name=newest.name, resource_id=self.resource_id, base=newest.key)
        drafts.add(draft, content)
        return draft.key


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """Make a file a draft, or the next revision of the draft that it has; returns the draft's key.

    The content is taken as it is: what is wrong with it, the check says. A diagram of a known
    process becomes a draft of that process's file, whatever name it was uploaded under. With
    `is_new` a file that exists already is refused.
    """

    file: ResourceFile
    actor: Actor
    is_new: bool = False

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; raises NotPermitted, InputInvalid, AlreadyExists."""
        require_publisher(read_permissions(context, self.actor))
        require_size(self.file.content)
        kind, name = _kind_and_name(self.file.name)
        name, resource_id = _identity(context, kind, name, self.file.content)
        drafts = Drafts(context.work)
        newest = Resources(context.work).newest(kind, [resource_id]).get(resource_id)
        known = drafts.find(kind, resource_id)
        if self.is_new and (newest or known):
            raise AlreadyExists(Label("file", "berkas"), name)
        if known is not None:
            now, by = context.now, self.actor.user
            drafts.keep(known.key, known.revision)
            drafts.save(known, self.file.content, revision=known.revision, by=by, at=now)
            return known.key
        shown, base = (newest.name, newest.key) if newest else (name, None)
        draft = _new(context, self.actor, kind, name=shown, resource_id=resource_id, base=base)
        drafts.add(draft, self.file.content)
        return draft.key


def require_size(content: bytes) -> None:
    """Raise InputInvalid when a file is larger than any that could be deployed."""
    if len(content) > MOST_BYTES:
        raise InputInvalid(Label("A file may hold at most 10 MB.", "Berkas paling besar 10 MB."))


def form_id_of(content: bytes) -> str | None:
    """Return the id that a form gives itself; None when it cannot be read."""
    try:
        form = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    found = form.get("id") if isinstance(form, dict) else None
    return found if isinstance(found, str) and found else None


def _new(
    context: CommandContext, actor: Actor, kind: ResourceKind, *, name: str, resource_id: str, base: int | None
) -> StoredDraft:
    now, by = context.now, actor.user
    return StoredDraft(context.keys.next_key(), kind, name, resource_id, base, 1, now, by, now, by)


def _kind_and_name(given: str) -> tuple[ResourceKind, str]:
    # Some browsers send the path of a folder with the name.
    name = PurePath(given.replace("\\", "/")).name
    kind = _KINDS.get(PurePath(name).suffix.lower())
    if kind is None or len(name) > _MOST_NAME:
        raise InputInvalid(
            Label(
                f"{name!r} is no diagram, decision or form. Give a file that ends in .bpmn, .dmn or .form.",
                f"{name!r} bukan diagram, keputusan, atau formulir. Berikan berkas berakhiran .bpmn, .dmn, atau .form.",
            )
        )
    return kind, name


def _identity(context: CommandContext, kind: ResourceKind, name: str, content: bytes) -> tuple[str, str]:
    """Return the file name and the resource id under which a file is known."""
    if kind is ResourceKind.FORM:
        return name, form_id_of(content) or PurePath(name).stem
    if kind is ResourceKind.BPMN:
        name = _file_of_process(context, content) or name
    return name, name


def _file_of_process(context: CommandContext, content: bytes) -> str | None:
    try:
        ids = [process.process_id for process in parse_bpmn(content, "").processes]
    except DefinitionInvalid:
        return None
    known = Resources(context.work).newest_definitions(ids)
    return known[0].resource_name if known else None
