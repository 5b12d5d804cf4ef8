"""What one run does: how many talk, how fast, and what is killed when. The seed decides it, and is printed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import dataclass

WORKER, API, TEMPORAL, POSTGRES = "worker", "API", "Temporal", "PostgreSQL"

FULL = {WORKER: 20, API: 10, TEMPORAL: 10, POSTGRES: 5}
SHORT = {WORKER: 4, API: 2, TEMPORAL: 2, POSTGRES: 1}
PAUSES = (1.0, 9.0)
"""seconds from when what was killed is usable again to the next kill: time in which something can have begun"""
FIRST = 10.0
"""seconds of peace at the beginning"""
WRITES = 8.0
"""messages that all people together write in a second, on average"""
DROPPED = 0.1
"""share of the answers to sends that are lost after the provider took the message"""


class WrongWish(Exception):
    """A variable of this run cannot be understood: correct it."""


@dataclass(frozen=True)
class Kill:
    """What is to be killed, so many seconds after what was killed before is usable again."""

    what: str
    after: float
    at_a_send: bool = False
    """at the next moment at which the provider takes a message: its answer is on the way then"""


@dataclass(frozen=True)
class Plan:
    """One run."""

    seed: int
    conversations: int
    every: float
    """seconds between an answer and the next message of the same person, on average"""
    dropped: float
    kills: tuple[Kill, ...]


def plan_of(environment: Mapping[str, str]) -> Plan:
    """The run that the variables CONVERSATIONS, SHORT, SEED and WRITES ask for. Raises WrongWish."""
    short = environment.get("SHORT", "") not in ("", "0")
    seed = int(_number(environment, "SEED", random.randrange(10**6)))
    conversations = int(_number(environment, "CONVERSATIONS", 30 if short else 200))
    every = conversations / _number(environment, "WRITES", WRITES)
    chance = random.Random(seed)
    return Plan(seed, conversations, every, DROPPED, _kills(chance, SHORT if short else FULL))


def _kills(chance: random.Random, wanted: Mapping[str, int]) -> tuple[Kill, ...]:
    order = [what for what, times in wanted.items() for _ in range(times)]
    chance.shuffle(order)
    afters = [FIRST, *(chance.uniform(*PAUSES) for _ in order[1:])]
    # Every other one of those that send, for by chance alone that moment is hardly ever met.
    sending = itertools.cycle((True, False))
    return tuple(
        Kill(what, after, at_a_send=what == WORKER and next(sending)) for what, after in zip(order, afters, strict=True)
    )


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise WrongWish(f"{name}: a whole number above zero is needed")
    return int(text)
