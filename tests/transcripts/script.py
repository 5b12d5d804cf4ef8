"""The text of a transcript, read: what happens in which order. README.md beside this file describes the format."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.running.bubble import unseen
from tests.transcripts.kinds import KINDS

HERE = Path(__file__).parent
STORIES = sorted(HERE.glob("*/*.txt"))
"""every transcript, in a folder named after its bot"""

_STALE = "stale: "
_QUOTED = re.compile(r'(?P<words>"(?:[^"\\]|\\.)*")(?: × (?P<times>[1-9][0-9]*))?')
_LONGER = re.compile(r"\+(?P<count>[1-9][0-9]*)(?P<unit>[hm])")
_FOLLOWED = re.compile(r"as in (?P<story>\w+), up to: (?P<last>.+)")
_DECISION = re.compile(r"decision for (?P<applicant>[^:]+): (?P<profile>.+)")
_VOICE = re.compile(r"\(voice\)(?: (?P<words>.+))?")
_RECOGNISER = re.compile(r"recogniser for (?P<words>[^:]+): (?P<mood>deaf|down|up)")
_JOBS = re.compile(r"jobs for (?P<keywords>[^:]+): (?P<mood>none|down|up)")
_CODES = re.compile(r"codes(?P<whose> for another number)?: (?P<mood>up|down|wrong|expired|locked|too_many|bad_number)")
_OFFERS = re.compile(r"offers (?P<offers>[0-9]+)")

SLOW = 4.0
"""seconds that a slow decision backend takes: less than the product's patience with one request"""


class Unreadable(Exception):
    """A transcript has a line that means nothing: mend the line that is named."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")


@dataclass(frozen=True)
class Typing:
    """Words typed."""

    words: str


@dataclass(frozen=True)
class Tapping:
    """A tap on the option with this label: of the last message, or of an older one."""

    label: str
    stale: bool = False


@dataclass(frozen=True)
class Attaching:
    """Something that is no text: one of `kinds.KINDS`, with what it says, if anything."""

    kind: str
    words: str = ""


@dataclass(frozen=True)
class Speaking:
    """A voice note in which this is said; without words, nothing."""

    words: str = ""


Doing = Typing | Tapping | Attaching | Speaking


@dataclass(frozen=True)
class Does:
    """The person does this; several things before any of them is answered."""

    doings: tuple[Doing, ...]


@dataclass(frozen=True)
class Waits:
    """Time passes."""

    seconds: float


@dataclass(frozen=True)
class WaitsUntil:
    """Time passes until a moment, `{+1d} 09:30`."""

    moment: str


@dataclass(frozen=True)
class Decides:
    """How the decision backend treats an applicant from now on."""

    applicant: str
    profile: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Searches:
    """How the job search treats those who look for these words from now on: `none` is found, or it is `down`, `up`."""

    keywords: str
    mood: str

    @property
    def treatment(self) -> dict[str, Any]:
        """As the sandbox takes it."""
        return {"state": "up", "found": 0} if self.mood == "none" else {"state": self.mood, "found": None}


@dataclass(frozen=True)
class Listens:
    """How the recogniser treats those who say these words from now on: `deaf` hears nothing; `down`, `up`."""

    words: str
    mood: str


@dataclass(frozen=True)
class TreatsCodes:
    """How the auth API treats the person's own number, or the other one, from now on; `up` is as it should be."""

    mood: str
    another: bool = False


@dataclass(frozen=True)
class Follows:
    """All goes as in another story of the same bot, up to its line `last`: it is played, and not written here."""

    story: str
    last: str


@dataclass(frozen=True)
class Happens:
    """Something beside the chat, one of EVENTS."""

    what: str


ANSWER, AGAIN, RETRY = "the lenders answer", "the last webhook comes again", "operator: retry"
EVENTS = (ANSWER, AGAIN, RETRY)

Act = Does | Waits | WaitsUntil | Decides | Searches | Listens | TreatsCodes | Follows | Happens


@dataclass(frozen=True)
class Step:
    """An act, the lines of the file that say so, comments above it included, and what is said to it there."""

    lines: tuple[str, ...]
    act: Act
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """A story: what it shows, and what is done in it."""

    title: str
    steps: tuple[Step, ...]
    folder: Path
    """where the stories are that it follows"""

    def followed(self, follows: Follows) -> tuple[Step, ...]:
        """The steps of the other story. Raises LookupError where it has no such line."""
        steps = read(self.folder / f"{follows.story}.txt").steps
        for place, step in enumerate(steps):
            if follows.last in step.lines:
                return steps[: place + 1]
        raise LookupError(f"{follows.story} has no line {follows.last!r}")


def read(path: Path) -> Transcript:
    """The transcript in a file. Raises Unreadable."""
    return parse(path.read_text(encoding="utf-8"), path.parent)


def parse(text: str, folder: Path) -> Transcript:
    """The transcript that a text is. Raises Unreadable."""
    title, *lines = text.split("\n")
    if not title.strip() or title[0] in "#>@<":
        raise Unreadable(1, "a transcript begins with its title: the behaviour it shows, in one line")
    steps: list[Step] = []
    above: list[str] = []
    for number, line in enumerate(lines, 2):
        if line.startswith("#"):
            above.append(line)
        elif line.startswith(">> "):
            steps.append(_together(steps.pop() if steps else None, line, number))
        elif line.startswith("> "):
            steps.append(Step((*above, line), Does((_doing(line[2:], number),))))
            above = []
        elif line.startswith("@ "):
            steps.append(Step((*above, line), _event(line[2:], number)))
            above = []
        elif not line or line.startswith(("< ", "  ")):
            steps[-1:] = [replace(step, said=(*step.said, line)) for step in steps[-1:]]
        else:
            raise Unreadable(number, "a line begins with '> ', '>> ', '@ ', '# ', '< ' or two spaces")
    if above or not steps:
        raise Unreadable(len(lines) + 1, "a transcript ends with something done, and what is said to it")
    return Transcript(title, tuple(steps), folder)


def _together(step: Step | None, line: str, number: int) -> Step:
    if step is None or not isinstance(step.act, Does):
        raise Unreadable(number, "'>> ' goes on with a line that begins with '> '")
    return Step((*step.lines, line), Does((*step.act.doings, _doing(line[3:], number))))


def _doing(words: str, number: int) -> Doing:
    if words.startswith("[") and words.endswith("]"):
        stale = words.startswith("[" + _STALE)
        return Tapping(words[1:-1].removeprefix(_STALE), stale)
    if spoken := _VOICE.fullmatch(words):
        return Speaking(spoken["words"] or "")
    if words.startswith("(") and words.endswith(")"):
        kind, _, more = words[1:-1].partition(": ")
        if kind not in KINDS:
            raise Unreadable(number, f"({kind}) is none of the kinds there are: {', '.join(KINDS)}")
        return Attaching(kind, more)
    if words.startswith('"'):
        quoted = _QUOTED.fullmatch(words)
        if quoted is None:
            raise Unreadable(number, 'a quoted text is "words", perhaps with × and how often behind it')
        return Typing(json.loads(quoted["words"]) * int(quoted["times"] or 1))
    if any(map(unseen, words)):
        raise Unreadable(number, 'what cannot be seen is written between quotes: "Asha\\u200b Rao"')
    return Typing(words)


def _event(words: str, number: int) -> Act:
    if words in EVENTS:
        return Happens(words)
    if longer := _LONGER.fullmatch(words):
        return Waits(int(longer["count"]) * {"h": 3600, "m": 60}[longer["unit"]])
    if words.startswith("until "):
        return WaitsUntil(words.removeprefix("until "))
    if followed := _FOLLOWED.fullmatch(words):
        return Follows(followed["story"], followed["last"])
    if decision := _DECISION.fullmatch(words):
        return Decides(decision["applicant"], tuple(_profile(decision["profile"], number).items()))
    if jobs := _JOBS.fullmatch(words):
        return Searches(jobs["keywords"], jobs["mood"])
    if recogniser := _RECOGNISER.fullmatch(words):
        return Listens(recogniser["words"], recogniser["mood"])
    if codes := _CODES.fullmatch(words):
        return TreatsCodes(codes["mood"], bool(codes["whose"]))
    known = (
        "+24h, +30m, until {+1d} 09:30, 'as in STORY, up to: LINE', 'decision for NAME: …', 'jobs for WORDS: …', "
        "'recogniser for WORDS: …', 'codes: …'"
    )
    raise Unreadable(number, f"@ is followed by {known}, or one of: {', '.join(EVENTS)}")


def _profile(words: str, number: int) -> dict[str, Any]:
    if offers := _OFFERS.fullmatch(words):
        return {"outcome": "offers", "offers": int(offers["offers"])}
    if words in ("declined", "referred"):
        return {"outcome": words}
    if words in ("up", "down"):
        return {"state": words}
    if words == "slow":
        return {"state": words, "seconds": SLOW}
    raise Unreadable(number, "a decision is offers N, declined, referred, up, down or slow")
