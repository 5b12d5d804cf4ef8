"""What a journey may touch: ask, say, do, wait, round, part. It lives for one walk.

One primitive carries them all: a key is looked up in the journal, else it is a need, and the walk stops there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from dialogue.data import adapter, digest, plain, reference
from dialogue.errors import Change, JourneyError, Refused
from dialogue.questions import Question
from dialogue.state import REMIND, Prompt, Reminder, State
from domain.effects import Effect
from domain.messages import Attachment
from domain.said import Said

T = TypeVar("T")
A = TypeVar("A")
R = TypeVar("R")

MOST_STEPS = 1000
"""Steps of one walk: more is a loop that never needs anything."""
REFUSED = "refused!"
"""The journal's mark of a refusal."""


@dataclass(frozen=True)
class Need:
    """What a walk stopped at: an answer, some work, an outcome."""

    key: str
    name: str
    prompt: Prompt | None = None
    effect: Effect[Any, Any] | None = None
    argument: Any = None
    until: timedelta | None = None
    """how long a wait lasts; None: without a deadline"""
    rest: bool = False
    """it is over here, until the person writes again"""

    @property
    def is_wait(self) -> bool:
        """Whether it is an outcome that is awaited."""
        return self.prompt is None and self.effect is None and not self.rest


class Stop:
    """Awaited once: it hands the need to the walk, which never goes on from there."""

    def __init__(self, need: Need) -> None:
        self._need = need

    def __await__(self) -> Generator[Need, None, Any]:
        yield self._need
        raise JourneyError("a walk is never resumed")


@dataclass(frozen=True)
class Step:
    """One key that this walk went past."""

    key: str
    kind: str
    name: str


class Chat:
    """All that a journey may touch."""

    def __init__(self, state: State, now: float, zone: ZoneInfo, fresh: str = "") -> None:
        self._state = state
        self._now = now
        self._zone = zone
        self._fresh = fresh
        self._news = False
        """whether this walk has gone past the answer, result or outcome of this very event"""
        self._path = [str(state.epoch)]
        self._uses: dict[str, int] = {}
        self._steps = 0
        self._depth = 0
        self._ended_rounds: set[str] = set()
        self.trail: list[Step] = []
        self.menus: list[tuple[str, str]] = []
        """(path, place) of the rounds that are in no part: what the word "menu" goes back to"""
        self.said: list[Said] = []
        self.closed = False

    # -- what journeys call ---------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language the person is spoken to in."""
        return self._state.language

    def say(self, text: str, /, about: Any = None, **values: Any) -> None:
        """Say something once: a text key and its values. About another thing it is said again."""
        key = self._key("say", text, ([about, values] if about is not None else values) or None)
        if key not in self._state.journal:
            self._state.journal[key] = True
            self.said.append(Said(text, plain(values)))

    def send_file(self, text: str, file: Attachment, /, **values: Any) -> None:
        """Send a file of ours once, with this text to it. Another file is sent again."""
        key = self._key("say", text, [file, values])
        if key not in self._state.journal:
            self._state.journal[key] = True
            self.said.append(Said(text, plain(values), attachment=file))

    def schedule(
        self,
        name: str,
        at: float,
        text: str,
        /,
        *,
        until: float | None = None,
        at_its_hour: bool = False,
        **values: Any,
    ) -> None:
        """Have this said at a time (seconds since the epoch), whatever the conversation is about by then.

        It outlives rounds and parts; the same name again takes the place of the earlier one. It waits for a decent
        hour, unless it goes `at_its_hour`; after `until` it is not said any more. What is past already is never said.
        """
        shown = plain(values)
        key = self._key("schedule", name, [at, until, at_its_hour, text, shown])
        if key not in self._state.journal:
            self._state.journal[key] = True
            self._unschedule(name)
            if at > self._now:
                self._state.reminders[name] = Reminder(text, shown, until, at_its_hour)
                self._state.deadlines[REMIND + name] = at

    def cancel(self, name: str) -> None:
        """What was scheduled by this name is not said."""
        key = self._key("cancel", name)
        if key not in self._state.journal:
            self._state.journal[key] = True
            self._unschedule(name)

    def _unschedule(self, name: str) -> None:
        self._state.reminders.pop(name, None)
        self._state.deadlines.pop(REMIND + name, None)

    async def ask(self, question: Question[T], about: Any = None, **values: Any) -> T:
        """The answer to this question about this thing. About another thing it is another question.

        `values` are only shown: they are no part of the key.
        """
        key = self._key("ask", question.name, about)
        prompt = Prompt(reference(key), key, question.name, values, about)
        need = Need(key, question.name, prompt=prompt)
        value = await self._look_up(need)
        if not self._news:
            # What a new release says before an answer of long ago comes too late to be said.
            self.said.clear()
        try:
            return question.thaw(value)
        except ValidationError:
            del self._state.journal[key]
            return await Stop(need)  # type: ignore[no-any-return]

    async def choose_language(self, question: Question[str]) -> None:
        """Ask for the language and speak it from then on; a later change by command holds."""
        language = await self.ask(question)
        if self.trail[-1].key == self._fresh:
            self._state.language = language

    async def do(self, effect: Effect[A, R], argument: A, about: Any = None) -> R:
        """The result of this work. The same thing worked about is the same work; by default that thing is the argument.

        Raises Refused when the outside said no, JourneyError for final work that does not say what it is about.
        """
        if effect.final and about is None:
            raise JourneyError(f"{effect.name} is final: say what it is about, so that it happens once")
        key = self._key("do", effect.name, argument if about is None else about)
        need = Need(key, effect.name, effect=effect, argument=argument)
        value = _unless_refused(await self._look_up(need))
        try:
            return effect.read(value)
        except ValidationError as error:
            raise JourneyError(f"the result of {effect.name} does not fit {effect.result.__name__}") from error

    async def wait_for(self, name: str, ref: str, until: timedelta | None = None) -> str:
        """The outcome of what `ref` stands for, the timeout among them: `expired`. None waits for ever.

        `ref` is the id that the request returned: with a constant a new application would take the old one's outcome.
        """
        if not ref:
            raise JourneyError(f"the wait {name} must say by its id what it waits for")
        wait = f"{name}:{ref}"
        outcome: str = await self._look_up(Need(self._key("wait", wait), wait, until=until))
        return outcome

    async def rest(self, how: str) -> None:
        """It is over, and ended like this; when the person writes again, it goes on from here.

        For what a greeting leads to after the end: the link once more. In a round, so that all is done anew.
        """
        await self._look_up(Need(self._key("rest", how), how, rest=True))

    async def confirm(self, summary: Question[str], which: Question[str], about: Any, **values: Any) -> None:
        """Put a summary until it is right. `which` asks what to change, its options named like the questions.

        Raises Change with the question to be asked again.
        """

        async def check(chat: Chat) -> str:
            if await chat.ask(summary, about=about, **values) == "right":
                return "right"
            return await chat.ask(which)

        what: str = await self.part(summary.name, check, about=about)
        if what != "right":
            raise Change(what)

    def today(self, name: str) -> date:
        """The day when the walk first came here: the same ever after."""
        key = self._key("day", name)
        day = self._state.journal.setdefault(key, str(datetime.fromtimestamp(self._now, self._zone).date()))
        return date.fromisoformat(day)

    def stage(self, name: str) -> None:
        """Where we are, for funnels and operators."""
        self._state.stage = name

    @contextmanager
    def round(self, name: str) -> Iterator[int]:
        """One turn of a loop without an end: what is in it is forgotten when it ends, by an exception too."""
        with self._turn(name, is_round=True) as (path, place):
            if not self._depth:
                self.menus.append((path, place))
            self._ended_rounds.discard(place)
            self._count(5)
            yield int(path.rpartition("#")[2])
            if not self._depth:
                self.menus.pop()
        self._ended_rounds.add(place)

    async def part(
        self,
        name: str,
        run: Callable[[Chat], Awaitable[T]],
        about: Any = None,
        kind: Any = Any,
        *,
        undone: bool = True,
    ) -> T:
        """A part with a result of this `kind`: the result, a refusal too, is kept; what led to it is forgotten.

        `back` undoes it like an answer, unless it is not to be `undone`: a code that was sent, say, stays sent.
        """
        key = self._key("part", name, about)
        if not undone:
            self.trail[-1] = replace(self.trail[-1], kind="kept")
        journal, thaw = self._state.journal, adapter(kind).validate_python
        if key in journal:
            try:
                return thaw(_unless_refused(journal[key]))  # type: ignore[no-any-return]
            except ValidationError:
                # Like an old answer that no longer fits, it is asked for again; not behind a point of no return.
                if key in self._state.final:
                    raise
                del journal[key]
        value = plain(await self._run_part(key, name, run, about))
        self._state.journal[key] = value
        return thaw(_unless_refused(value))  # type: ignore[no-any-return]

    # -- what the walk reads --------------------------------------------------------------------------

    def answered(self) -> list[Step]:
        """The answers and finished parts that this walk went past, in order."""
        return [step for step in self.trail if step.kind in ("ask", "part") and step.key in self._state.journal]

    def behind(self) -> list[str]:
        """The keys of what led here."""
        return [step.key for step in self.trail if step.kind in ("ask", "part")]

    # -- how it works ---------------------------------------------------------------------------------

    async def _run_part(self, key: str, name: str, run: Callable[[Chat], Awaitable[T]], about: Any) -> Any:
        salt = self._state.salt
        with self._turn(name + ("" if about is None else f"~{digest(about, salt)}")) as (path, place):
            self._depth += 1
            try:
                value: Any = await run(self)
            except Refused as refused:
                value = {REFUSED: refused.reason}
            self._depth -= 1
            if any(begun.startswith(path + "/") for begun in self._state.final):
                # Its final work is forgotten with it: from now on the part itself is the point of no return.
                self._state.final[key] = {"argument": None, "behind": self.behind()}
        self._ended_rounds.discard(place)
        return value

    @contextmanager
    def _turn(self, name: str, *, is_round: bool = False) -> Iterator[tuple[str, str]]:
        place = "/".join([*(part.split("#")[0] for part in self._path), name])
        self._path.append(f"{name}#{self._state.rounds.get(place, 0)}")
        path = "/".join(self._path)
        menus, depth = len(self.menus), self._depth
        try:
            yield path, place
        except Refused:
            self._leave(path, place, is_round)
            del self.menus[menus:]
            self._depth = depth
            self._ended_rounds.add(place)
            raise
        self._leave(path, place, is_round)

    def _leave(self, path: str, place: str, is_round: bool) -> None:
        inside = path + "/"
        fence = is_round and self._depth > 0 and any(key.startswith(inside) for key in self._state.final)
        del self._path[path.count("/") :]
        self._ended_rounds = {other for other in self._ended_rounds if not other.startswith(place + "/")}
        for step in self.trail:
            if step.kind == "wait" and step.key.startswith(inside):
                self._state.outcomes.pop(step.name, None)
        forget(self._state, path, place)
        self.trail = [step for step in self.trail if not step.key.startswith(inside)]
        if fence:
            # A round forgets its final work; the part around it must not, for its result is the point of no return.
            mark = "/".join([*self._path, f"final:{place.rpartition('/')[2]}"])
            self._state.final[mark] = {"argument": None, "behind": self.behind()}
            self._state.journal[mark] = True

    async def _look_up(self, need: Need) -> Any:
        if need.key not in self._state.journal:
            if self._ended_rounds:
                raise JourneyError(f"round {min(self._ended_rounds)} is over and forgotten: put it in a part")
            await Stop(need)
        self._news = self._news or need.key == self._fresh
        return self._state.journal[need.key]

    def _key(self, kind: str, name: str, about: Any = None) -> str:
        if self.closed:
            raise GeneratorExit  # a journey's own clean-up, after its walk is over
        self._count(1)
        base = "/".join(self._path) + f"/{kind}:{name}"
        if about is not None:
            base += f"~{digest(about, self._state.salt)}"
        uses = self._uses[base] = self._uses.get(base, 0) + 1
        if uses > 1 and kind != "say":
            raise JourneyError(f"{kind} {name} twice in one walk, about the same: use a round")
        key = base if uses == 1 else f"{base}*{uses}"
        self.trail.append(Step(key, kind, name))
        return key

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise JourneyError("the journey spins without needing anything")


def forget(state: State, path: str, place: str) -> None:
    """Drop what one turn of a round or a part left behind, and count it."""
    inside = path + "/"
    state.journal = {key: value for key, value in state.journal.items() if not key.startswith(inside)}
    state.final = {key: value for key, value in state.final.items() if not key.startswith(inside)}
    state.rounds = {key: value for key, value in state.rounds.items() if not key.startswith(place + "/")}
    state.rounds[place] = state.rounds.get(place, 0) + 1


def is_result(key: str) -> bool:
    """Whether a key of the journal is the result of work or the outcome of a wait: nobody's to take back."""
    return "/do:" in key or "/wait:" in key


def _unless_refused(value: Any) -> Any:
    if isinstance(value, dict) and REFUSED in value:
        raise Refused(value[REFUSED])
    return value
