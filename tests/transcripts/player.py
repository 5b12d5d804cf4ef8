"""Plays a transcript on a stage and writes down what came of it, in the words of the file."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff
from typing import Protocol

from tests.running.bubble import Bubble
from tests.running.person import Deed, Raw, Tap, Text, Voice
from tests.transcripts.kinds import KINDS
from tests.transcripts.placeholders import ANOTHER, OWN, Placeholders
from tests.transcripts.script import (
    AGAIN,
    RETRY,
    Attaching,
    Decides,
    Does,
    Doing,
    Follows,
    Happens,
    Listens,
    Searches,
    Speaking,
    Step,
    Tapping,
    Transcript,
    TreatsCodes,
    Typing,
    Waits,
    WaitsUntil,
)

CODE_OF = {OWN: "{code}", ANOTHER: "{another's code}"}
"""how a story types the newest code that was sent to a number"""


class Stage(Protocol):
    """Where a transcript is played: the dialogue alone, or the real thing. After each act all is settled."""

    @property
    def now(self) -> float:
        """What time it is for the conversation, in seconds since the epoch."""

    @property
    def own(self) -> str:
        """The number that the person writes from, in E.164."""

    @property
    def another(self) -> str:
        """A mobile number that nobody else has, in E.164."""

    async def code(self, phone: str) -> str:
        """The newest code that was sent to this number. Raises LookupError where none was."""

    async def treats_codes(self, phone: str, mood: str) -> None:
        """How the auth API treats this number from now on."""

    async def does(self, deeds: Sequence[Deed]) -> None:
        """The person does this; several deeds come in one webhook."""

    async def waits(self, seconds: float) -> None:
        """Time passes."""

    async def decides(self, decides: Decides) -> None:
        """How the decision backend treats an applicant from now on."""

    async def searches(self, searches: Searches) -> None:
        """How the job search treats those who look for this from now on."""

    async def listens(self, listens: Listens) -> None:
        """How the recogniser treats those who say this from now on."""

    async def answers(self) -> None:
        """The lenders answer, if they were slow."""

    async def again(self) -> None:
        """The last webhook comes a second time."""

    async def retries(self) -> None:
        """An operator has it tried again."""

    async def chat(self) -> list[Bubble]:
        """All that came from the business, in order."""

    async def ends(self) -> None:
        """The story is over. Raises AssertionError for what no chat shows: trouble, a message that was not taken."""


class CannotBeTapped(Exception):
    """A transcript taps what is not there: choose a label that is, or mark it stale."""


class Different(AssertionError):
    """What was said is not what the transcript says: its message shows where."""


async def play(transcript: Transcript, stage: Stage) -> str:
    """The transcript's text, with all that the bot said on this stage."""
    playing = _Playing(stage)
    written = [transcript.title, ""]
    for step in transcript.steps:
        written += step.lines
        if isinstance(step.act, Follows):
            for followed in transcript.followed(step.act):
                said = await playing.said_to(followed)
                # What is not as the other story has it is written, so that it is found out here too.
                if _spoken(said) != _spoken(followed.said):
                    written += [f"  {line}" for line in (*followed.lines, *said)]
        else:
            written += await playing.said_to(step)
        written.append("")
    await stage.ends()
    return "\n".join([*written, *await playing.news()])


def compare(expected: str, played: str, stage: str) -> None:
    """Raises Different, with a diff that reads like the transcript, unless both say the same."""
    if played != expected:
        lines = unified_diff(expected.split("\n"), played.split("\n"), "transcript", stage, lineterm="", n=4)
        raise Different("\n".join(["what was said is not what the transcript says:", "", *lines]))


class _Playing:
    """A stage with somebody who reads along."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._placeholders = Placeholders(stage.now, stage.own, stage.another)
        self._chat: list[Bubble] = []

    async def said_to(self, step: Step) -> list[str]:
        """What is said when this is done."""
        await self._perform(step)
        return await self.news()

    async def news(self) -> list[str]:
        """What was said since the last look."""
        seen, self._chat = len(self._chat), list(await self._stage.chat())
        return [self._placeholders.hide(line) for bubble in self._chat[seen:] for line in bubble.lines()]

    async def _perform(self, step: Step) -> None:
        match step.act:
            case Does(doings):
                await self._stage.does([self._deed(await self._with_codes(doing)) for doing in doings])
            case Waits(seconds):
                await self._stage.waits(seconds)
            case WaitsUntil(moment):
                await self._stage.waits(self._placeholders.moment(moment) - self._stage.now)
            case Decides():
                await self._stage.decides(step.act)
            case Searches():
                await self._stage.searches(step.act)
            case Listens():
                await self._stage.listens(step.act)
            case TreatsCodes(mood, another):
                await self._stage.treats_codes(self._stage.another if another else self._stage.own, mood)
            case Happens(what) if what == AGAIN:
                await self._stage.again()
            case Happens(what) if what == RETRY:
                await self._stage.retries()
            case Happens():
                await self._stage.answers()
            case Follows():
                raise TypeError("a story that is followed follows none itself")

    async def _with_codes(self, doing: Doing) -> Doing:
        """What is typed, with the codes in it that came to a phone."""
        if isinstance(doing, Typing):
            for name, phone in ((CODE_OF[OWN], self._stage.own), (CODE_OF[ANOTHER], self._stage.another)):
                if name in doing.words:
                    return Typing(doing.words.replace(name, await self._stage.code(phone)))
        return doing

    def _deed(self, doing: Doing) -> Deed:
        match doing:
            case Typing(words):
                return Text(self._placeholders.reveal(words))
            case Speaking(words):
                return Voice(words)
            case Attaching(kind, words):
                return Raw(KINDS[kind](words))
            case Tapping():
                return self._tap(doing)

    def _tap(self, tapping: Tapping) -> Tap:
        """The tap: on the last message or, if it is stale, on the last one before it that has the label."""
        for bubble in reversed(self._chat[:-1]) if tapping.stale else self._chat[-1:]:
            for option in bubble.options:
                if self._placeholders.hide(option.label) == tapping.label:
                    return Tap(bubble.id, option.id, option.label)
        where = "an older message" if tapping.stale else "the last message"
        raise CannotBeTapped(f"[{tapping.label}] is not on {where}")


def _spoken(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip()
