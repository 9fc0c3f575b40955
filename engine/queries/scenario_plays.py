"""What is played against a draft, and how far that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.bpmn import parse as parse_bpmn
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.ownership import require_publisher
from engine.commands.scenario_plays import is_alive
from engine.errors import DefinitionInvalid
from engine.model import Actor, ResourceFile, ResourceKind, ScenarioPlay
from engine.queries.definition_draft import related_drafts
from engine.store.drafts import Drafts, StoredDraft
from engine.store.monitoring import deployment_list
from engine.store.plays import Plays
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True)
class PlayOfDraftData:
    """The newest play of a draft; `is_running` is false for one whose process is gone."""

    play: ScenarioPlay | None
    is_running: bool
    is_outdated: bool  #: the draft was changed since
    elements: Mapping[str, Sequence[str]]  #: process id of the draft -> its elements; empty where it cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayOfDraft:
    """Ask for the newest play of a draft."""

    draft_key: int
    actor: Actor

    def run(self, context: CommandContext) -> PlayOfDraftData:
        """Answer; raises DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        draft = Drafts(context.work).get(self.draft_key)
        play = Plays(context.work).find(self.draft_key)
        elements = _elements(draft, Drafts(context.work).content(draft.key))
        if play is None:
            return PlayOfDraftData(None, is_running=False, is_outdated=False, elements=elements)
        return PlayOfDraftData(play, is_alive(play, context.now), play.revision != draft.revision, elements)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesToPlay:
    """Ask for the files that would run if a draft were published now.

    These are the newest versions of all files, with the draft and the drafts that it names in their place.
    """

    draft_key: int
    actor: Actor

    def run(self, context: CommandContext) -> tuple[ResourceFile, ...]:
        """Answer; raises DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        drafts, resources = Drafts(context.work), Resources(context.work)
        draft = drafts.get(self.draft_key)
        chosen = {(one.kind, one.resource_id): one for one in (draft, *related_drafts(drafts, draft))}
        files = [ResourceFile(one.name, drafts.content(one.key)) for one in chosen.values()]
        for deployed in deployment_list.newest_files(context.work):
            if (deployed.kind, deployed.resource_id) not in chosen:
                files.append(ResourceFile(deployed.name, resources.content(deployed.key) or b""))
        return tuple(files)


def _elements(draft: StoredDraft, content: bytes) -> dict[str, list[str]]:
    if draft.kind is not ResourceKind.BPMN:
        return {}
    try:
        return {process.process_id: list(process.elements) for process in parse_bpmn(content, draft.name).processes}
    except DefinitionInvalid:
        return {}
