"""A world for one dialogue, without Temporal: it sends and works at once, and its clock jumps.

The state is written out and read back at every event, and at every event all is looked at that holds for every dialogue
(`promises`): a story that breaks one of them fails where it breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from dialogue import (
    Attached,
    Decision,
    Edited,
    Event,
    Failed,
    Finished,
    Journey,
    OptedIn,
    OptedOut,
    Passed,
    Prompt,
    Refused,
    Retried,
    Said,
    State,
    Tapped,
    Told,
    Typed,
    Wanted,
    WasRefused,
    advance,
)
from dialogue.silence import KOLKATA
from domain.said import REMINDER
from domain.speech import NOTHING_HEARD, TRANSCRIBE
from tests.dialogue.promises import kept

MORNING = datetime(2026, 11, 16, 10, tzinfo=KOLKATA).timestamp()
"""When stories begin, unless they say otherwise: a Monday, an hour at which one may write to people."""
SALT = "the salt of this conversation"

Outside = Mapping[str, Callable[[Any], Any]]
"""effect -> what the outside answers to an argument; it may raise Refused"""


class World:
    """One conversation and all that is around it."""

    def __init__(
        self, journey: Journey, outside: Outside | None = None, now: float = MORNING, salt: str = SALT
    ) -> None:
        self.journeys: dict[str, Journey] = {"bot": journey}
        self.outside = outside or {}
        self.raw = State.new("bot", salt).dump()
        self.now = now
        self.shown = ""
        """ref of the question shown last: what a message is stamped with"""
        self.sent: list[Said] = []
        self.put: list[Said] = []
        """all questions that were put, in order"""
        self.down: set[str] = set()
        """effects that meet an outage"""
        self.refusing: dict[str, str] = {}
        """effects that are refused, and why"""
        self.slow: set[str] = set()
        """effects that end only when the story says so"""
        self.running: dict[str, Wanted] = {}
        self.spoken: dict[int, str] = {}
        """row of the inbox -> what is said in the voice note that it brought; nothing is not heard"""
        self.calls: list[tuple[str, Any]] = []
        """work that was done: its effect and argument"""
        self.done_for_good: list[str] = []
        """keys of final work that was done"""
        self.ended_keys: set[str] = set()
        """keys of work that finished or was refused: none of them may be wanted again"""
        self.news: list[Event] = []
        """results, refusals and outcomes that were told"""
        self.vault: dict[str, str] = {}
        """what was told as a secret, by its reference: nothing else in this world holds it"""
        self._decision: Decision | None = None

    # -- what happens ---------------------------------------------------------------------------------

    def types(self, text: str, question: str | None = None) -> list[str]:
        """The person writes; by default the question shown last is the one shown. The keys of what is said."""
        return self.happen(Typed(self.now, text, self.shown if question is None else question))

    def taps(self, option: str, question: str | None = None) -> list[str]:
        """The person taps an option, by default one of the question shown last."""
        return self.happen(Tapped(self.now, option, self.shown if question is None else question))

    def attaches(self, kind: str, question: str | None = None, file: int = 7, caption: str = "") -> list[str]:
        """The person sends something that is no text, by default in sight of the question shown last."""
        return self.happen(Attached(self.now, kind, self.shown if question is None else question, file, caption))

    def speaks(self, words: str, question: str | None = None) -> list[str]:
        """The person sends a voice note, by default in sight of the question shown last."""
        file = 100 + len(self.spoken)
        self.spoken[file] = words
        return self.attaches("audio", question, file)

    def edits(self, text: str, question: str) -> list[str]:
        """The person rewrites a message that was written in sight of this question, and was dealt with."""
        return self.happen(Edited(self.now, text, question))

    def opts_out_elsewhere(self) -> list[str]:
        """The person tells another bot of the same business to stop."""
        return self.happen(OptedOut(self.now))

    def opts_in_elsewhere(self) -> list[str]:
        """The person comes back to another bot of the same business."""
        return self.happen(OptedIn(self.now))

    def told(self, wait: str, outcome: str) -> list[str]:
        """An institution tells an outcome."""
        return self.happen(Told(self.now, wait, outcome))

    def retried(self) -> list[str]:
        """An operator wants it tried again."""
        return self.happen(Retried(self.now))

    def finishes(self, effect: str, result: Any = None) -> list[str]:
        """Slow work of this name ends well, the first that was begun."""
        return self.ends(self._first_running(effect), "finished", result)

    def is_refused(self, effect: str, reason: str = "no") -> list[str]:
        """Slow work of this name is refused."""
        return self.ends(self._first_running(effect), "refused", reason)

    def fails(self, effect: str) -> list[str]:
        """Slow work of this name meets an outage."""
        return self.ends(self._first_running(effect), "failed")

    def ends(self, work: Wanted, how: str, what: Any = None) -> list[str]:
        """Work ends: `finished` with a result, `refused` for a reason, or `failed`."""
        match how:
            case "finished":
                return self.happen(self._done(work, what))
            case "refused":
                return self.happen(WasRefused(self.now, work.key, what))
            case _:
                return self.happen(Failed(self.now, work.key))

    def passes(self, hours: float = 0, minutes: float = 0) -> list[str]:
        """Time passes, alarm by alarm. The keys of what is said meanwhile."""
        end = self.now + timedelta(hours=hours, minutes=minutes).total_seconds()
        before = len(self.sent)
        alarms = 0
        while (wake_at := self.wake_at) is not None and wake_at <= end:
            self.now = max(self.now, wake_at)
            self.happen(Passed(self.now))
            alarms += 1
            assert alarms < 1000, f"a hot timer: {self.decision.wake_for}"
        self.now = end
        return [said.key for said in self.sent[before:]]

    def release(self, journey: Journey) -> World:
        """From the next event on, another release decides."""
        self.journeys = {"bot": journey}
        return self

    def play(self, *lines: str) -> list[list[str]]:
        """A story, line by line: `+3` passes three hours, `[yes]` taps, `kyc:1=verified` tells, all else is typed."""
        return [self.line(line) for line in lines]

    def line(self, line: str) -> list[str]:
        """One line of a story."""
        wait, tells, outcome = line.partition("=")
        if line.startswith("+"):
            return self.passes(hours=float(line[1:]))
        if line.startswith("["):
            return self.taps(line.strip("[]"))
        if tells:
            return self.told(wait, outcome)
        return self.types(line)

    def happen(self, event: Event) -> list[str]:
        """An event, and all that ends at once because of it. The keys of what is said."""
        before = len(self.sent)
        decision = self.decide(event)
        while decision.work is not None and decision.work.key not in self.running:
            work = decision.work
            if work.effect.name in self.slow:
                self.running[work.key] = work
            elif work.effect.name in self.down:
                decision = self.decide(Failed(self.now, work.key))
            elif work.effect.name in self.refusing:
                decision = self.decide(WasRefused(self.now, work.key, self.refusing[work.effect.name]))
            elif work.effect is TRANSCRIBE and not self.spoken.get(work.argument["file"]):
                decision = self.decide(WasRefused(self.now, work.key, NOTHING_HEARD))
            else:
                decision = self.decide(self._done(work))
        return [said.key for said in self.sent[before:]]

    def decide(self, event: Event) -> Decision:
        """One event decided, and every promise looked at."""
        decision = advance(self.journeys, self.raw, event)
        if isinstance(event, Finished | WasRefused):
            self.ended_keys.add(event.key)
        if isinstance(event, Finished | WasRefused | Told):
            self.news.append(event)
        if isinstance(event, Finished | WasRefused | Failed):
            self.running.pop(event.key, None)
        self.sent += decision.say
        self.put += [said for said in decision.say if said.ref]
        for said in decision.say:
            # What comes out of the blue clears the question shown, as it does in the outbox.
            self.shown = said.ref or ("" if said.purpose == REMINDER else self.shown)
        self.vault |= dict(decision.secrets)
        assert not any(value in decision.state for value in self.vault.values()), "the state holds a secret"
        kept(self.journeys, self.raw, event, decision, self.ended_keys, set(self.running), self.shown)
        self.raw, self._decision = decision.state, decision
        return decision

    def branch(self) -> World:
        """The same conversation once more, to try something on."""
        other = copy(self)
        other.journeys, other.running = dict(self.journeys), dict(self.running)
        other.spoken = dict(self.spoken)
        other.sent, other.put, other.calls = list(self.sent), list(self.put), list(self.calls)
        other.vault = dict(self.vault)
        other.news, other.refusing = list(self.news), dict(self.refusing)
        other.done_for_good = list(self.done_for_good)
        other.down, other.slow, other.ended_keys = set(self.down), set(self.slow), set(self.ended_keys)
        return other

    # -- what is seen ---------------------------------------------------------------------------------

    @property
    def decision(self) -> Decision:
        """What was decided last."""
        assert self._decision is not None, "nothing has happened yet"
        return self._decision

    @property
    def state(self) -> State:
        """What is known between two events."""
        return State.load(self.raw)

    @property
    def pending(self) -> Prompt:
        """The journey's question that waits for an answer."""
        pending = self.state.pending
        assert pending is not None, "no question is pending"
        return pending

    @property
    def asked(self) -> Said:
        """The question put last, as it was said."""
        return self.put[-1]

    @property
    def wake_at(self) -> float | None:
        """When the next alarm rings, if any does."""
        return self._decision.wake_at if self._decision else None

    @property
    def waiting_for(self) -> str:
        """Whom or what we wait for."""
        return self.decision.waiting_for

    @property
    def ended(self) -> str:
        """How it ended, or nothing."""
        return self.state.ended

    @property
    def trouble(self) -> str:
        """What an operator has to look at, or nothing."""
        return self.state.trouble

    def ref_of(self, question: str) -> str:
        """The ref of a question as it was put last."""
        return next(said.ref for said in reversed(self.put) if said.key == question)

    def done(self, effect: str) -> list[Any]:
        """The arguments of all work of this name that was done."""
        return [argument for name, argument in self.calls if name == effect]

    def _done(self, work: Wanted, result: Any = None) -> Finished | WasRefused:
        self.calls.append((work.effect.name, work.argument))
        answer = self.outside.get(work.effect.name)
        if result is None and work.effect is TRANSCRIBE:
            result = {"words": self.spoken.get(work.argument["file"], "")}
        elif result is None:
            try:
                result = answer(self._opened(work.argument)) if answer else work.effect.name.upper()
            except Refused as refused:
                return WasRefused(self.now, work.key, refused.reason)
        self.done_for_good += [work.key] if work.effect.final else []
        return Finished(self.now, work.key, result)

    def _opened(self, argument: Any) -> Any:
        """An argument as an effect understands it: with what the vault keeps in the place of references to it."""
        if isinstance(argument, dict):
            if argument.keys() == {"ref"}:
                return self.vault[argument["ref"]]
            return {name: self._opened(value) for name, value in argument.items()}
        return [self._opened(one) for one in argument] if isinstance(argument, list) else argument

    def _first_running(self, effect: str) -> Wanted:
        return next(work for work in self.running.values() if work.effect.name == effect)
