"""The dialogue: a journal of named answers, and a journey walked over it. Pure: no Temporal, no I/O, no clock.

`advance(journeys, state, event)` is the only way in. A journey is a coroutine over `Chat`; its leaves are `Question`s
and `domain.effects.Effect`s. Where to look: what journeys call is in `chat`, the walk in `talk`, what a message does in
`messages`, commands in `commands` and `obey`, going back in `edits`, deadlines of silence in `silence`, spoken
answers in `voice`.
"""

from dialogue.advance import advance
from dialogue.chat import Chat
from dialogue.errors import Change, End, JourneyError, Refused
from dialogue.events import (
    Attached,
    Decision,
    Edited,
    Event,
    Failed,
    Finished,
    OptedIn,
    OptedOut,
    Passed,
    Retried,
    Tapped,
    Told,
    Typed,
    Wanted,
    WasRefused,
)
from dialogue.journey import Ids, Journey, Words
from dialogue.questions import Question, Reply, choice, typed
from dialogue.silence import Silence
from dialogue.state import Prompt, State
from domain.said import Alternative, Said

__all__ = [
    "Alternative",
    "Attached",
    "Change",
    "Chat",
    "Decision",
    "Edited",
    "End",
    "Event",
    "Failed",
    "Finished",
    "Ids",
    "Journey",
    "JourneyError",
    "OptedIn",
    "OptedOut",
    "Passed",
    "Prompt",
    "Question",
    "Refused",
    "Reply",
    "Retried",
    "Said",
    "Silence",
    "State",
    "Tapped",
    "Told",
    "Typed",
    "Wanted",
    "WasRefused",
    "Words",
    "advance",
    "choice",
    "typed",
]
