"""What was lost, doubled, out of order, slow: reckoned from what people, provider and tables saw. Pure.

Whether something was sent twice is told by the provider's side alone. The product's own notes only say which of those
were in doubt: the product could not know that the first was taken, for its answer was lost, or the process that waited
for it was killed, and no status had told by the time it was claimed again.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.chaos.between import Accepted
from tests.chaos.people import Exchange
from tests.chaos.plan import POSTGRES, WORKER

SOON = 10.0
"""seconds after a kill: who writes later tells nothing of it"""
ANSWER_TAKES = 3.0
"""seconds that may pass between a message being taken and its result being written down, on a busy machine"""
TOLD = ("accepted", "sent", "delivered", "read", "failed")
"""states that say what became of a send"""
UNSETTLED = ("pending", "sending", "deferred", "unknown")


@dataclass
class Killed:
    """A process that was killed."""

    what: str
    at: float
    """seconds since the epoch"""
    back: float = 0.0
    """when it could be used again; 0 where it could not within a minute"""
    looked_for: bool = True
    """whether somebody looks still when that is"""


@dataclass(frozen=True)
class Said:
    """A row of the outbox."""

    key: str
    conversation: str
    turn: int
    place: int
    state: str


@dataclass(frozen=True)
class Change:
    """A row of the outbox came into this state."""

    key: str
    state: str
    at: float


@dataclass(frozen=True)
class Seen:
    """All that was seen of one run."""

    exchanges: Mapping[str, Sequence[Exchange]]
    """by phone"""
    acknowledged: Mapping[str, set[str]]
    """ids of messages, by phone"""
    taken: Mapping[str, int | None]
    """by the id of the message: the turn that took it"""
    said: Sequence[Said]
    changes: Sequence[Change]
    accepted: Sequence[Accepted]
    killed: Sequence[Killed]


@dataclass(frozen=True)
class Doubled:
    """A message that the provider took twice."""

    phone: str
    key: str
    first: Accepted
    again: Accepted
    why: str
    """why the product was in doubt about the first; nothing where it was not"""


@dataclass(frozen=True)
class Recovery:
    """The first message that somebody wrote after a kill, with nothing in flight at it, and its answer."""

    what: str
    """was killed"""
    phone: str
    wrote: float
    took: float


@dataclass
class Reckoning:
    """What came out."""

    acknowledged: int = 0
    handled: int = 0
    said: int = 0
    sent: int = 0
    dropped: int = 0
    states: Counter[str] = field(default_factory=Counter)
    never_taken: list[str] = field(default_factory=list)
    """messages acknowledged and not taken by a turn"""
    never_sent: list[str] = field(default_factory=list)
    """keys that were said and that the provider never took"""
    unanswered: list[str] = field(default_factory=list)
    """messages acknowledged whose answer did not come, or not all of it"""
    handled_twice: list[str] = field(default_factory=list)
    """what was read back in two messages of different keys"""
    aside: int = 0
    """answers to a question of which the product could not know yet that it was shown: the question was put again"""
    aside_for_nothing: list[str] = field(default_factory=list)
    """the same, where it could have known"""
    doubled: list[Doubled] = field(default_factory=list)
    disorder: list[str] = field(default_factory=list)
    recovered: list[Recovery] = field(default_factory=list)
    in_flight: list[float] = field(default_factory=list)
    in_doubt: list[float] = field(default_factory=list)
    undisturbed: list[float] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Everything that did not come where it should; what no turn took is not counted again for its answer."""
        return len({*self.never_taken, *self.unanswered}) + len(self.never_sent)

    @property
    def doubled_in_doubt(self) -> list[Doubled]:
        """Doubled as was promised: in doubt only."""
        return [one for one in self.doubled if one.why]

    @property
    def doubled_for_nothing(self) -> list[Doubled]:
        """Doubled without a doubt."""
        return [one for one in self.doubled if not one.why]


def reckon(seen: Seen) -> Reckoning:
    """Everything, from everything."""
    found = Reckoning()
    _what_came_in(seen, found)
    _left_aside(seen, found)
    _what_went_out(seen, found)
    _order(seen, found)
    _times(seen, found)
    return found


def _what_came_in(seen: Seen, found: Reckoning) -> None:
    for phone, exchanges in seen.exchanges.items():
        acknowledged = seen.acknowledged.get(phone, set())
        found.acknowledged += len(acknowledged)
        found.handled += sum(seen.taken.get(id) is not None for id in acknowledged)
        found.never_taken += sorted(id for id in acknowledged if seen.taken.get(id) is None)
        found.unanswered += [one.message for one in exchanges if one.message in acknowledged and not one.complete]


def _left_aside(seen: Seen, found: Reckoning) -> None:
    for exchanges in seen.exchanges.values():
        for before, one in itertools.pairwise(exchanges):
            if not one.aside:
                continue
            found.aside += 1
            from_, until = before.answered - ANSWER_TAKES, one.wrote
            killed = any(kill.what in (WORKER, POSTGRES) and from_ <= kill.at <= until for kill in seen.killed)
            if not (killed or before.dropped or before.aside):
                found.aside_for_nothing.append(one.message)


def _what_went_out(seen: Seen, found: Reckoning) -> None:
    found.said = len(seen.said)
    found.states = Counter(row.state for row in seen.said)
    found.dropped = sum(one.dropped for one in seen.accepted)
    by_key: dict[str, list[Accepted]] = defaultdict(list)
    for one in seen.accepted:
        by_key[one.key].append(one)
    found.sent = len(by_key)
    found.never_sent = [row.key for row in seen.said if row.key not in by_key and row.state not in ("parked", "failed")]
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in seen.changes:
        changes[change.key].append(change)
    for key, sends in by_key.items():
        for first, again in itertools.pairwise(sends):
            why = _doubt(first, again, changes[key], seen.killed)
            found.doubled.append(Doubled(first.phone, key, first, again, why))
    _markers(seen, by_key, found)


def _doubt(first: Accepted, again: Accepted, changes: Iterable[Change], killed: Iterable[Killed]) -> str:
    """Why nobody could know that the first was taken; nothing where somebody did, or should have."""
    noted = [one for one in changes if one.at < again.came]
    claimed = max((one.at for one in noted if one.state == "sending"), default=again.came)
    if any(one.state in TOLD and first.came <= one.at < claimed for one in noted):
        return ""
    if first.dropped:
        return "its answer was dropped"
    for kill in killed:
        back = kill.back or kill.at + ANSWER_TAKES
        if kill.what in (WORKER, POSTGRES) and kill.at - ANSWER_TAKES <= first.at <= back:
            return f"the {kill.what} was killed"
    return "nobody waited for its answer any more" if first.hung_up else ""


def _markers(seen: Seen, by_key: Mapping[str, Sequence[Accepted]], found: Reckoning) -> None:
    """A message handled twice would be read back twice, in messages of different keys."""
    texts: dict[str, list[str]] = defaultdict(list)
    for sends in by_key.values():
        texts[sends[0].phone].append(sends[0].text)
    for phone, exchanges in seen.exchanges.items():
        for marker in [one.line.marker for one in exchanges if one.line.marker]:
            if sum(marker in text for text in texts[phone]) > 1:
                found.handled_twice.append(f"{phone}: {marker}")


def _order(seen: Seen, found: Reckoning) -> None:
    """What a person got stands in the order in which it was said, and was said in the order in which they wrote."""
    places = {row.key: (row.turn, row.place) for row in seen.said}
    last: dict[str, tuple[int, int]] = {}
    known: set[str] = set()
    for one in seen.accepted:
        if one.key in known or one.key not in places:
            continue
        known.add(one.key)
        if places[one.key] < last.get(one.phone, (0, 0)):
            found.disorder.append(f"{one.phone}: {one.key} came after a later one")
        last[one.phone] = max(places[one.key], last.get(one.phone, (0, 0)))
    for phone, exchanges in seen.exchanges.items():
        turns = [turn for one in exchanges if (turn := seen.taken.get(one.message)) is not None]
        if turns != sorted(turns):
            found.disorder.append(f"{phone}: taken out of order")


def _times(seen: Seen, found: Reckoning) -> None:
    for phone, exchanges in seen.exchanges.items():
        last_kill = 0.0
        dropped_before = False
        for one in exchanges:
            doubtful, dropped_before = dropped_before or one.dropped, one.dropped
            if not one.complete:
                continue
            took = one.answered - one.wrote
            before = [kill for kill in seen.killed if kill.at <= one.wrote]
            latest = before[-1] if before else None
            if doubtful:
                found.in_doubt.append(took)
            elif any(one.wrote < kill.at < one.answered for kill in seen.killed):
                found.in_flight.append(took)
            elif latest is not None and latest.at > last_kill and one.wrote - latest.at <= SOON:
                found.recovered.append(Recovery(latest.what, phone, one.wrote, took))
            else:
                found.undisturbed.append(took)
            last_kill = latest.at if latest is not None else 0.0
