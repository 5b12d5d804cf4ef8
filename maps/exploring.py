"""Walking every branch of a journey, from its first message, without any server: a dialogue is pure.

From each place all is tried that may happen there. A conversation is gone on from if it is somewhere new, or came there
by an answer, a result, an outcome or a turn of a round that none before it had: so what an early choice changes much
later is found, and it ends. The same on every run: the clock stands at BEGINS until something has to wait.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from dialogue import (
    Decision,
    Event,
    Failed,
    Journey,
    Passed,
    Said,
    State,
    Tapped,
    Typed,
    advance,
)
from dialogue.silence import KOLKATA
from domain.said import REMINDER
from maps.places import (
    END,
    OUTAGE,
    OUTCOME,
    QUESTION,
    SILENCE,
    START,
    TROUBLE,
    TYPED,
    WAIT,
    WORK,
    Node,
    Place,
    Stand,
    Step,
    Way,
    shape,
    turns,
)
from maps.ways import GREETING, ways_from

BEGINS = datetime(2026, 11, 16, 10, tzinfo=KOLKATA).timestamp()
"""a Monday morning"""
MOST_EVENTS = 60_000
MOST_ALARMS = 100
"""deadlines that may pass until a silence is over or a wait has ended"""

_BOT = "bot"
_SALT = "the salt of an exploration"
_KEPT = ("/ask:", "/do:", "/wait:", "/part:")
_A_MINUTE = 60.0


class TooLarge(Exception):
    """A journey has more branches than can be walked: cut it into parts, or give its effects fewer samples."""


@dataclass(frozen=True)
class Happened:
    """One event that was decided, for those who look at what holds for every decision."""

    start: Stand
    event: Event
    end: Stand

    @property
    def decision(self) -> Decision:
        """What was decided."""
        return self.end.decision


@dataclass
class Exploration:
    """All that was found."""

    journey: Journey
    stands: list[Stand] = field(default_factory=list)
    """the conversations gone on from, in the order they were come upon"""
    steps: list[Step] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)

    @cached_property
    def nodes(self) -> dict[Node, Stand]:
        """Each node, with the first conversation that came there."""
        found: dict[Node, Stand] = {}
        for stand in [self.steps[0].start, *self.stands, *(step.end for step in self.steps)]:
            found.setdefault(stand.node, stand)
        return found

    @cached_property
    def ways(self) -> Mapping[tuple[Node, Node], list[Way]]:
        """From one node to another, each way once, in order."""
        found: dict[tuple[Node, Node], dict[tuple[str, str], Way]] = defaultdict(dict)
        for step in self.steps:
            found[step.start.node, step.end.node].setdefault((step.way.kind, step.way.name), step.way)
        return {between: list(ways.values()) for between, ways in found.items()}

    @cached_property
    def asked(self) -> dict[str, list[Said]]:
        """Each question as it was put: the first time, and whenever it had other options."""
        found: dict[str, dict[tuple[str, ...], Said]] = defaultdict(dict)
        for one in self.events:
            for said in one.decision.say[-1:]:
                if said.ref:
                    found[said.key].setdefault(tuple(option.id for option in said.alternatives), said)
        return {question: list(several.values()) for question, several in found.items()}

    @property
    def troubles(self) -> list[Step]:
        """The steps that lead into trouble."""
        return [step for step in self.steps if step.end.node.kind == TROUBLE]

    def leading_to(self, goal: Node) -> set[Node]:
        """All nodes from which this one can be reached, itself among them; going away for a while does not count."""
        found, new = {goal}, [goal]
        while new:
            there = new.pop()
            for (start, end), ways in self.ways.items():
                if end == there and start not in found and any(way.kind != SILENCE for way in ways):
                    found.add(start)
                    new.append(start)
        return found


def explore(journey: Journey) -> Exploration:
    """Walk every branch. Raises TooLarge, maps.samples.NoSample."""
    return _Walk(journey).walk()


class _Walk:
    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._found = Exploration(journey)
        self._new: deque[tuple[Stand, dict[str, str]]] = deque()
        self._seen: dict[Place, set[tuple[str, str]]] = {}
        self._tried: set[tuple[Place, str]] = set()

    def walk(self) -> Exploration:
        """From the first message on."""
        raw = State.new(_BOT, _SALT, self._journey.languages[0]).dump()
        nothing = advance({_BOT: self._journey}, raw, Passed(BEGINS))
        start = Stand(Place(Node("", START, "")), raw, BEGINS, nothing, "", ())
        self._go(start, Way(TYPED, GREETING, Typed(BEGINS, GREETING)), {})
        while self._new:
            stand, story = self._new.popleft()
            for way in ways_from(self._journey, stand):
                if way.kind in (SILENCE, OUTAGE) and (stand.place, way.kind) in self._tried:
                    continue
                self._tried.add((stand.place, way.kind))
                self._go(stand, way, story)
        return self._found

    def _go(self, stand: Stand, way: Way, story: Mapping[str, str]) -> None:
        end = self._lived(stand, way)
        self._found.steps.append(Step(stand, way, end))
        journal = State.load(end.state).journal
        told = {key: story.get(key, str(way)) for key in journal if any(kind in key for kind in _KEPT)}
        marks = {(shape(key), how) for key, how in told.items()} | set(turns(_key(end.decision)))
        if end.place not in self._seen or marks - self._seen[end.place]:
            self._seen.setdefault(end.place, set()).update(marks)
            self._found.stands.append(end)
            self._new.append((end, told))

    def _lived(self, stand: Stand, way: Way) -> Stand:
        path = (*stand.path, str(way))
        if way.event is not None:
            return self._happen(stand, way.event, path)
        match way.kind:
            case kind if kind == OUTAGE and stand.decision.work is not None:
                down = self._happen(stand, Failed(stand.now, stand.decision.work.key), path)
                return self._later(down, lambda at: at.decision.work is not None)
            case kind if kind == OUTCOME:
                return self._later(stand, lambda at: at.node != stand.node)
            case _:
                return self._back_after_silence(stand, path)

    def _back_after_silence(self, stand: Stand, path: tuple[str, ...]) -> Stand:
        """They go away, and come back with a greeting; asked whether to go on, they do."""
        at = self._later(stand, lambda at: at.decision.parked or at.decision.wake_at is None)
        at = self._happen(at, Typed(at.now + _A_MINUTE, GREETING, at.shown), path)
        menu = State.load(at.state).menu
        return at if menu is None else self._happen(at, Tapped(at.now, "resume", menu.ref), path)

    def _later(self, stand: Stand, enough: Callable[[Stand], bool]) -> Stand:
        """Deadline by deadline, until it is enough. Raises TooLarge for one that comes again and again."""
        at = stand
        for _ in range(MOST_ALARMS):
            if at.decision.wake_at is None or (at is not stand and enough(at)):
                return at
            at = self._happen(at, Passed(max(at.now, at.decision.wake_at)), at.path)
        raise TooLarge(f"{stand}: {MOST_ALARMS} deadlines passed, and still there is one more")

    def _happen(self, stand: Stand, event: Event, path: tuple[str, ...]) -> Stand:
        end = happen(self._journey, stand, event, path)
        self._found.events.append(Happened(stand, event, end))
        if len(self._found.events) > MOST_EVENTS:
            raise TooLarge(f"{type(self._journey).__name__} has more than {MOST_EVENTS} branches, the last at {stand}")
        return end


def happen(journey: Journey, stand: Stand, event: Event, path: tuple[str, ...] = ()) -> Stand:
    """Where a conversation stands after one event more."""
    decision = advance({_BOT: journey}, stand.state, event)
    shown = stand.shown
    for said in decision.say:
        # What comes out of the blue clears the question shown, as it does in the outbox.
        shown = said.ref or ("" if said.purpose == REMINDER else shown)
    return Stand(place_of(decision), decision.state, event.now, decision, shown, path or stand.path)


def _key(decision: Decision) -> str:
    """That of what is waited for, where it has rounds to count."""
    pending = State.load(decision.state).pending
    return pending.key if pending is not None else decision.work.key if decision.work is not None else ""


def place_of(decision: Decision) -> Place:
    """Where this decision leaves a conversation."""
    state, stage = State.load(decision.state), decision.stage
    kind, _, name = decision.waiting_for.partition(":")
    if decision.trouble:
        return Place(Node(stage, TROUBLE, decision.trouble))
    if not state.opened:
        return Place(Node("", START, ""))
    if state.ended:
        return Place(Node(stage, END, state.ended))
    if kind == "answer" and state.pending is not None:
        return Place(Node(stage, QUESTION, name), shape(state.pending.key), state.pending.page)
    if decision.work is not None:  # `backend` too, when it is tried again
        return Place(Node(stage, WORK, decision.work.effect.name), shape(decision.work.key))
    if kind:
        return Place(Node(stage, WAIT, kind))
    return Place(Node(stage, TROUBLE, "nothing is waited for"))
