"""A profile: each mode with its probability, drawn from a seed, so that a run can be repeated."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sandbox.faults.modes import Mode, Point, Strike

EXCLUSIVE = frozenset({Point.SEND, Point.UPLOAD, Point.LOOKUP, Point.DOWNLOAD})
"""Points at which only one fault can strike at a time."""


class InvalidProfile(ValueError):
    """This profile cannot be; the message names what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How probable it is that a fault strikes, from 0 to 1."""

    strike: Strike
    probability: float


@dataclass(slots=True)
class FaultProfile:
    """Named probabilities under a seed.

    What strikes is drawn for each event by itself: from the seed, the mode, whose event it is, and the how manieth of
    theirs at this point since the profile was set. So it does not depend on how events of different people interleave.
    """

    given: dict[str, Any]
    seed: int
    chances: dict[Point, tuple[Chance, ...]]
    events: Counter[tuple[Point, str]] = field(default_factory=Counter)

    def draw(self, point: Point, whose: str) -> tuple[Strike, ...]:
        """What strikes at this event of theirs."""
        chances = self.chances.get(point)
        if not chances:
            return ()
        self.events[point, whose] += 1
        place = self.events[point, whose]
        struck = [
            chance.strike
            for chance in chances
            if _fraction(f"{self.seed}|{chance.strike.mode}|{chance.strike.code}|{whose}|{place}") < chance.probability
        ]
        return tuple(struck[:1] if point in EXCLUSIVE else struck)


def read_profile(given: dict[str, Any]) -> FaultProfile:
    """A profile from its JSON: `seed`, `seconds` by mode, and for each mode a probability, or one for each code.

    Raises InvalidProfile.
    """
    seed = given.get("seed", 0)
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise InvalidProfile("seed must be an integer")
    seconds = given.get("seconds", {})
    if not isinstance(seconds, dict):
        raise InvalidProfile("seconds must be an object: seconds by mode")
    lasting = {_mode(name): _number(value, f"seconds.{name}", 31 * 24 * 3600.0) for name, value in seconds.items()}
    chances: dict[Point, list[Chance]] = {}
    for name, value in given.items():
        if name in ("seed", "seconds"):
            continue
        mode = _mode(name)
        for code, probability in _by_code(mode, value):
            strike = Strike(mode, code, lasting.get(mode, mode.default_seconds))
            chances.setdefault(mode.point, []).append(Chance(strike, probability))
    # In the order of Mode, whatever that of the JSON: the same profile strikes the same.
    listed = list(Mode)
    ordered = {
        point: tuple(sorted(many, key=lambda chance: (listed.index(chance.strike.mode), chance.strike.code)))
        for point, many in chances.items()
    }
    return FaultProfile(given, seed, ordered)


def _by_code(mode: Mode, value: Any) -> list[tuple[int, float]]:
    if not isinstance(value, dict):
        return [(mode.default_code or 0, _number(value, mode, 1.0))]
    if mode.default_code is None:
        raise InvalidProfile(f"{mode} has no codes: a probability is needed")
    if not all(code.isdigit() for code in value):
        raise InvalidProfile(f"{mode} needs a probability by code, and codes are numbers")
    return [(int(code), _number(probability, f"{mode}.{code}", 1.0)) for code, probability in value.items()]


def _mode(name: str) -> Mode:
    try:
        return Mode(name)
    except ValueError:
        raise InvalidProfile(f"there is no fault {name!r}: docs/sandbox.md lists them") from None


def _number(value: Any, name: str, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise InvalidProfile(f"{name} must be a number from 0 to {most:g}")
    return float(value)


def _fraction(text: str) -> float:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest()) / 2**56
