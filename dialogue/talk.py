"""One event at work on one state: the walk, what is said, what is wanted."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import Any

from dialogue.chat import REFUSED, Chat, Need
from dialogue.data import digest, plain, reference
from dialogue.errors import Change, End, JourneyError
from dialogue.events import Wanted
from dialogue.journey import Journey
from dialogue.state import REMIND, Prompt, State
from domain.said import ANSWER, NOTICE, Alternative, Said
from domain.vault import Kept

PAGE = 9
"""rows of one page of a long list; the tenth is "More" """
MOST_ROWS = 10
PAGE_ROW = "page_"
"""what the id of a row begins with that leads to another page; the page's number follows"""
OF_OPTING_OUT = ("stopped", "how_to_start")
"""what is said to one who opted out, all the same"""
IN_SECRET = 20
"""secret questions that are remembered, for what is still written in sight of them"""
KEPT_ANSWERS, KEPT_BYTES, KEPT_OUTCOMES = 100, 32_000, 50
"""of what a walk does not reach, what was reached last stays: the state must not grow with every change of mind"""


class Talk:
    """A dialogue while it takes one event. Nothing of it is alive between events."""

    def __init__(self, state: State, journey: Journey, now: float) -> None:
        self.state = state
        self.journey = journey
        self.now = now
        self.out: list[Said] = []
        self.need: Need | None = None
        self.argument: Any = None
        """that of the work it stopped at, as data"""
        self.fresh = ""
        """the key whose answer, result or outcome is this event's news"""
        self.chosen: tuple[tuple[str, str], ...] = ()
        """the question and the option that this event chose, where options are fixed"""
        self.useful = False
        """whether the person said something that helps: a right answer, a command, a choice"""
        self.woken = False
        """whether it went on behind a rest by words that mean nothing to it"""
        self.news = False
        """whether the walk came to something new"""
        self.secrets: list[tuple[str, str]] = []
        """what this event puts into the vault"""
        self.chat = self._chat()

    # -- the walk -------------------------------------------------------------------------------------

    def walk(self) -> None:
        """Drive the journey from the top until it needs what is not there; say what it says on the way.

        What the journey raises, and every rule it breaks, is trouble. What was answered, done and told is kept: after a
        fix the next walk goes on from here.
        """
        for _ in range(50):
            self.need = None
            if self.state.ended or self.state.trouble or self.state.stopped or not self.state.opened:
                return
            try:
                if self._drive():
                    return
            except Exception as error:
                self.in_trouble(error)
                return
        self.in_trouble(JourneyError("the journey walks in circles: Change or an outcome leads back to itself"))

    def _drive(self) -> bool:
        """One walk; true when there is nothing left to do but wait."""
        self.chat = chat = self._chat()
        coroutine = self.journey.run(chat)
        try:
            need = coroutine.send(None)
        except StopIteration as stop:
            self._end(stop.value or "done")
            return True
        except End as end:
            self._end(end.how)
            return True
        except Change as change:
            self._change(change.question)
            return False
        finally:
            self.out += chat.said
            self.news = self.news or bool(chat.said)
            chat.closed = True
            coroutine.close()
        if not isinstance(need, Need):
            raise JourneyError("a journey awaits only what chat offers")
        self.need = need
        return self._meet(need)

    def in_trouble(self, error: Exception) -> None:
        """An operator must look; the person is told."""
        self.need, self.news = None, True
        self.state.trouble, self.state.pending, self.state.menu = place_of(error), None, None
        self.out = [said for said in self.out if not said.ref]
        if not self.state.stopped:
            self.aside("we_look_at_it")

    def out_of_trouble(self) -> None:
        """Nobody has to look any more."""
        self.state.trouble = ""
        self.out = [said for said in self.out if said.key != "we_look_at_it"]

    def _meet(self, need: Need) -> bool:
        state = self.state
        if need.prompt is not None:
            if state.pending is None or state.pending.key != need.key:
                self._pend(need.prompt)
            return True
        state.pending = None
        if need.rest:
            self._end(need.name)
            state.resting = need.key
            self.need = None
            return True
        if not need.is_wait:
            self.argument = plain(need.argument)
            return True
        if need.name in state.outcomes:
            state.deadlines.pop("wait:" + need.name, None)
            state.journal[need.key] = state.outcomes[need.name]
            self.fresh = need.key
            return False
        if need.until is not None:
            state.deadlines.setdefault("wait:" + need.name, self.now + need.until.total_seconds())
        return True

    def _pend(self, prompt: Prompt) -> None:
        question = self.journey.by_name.get(prompt.name)
        if question is None:
            raise JourneyError(f"{prompt.name} is asked and not among the journey's questions")
        prompt.alternatives = list(question.alternatives(prompt.about))
        prompt.values, prompt.about = plain(prompt.values), plain(prompt.about)
        self.state.pending, self.news = prompt, True
        if question.secret:
            self.state.in_secret = [*self.state.in_secret, prompt.ref][-IN_SECRET:]
        self.put(prompt)

    def wake(self) -> None:
        """Go on behind the rest that it ended in."""
        state = self.state
        state.journal[state.resting] = True
        self.fresh = state.resting
        state.ended, state.resting = "", ""

    def _end(self, how: str) -> None:
        self.state.ended, self.state.pending, self.state.menu = how, None, None
        self.news = True
        self.state.deadlines = {name: at for name, at in self.state.deadlines.items() if name.startswith(REMIND)}

    def _change(self, question: str) -> None:
        answered = self.chat.answered()
        named = {step.key for step in answered if step.name == question}
        drop = named | {step.key for step in answered[-1:]}
        if not named or drop & self.held():
            raise JourneyError(f"Change({question}): never answered, or behind a point of no return")
        self.state.journal = {key: value for key, value in self.state.journal.items() if key not in drop}

    def _chat(self) -> Chat:
        return Chat(self.state, self.now, self.journey.silence.zone, self.fresh)

    def keep(self, name: str, value: str) -> Kept:
        """Put the answer to a secret question into the vault; the reference to it, never used before."""
        self.state.kept += 1
        kept = Kept(f"{name}-{self.state.kept}")
        self.secrets.append((kept.ref, value))
        return kept

    # -- what is said ---------------------------------------------------------------------------------

    def aside(self, key: str, **values: Any) -> None:
        """A kind word, beside the journey: once."""
        if all(said.key != key for said in self.out):
            purpose = NOTICE if key in OF_OPTING_OUT else ANSWER
            self.out.append(Said(key, plain(values), aside=True, purpose=purpose))

    def put(self, prompt: Prompt) -> None:
        """Put a question, or the platform's menu: it is the last thing said, and the only one put."""
        self.state.parked = False
        if prompt is not self.state.menu:
            self.state.menu = None
        self.refresh(prompt)
        self.out = [said for said in self.out if not said.ref]
        self.out.append(shown(prompt))

    def refresh(self, prompt: Prompt) -> None:
        """Offer what this release offers: another may have taken an option away, and its label with it."""
        question = self.journey.by_name.get(prompt.name)
        if question is not None and not callable(question.options):
            prompt.alternatives = list(question.alternatives(None))
        prompt.page = min(prompt.page, len(pages(prompt)) - 1)

    def put_again(self) -> None:
        """Put the pending question again, or say what we are waiting for."""
        state = self.state
        if state.pending is None:
            self.walk()
        if state.ended:
            self.aside("ended", how=state.ended)
        elif state.trouble:
            self.aside("we_look_at_it")
        elif state.pending is not None:
            self.put(state.pending)
        else:
            self.ask_to_wait()

    def ask_to_wait(self) -> None:
        """Say what we are waiting for."""
        self.aside("please_wait", what=self.waiting_for().removeprefix("work:"))

    def put_menu(self, name: str, *options: str, about: Any = None, **values: Any) -> None:
        """Put a menu of the platform on top of the pending question: its options are commands.

        One that is about something is another menu than the same about another thing, and taps tell them apart.
        """
        alternatives = [Alternative(option) for option in options]
        key = f"menu:{name}" + ("" if about is None else f"~{digest(about, self.state.salt)}")
        self.state.menu = Prompt(reference(key), "", name, plain(values), plain(about), alternatives)
        self.put(self.state.menu)

    def say(self) -> tuple[Said, ...]:
        """All that is said, the question last."""
        return tuple(sorted(self.out, key=lambda said: bool(said.ref)))

    # -- what is wanted -------------------------------------------------------------------------------

    def work(self) -> Wanted | None:
        """The work the walk stopped at, unless it waits to be tried again."""
        need = self.need
        if need is None or need.effect is None or "retry:" + need.key in self.state.deadlines:
            return None
        argument = self.argument
        if need.effect.final:
            # Begun: another argument of a later release does not change it.
            begun = self.state.final.setdefault(need.key, {"argument": argument, "behind": self.chat.behind()})
            argument = begun["argument"]
        return Wanted(need.key, need.effect, argument)

    def waits_long(self) -> bool:
        """Whether nothing is to be done but wait: for an institution, or to try work again."""
        need = self.need
        return need is not None and (need.is_wait or "retry:" + need.key in self.state.deadlines)

    def waiting_for(self) -> str:
        """Who or what it is that we wait for."""
        if self.state.trouble:
            return "operator"
        if self.need is None:
            return ""
        if self.need.key in self.state.tries:
            return "backend"
        if self.need.is_wait:
            return self.need.name.partition(":")[0]
        return f"{'answer' if self.need.prompt else 'work'}:{self.need.name}"

    # -- what must hold -------------------------------------------------------------------------------

    def held(self) -> set[str]:
        """What led to final work that has begun: nobody drops it."""
        return {key for begun in self.state.final.values() for key in begun["behind"]}

    def begun(self) -> bool:
        """Whether anything was ever answered: before that, who writes twice is still saying hello."""
        return any("/ask:" in key or "/part:" in key for key in self.state.journal)

    def current(self, key: str) -> bool:
        """Whether every round of this key, and its epoch, is still the current one: what comes late is dropped."""
        place, *parts = key.split("/")[:-1]
        if int(place) != self.state.epoch:
            return False
        for part in parts:
            name, _, turn = part.partition("#")
            place += "/" + name
            if turn and int(turn) != self.state.rounds.get(place, 0):
                return False
        return True

    def tidy(self) -> None:
        """Forget what no walk has reached for longest."""
        state = self.state
        if self.need is not None:
            reached = {step.key for step in self.chat.trail} | self.held() | set(state.final)
            idle = [key for key in state.journal if key not in reached]
            room, first = KEPT_BYTES, len(idle)
            while first > max(0, len(idle) - KEPT_ANSWERS):
                room -= len(str(state.journal[idle[first - 1]]))
                if room < 0:
                    break
                first -= 1
            order = idle[first:] + [key for key in state.journal if key in reached]
            state.journal = {key: state.journal[key] for key in order}
        for name in list(state.outcomes)[:-KEPT_OUTCOMES]:
            del state.outcomes[name]


def place_of(error: Exception) -> str:
    """Class and place of an error. Its message may quote what the person wrote, so it is left out; a rule's is ours."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" in {frame.name} ({PurePath(frame.filename).name}:{frame.lineno})" for frame in last)
    why = f": {error}" if isinstance(error, JourneyError) else ""
    return f"{type(error).__name__}{where}{why}"


def refused(reason: str) -> dict[str, str]:
    """What the journal holds for work that was refused."""
    return {REFUSED: reason}


def pages(prompt: Prompt) -> range:
    """The pages of a question's options, from 0."""
    options = len(prompt.alternatives)
    return range(1 if options <= MOST_ROWS else -(-options // PAGE))


def shown(prompt: Prompt) -> Said:
    """How a question is put: a long list as one of its pages, whose last row leads on."""
    alternatives, first = prompt.alternatives, 1
    if len(pages(prompt)) > 1:
        at = prompt.page * PAGE
        rest = prompt.page + 1 in pages(prompt)
        turn = Alternative(f"page_{prompt.page + 1 if rest else 0}", "more" if rest else "from_the_start")
        alternatives, first = [*alternatives[at : at + PAGE], turn], at + 1
    values = {**prompt.values, "total": len(prompt.alternatives)} if prompt.alternatives else prompt.values
    return Said(prompt.name, values, prompt.ref, tuple(alternatives), first)
