"""What may happen to a dialogue, and what it decides. Times are seconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.effects import Effect
from domain.said import Said


@dataclass(frozen=True)
class Typed:
    """Words came in. `question` is the ref of the question that had been shown then."""

    now: float
    text: str
    question: str = ""


@dataclass(frozen=True)
class Tapped:
    """A button or a row was tapped; it carries its own question's ref."""

    now: float
    option: str
    question: str


@dataclass(frozen=True)
class Attached:
    """Something else came: image, audio, location, … A file is kept under the row of the inbox that brought it."""

    now: float
    kind: str
    question: str = ""
    file: int = 0
    """that row; 0 for what is no file"""
    caption: str = ""


@dataclass(frozen=True)
class Told:
    """An institution told the outcome of what a wait waits for."""

    now: float
    wait: str
    """the wait's name and the id of what it waits for, `kyc:4711`"""
    outcome: str


@dataclass(frozen=True)
class Finished:
    """Work ended with a result."""

    now: float
    key: str
    result: Any


@dataclass(frozen=True)
class WasRefused:
    """Work ended: the outside said no, with a code."""

    now: float
    key: str
    reason: str


@dataclass(frozen=True)
class Failed:
    """Work could not be done: an outage that outlived its attempts."""

    now: float
    key: str


@dataclass(frozen=True)
class Passed:
    """Time went by; perhaps a deadline with it."""

    now: float


@dataclass(frozen=True)
class Retried:
    """An operator wants it tried again, after a fix."""

    now: float


@dataclass(frozen=True)
class Edited:
    """The person rewrote a message that had been dealt with. `question` is the ref that message was stamped with."""

    now: float
    text: str
    question: str = ""


@dataclass(frozen=True)
class OptedOut:
    """The person opted out elsewhere: of another bot of the same business."""

    now: float


@dataclass(frozen=True)
class OptedIn:
    """The person opted in again elsewhere."""

    now: float


FromThePerson = Typed | Tapped | Attached | Edited
FromTheBusiness = Retried | OptedOut | OptedIn
Event = FromThePerson | FromTheBusiness | Told | Finished | WasRefused | Failed | Passed


@dataclass(frozen=True)
class Wanted:
    """Work wanted. The same key is the same work."""

    key: str
    effect: Effect[Any, Any]
    argument: Any


@dataclass(frozen=True)
class Decision:
    """All that the outside learns. Its `state` is opaque."""

    state: str
    say: tuple[Said, ...]
    work: Wanted | None
    wake_at: float | None
    wake_for: str
    """the earliest deadline's name"""
    waiting_for: str
    """answer:<question> | work:<effect> | a wait's name | backend | operator | nothing"""
    stage: str
    language: str
    parked: bool
    """this very event parked it"""
    stopped: bool
    trouble: str
    """class and place of an error: no personal data"""
    asks: str
    """ref of the question, or menu, that the person is to answer now; nothing while they are left alone"""
    chosen: tuple[tuple[str, str], ...] = ()
    """what this event chose of a question's fixed options, or of a menu's: the question's name, the option's id"""
    secrets: tuple[tuple[str, str], ...] = ()
    """for the vault: reference and value. Nothing else that leaves holds a value"""
    masks: tuple[Event, ...] = ()
    """events whose words may be a secret: whoever keeps those keeps dots"""
    throttled: int = 0
    """messages that were not answered: too many like them came before, and none of them helped"""
