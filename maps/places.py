"""Where a conversation may stand, and how it gets from there to elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogue import Decision, Event
from maps.samples import Marks

START, QUESTION, WORK, WAIT, END, TROUBLE = "start", "question", "work", "wait", "ending", "trouble"
"""kinds of nodes; "end" would be a word of Mermaid's own"""
OPTION, TYPED, FILE, RESULT, REFUSAL, OUTAGE, OUTCOME, SILENCE = (
    "option", "typed", "file", "result", "refusal", "outage", "outcome", "silence",
)  # fmt: skip
"""kinds of ways: a tap; words; an attachment; how work ends; what an institution tells; nobody says anything"""

TURNS = 4
"""turns of a round that are told apart: each of the first four, and all later ones"""
_ABOUT = re.compile(r"~[0-9a-f]{10}")
_TURN = re.compile(r"#(\d+)")
_AGAIN = re.compile(r"\*\d+$")


@dataclass(frozen=True, order=True)
class Node:
    """What is waited for, in which stage: what is drawn."""

    stage: str
    kind: str
    name: str
    """of the question, the effect, the wait, or the ending"""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip() + (f" ({self.stage})" if self.stage else "")


@dataclass(frozen=True)
class Place:
    """Where two conversations may count as the same: at one node, in the same rounds, on the same page of a list."""

    node: Node
    shape: str = ""
    """the journal's key without what it is about, and without turns"""
    page: int = 0


@dataclass(frozen=True)
class Stand:
    """One conversation in one place."""

    place: Place
    state: str
    now: float
    decision: Decision
    shown: str
    """ref of the question that the person has before them"""
    path: tuple[str, ...]
    """what happened, in short: `hi`, `[en]`, `result declined`"""

    @property
    def node(self) -> Node:
        """What it waits for."""
        return self.place.node

    def __str__(self) -> str:
        return f"{self.node}" + (f" after {', '.join(self.path)}" if self.path else "")


@dataclass(frozen=True)
class Way:
    """Something that may happen in a place."""

    kind: str
    name: str
    """the option's id, the words typed, the kind of file, a sample's words, a refusal's code, an outcome"""
    event: Event | None = None
    """None where several things happen one after another: an outage and its end, a silence"""
    label: str = ""
    """of an option: the attribute of the question's text that is its label"""
    offered: bool = False
    """an option made of what the question is about, as one lender's offer is"""
    marks: Marks = ()
    """of a sampled result: what sets it apart"""

    def __str__(self) -> str:
        match self.kind:
            case kind if kind == TYPED:
                return self.name
            case kind if kind == OPTION:
                return f"[{self.name}]"
            case _:
                return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True)
class Step:
    """One way gone."""

    start: Stand
    way: Way
    end: Stand


def shape(key: str) -> str:
    """A key of the journal without what it is about, and without the turns of its rounds."""
    return _TURN.sub("", _AGAIN.sub("", _ABOUT.sub("", key)).partition("/")[2])


def turns(key: str) -> Iterator[tuple[str, str]]:
    """Each round of a key, and which turn of it that is, counted up to TURNS."""
    parts = key.split("/")
    for place, part in enumerate(parts):
        if found := _TURN.search(part):
            yield shape("/".join(parts[: place + 1])), str(min(int(found[1]), TURNS))
