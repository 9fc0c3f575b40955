"""The requester of a closed record says how satisfied he or she is."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from engine.commands.context import CommandContext
from engine.commands.record_access import require_visible_record
from engine.commands.record_rooms import streams_of
from engine.errors import InputInvalid, NotPermitted
from engine.model import Actor, Label
from engine.store.kpi import Kpi
from engine.store.watchers import Rating, Ratings

MOST_STARS = 5
_MOST_CHARACTERS = 2_000
_STARS = Label("Stars", "Bintang")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRecord:
    """Rate a closed record with 1 to 5 stars and words; its requester may, and may change it."""

    number: str
    stars: int
    actor: Actor
    words: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        record = require_visible_record(context, self.actor, self.number)
        if record.requester != self.actor.user or record.closed_at is None:
            raise NotPermitted(
                "rate",
                Label(
                    "the requester rates a record when it is closed.",
                    "pemohon menilai rekaman setelah rekaman ditutup.",
                ),
            )
        words = self.words.strip()
        if not 1 <= self.stars <= MOST_STARS or len(words) > _MOST_CHARACTERS:
            raise InputInvalid(
                Label("Give 1 to 5 stars and at most 2,000 characters.", "Beri 1–5 bintang, maksimal 2.000 karakter.")
            )
        Ratings(context.work).put(record.key, self.actor.user, Rating(self.stars, words, context.now))
        Kpi(context.work, context.keys.next_key).add(
            "satisfaction", self.stars, record.number, {"type": record.type}, at=context.now
        )
        streams = streams_of(context, self.actor)
        shown = Label(*(f"{self.stars} / {MOST_STARS}",) * 2)
        answer = {"label": asdict(_STARS), "value": self.stars, "words": [asdict(shown)]}
        streams.append(record, "record_rated", {"stars": self.stars, "words": words, "answers": [answer]})
        streams.write()
