"""What outsiders may say to a conversation's workflow, and what it says to its activities: names, queues, dataclasses.

Only ids, keys and names are in these: Temporal's store holds no personal data.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

WORKFLOW = "Conversation"
ARRIVED = "arrived"
SETTLED = "settled"
TURN = "turn"
DELIVER = "deliver"
FETCH_MEDIA = "fetch_media"

CONVERSATIONS, SENDING, EFFECTS = "conversations", "sending", "effects"
"""task queues; one worker serves all by default"""

BOT, STAGE, LANGUAGE, WAITING_FOR, OWNER = "Bot", "Stage", "Language", "WaitingFor", "Owner"
"""search attributes, all keywords"""


def workflow_id(conversation: uuid.UUID | str) -> str:
    """The id of a conversation's workflow: nothing personal in it."""
    return f"conversation-{conversation}"


def conversation_of(workflow: str) -> uuid.UUID:
    """The conversation whose workflow this id is. Raises ValueError for another workflow's id."""
    return uuid.UUID(workflow.removeprefix("conversation-"))


def token(conversation: uuid.UUID, key: str) -> uuid.UUID:
    """The idempotency key of work: the same through retry, continue-as-new and reset."""
    return uuid.uuid5(conversation, key)


@dataclass(frozen=True)
class Arrived:
    """Signal: these inbox rows are there, in this order. It may come twice; without rows it is a wake-up."""

    rows: list[int]
    pause: float = 0.0
    """seconds to wait for more before the turn is taken, so that a burst of texts is one"""


@dataclass(frozen=True)
class Ended:
    """Work that ended; its result is in the database."""

    key: str
    how: str
    """finished | refused | failed"""


@dataclass(frozen=True)
class Turn:
    """What happened since the last turn. Its id lets a repeated one be known."""

    id: str
    now: float
    """seconds since the epoch, by the conversation's own clock"""
    arrived: list[int] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    alarm: bool = False
    """a deadline has come, or nothing was known when it began: whatever no turn has taken is looked for"""
    sending: bool = False
    """earlier messages are still being delivered: queue behind them"""


@dataclass(frozen=True)
class Work:
    """Work wanted, and how patient it is: seconds of one attempt, number of attempts."""

    key: str
    effect: str
    queue: str
    attempt: float
    attempts: int


@dataclass(frozen=True)
class WorkOrder:
    """What an effect's activity gets: its argument is in the database under this key."""

    key: str


@dataclass(frozen=True)
class Next:
    """What the dialogue wants now, and what an operator sees of it."""

    work: list[Work] = field(default_factory=list)
    wake_at: float | None = None
    wake_for: str = ""
    """the earliest deadline's name"""
    bot: str = ""
    stage: str = ""
    language: str = ""
    waiting_for: str = ""
    owner: str = ""
    parked: bool = False
    """this turn parked it"""
    unsent: bool = False
    """something is left to deliver"""


@dataclass(frozen=True)
class Carry:
    """All that survives continue-as-new."""

    next: Next = field(default_factory=Next)


@dataclass(frozen=True)
class Settled:
    """Answer of the update `settled`: all that had arrived is dealt with."""

    waiting_for: str
