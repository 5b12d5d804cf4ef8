"""A broadcast: what its workflow and its activity say to each other. Ids, states and times only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

BROADCAST = "Broadcast"
"""the workflow that sees one broadcast out"""
CHANGED = "changed"
"""its signal: something was asked of it, which the database holds"""
PAGE = "broadcast_page"
"""its activity"""

SLOWEST = 0.1
"""messages a second: a pause between two is never longer than its workflow should sleep"""
SHARE = 0.5
"""of a number's rate is the most that a broadcast takes: the rest is for those who talk"""

Outcome = Literal["waiting", "accepted", "sent", "delivered", "read", "failed", "skipped", "cancelled"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""what has become of one recipient: the states of the outbox, and what comes to no message at all"""
SKIPPED = ("opted_out", "no_marketing", "window_closed", "never_wrote", "erased")
"""why nothing is made for a recipient"""


@dataclass(frozen=True)
class BroadcastOrder:
    """What the workflow starts with: which broadcast it is, its own id says."""


@dataclass(frozen=True)
class Page:
    """What one look came to."""

    over: bool = False
    """all are dealt with, or it was cancelled"""
    paused: bool = False
    """until it is told of a change"""
    look_at: float | None = None
    """seconds since the epoch: nothing is to be done before"""


def broadcast_workflow(broadcast: UUID | str) -> str:
    """The id of a broadcast's workflow."""
    return f"broadcast-{broadcast}"


def broadcast_of(workflow: str) -> UUID:
    """The broadcast whose workflow this is. Raises ValueError for another workflow's id."""
    return UUID(workflow.removeprefix("broadcast-"))
