"""Voice notes: the words that were said in one, and the work of listening to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.effects import Effect

NOTHING_HEARD, TOO_LONG, NOT_KEPT = "nothing_heard", "too_long", "not_kept"
"""why there are no words: none could be made out; it is more than we listen to; there is no file any more"""


@dataclass(frozen=True)
class VoiceNote:
    """A voice note, by the row of the inbox that brought it."""

    file: int
    language: str = ""
    """what is spoken in it, as far as we know: `en`, `hi`"""


@dataclass(frozen=True)
class Heard:
    """What was understood. Personal data."""

    words: str


TRANSCRIBE = Effect(
    "transcribe",
    VoiceNote,
    Heard,
    attempt=timedelta(seconds=20),
    attempts=3,
    refusals=(NOTHING_HEARD, TOO_LONG, NOT_KEPT),
)
"""Have a recogniser listen. Who spoke waits for it, so an outage is told within a minute."""
