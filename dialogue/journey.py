"""A journey: one bot's conversation, written as a plain coroutine over its journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar, Protocol

from dialogue.chat import Chat
from dialogue.parsers import fold
from dialogue.questions import Question
from dialogue.silence import Silence
from domain.said import Alternative


class Words(Protocol):
    """What things are called, in every language at once: so that a person may type what they read."""

    def labels(self, question: str, alternative: Alternative) -> tuple[str, ...]:
        """An option's labels and their synonyms."""

    def names(self, question: str) -> tuple[str, ...]:
        """What a question is called, for "change income"."""


class Ids:
    """Words for journeys without texts: things are called by their ids."""

    def labels(self, question: str, alternative: Alternative) -> tuple[str, ...]:
        return (alternative.id,)

    def names(self, question: str) -> tuple[str, ...]:
        return (question,)


class Journey:
    """What every bot is: its questions, its languages, how long it bears silence, and `run`, its table of contents.

    One instance serves all conversations: what belongs to one is in the state, never in the journey.
    """

    questions: ClassVar[tuple[Question[Any], ...]] = ()
    languages: ClassVar[tuple[str, ...]] = ("en", "hi")
    reopens: ClassVar[frozenset[str]] = frozenset()
    """endings after which a greeting begins anew"""
    outcomes: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """a wait's name -> the outcomes that may be told, beside `expired`: for maps and for those who try everything"""
    restart_asks: ClassVar[bool] = True
    expires_after: ClassVar[timedelta | None] = None
    """the silence after which its answers are forgotten, for those who make its `Silence`"""
    menus: ClassVar[bool] = False
    """whether it is a bot of menus: `back` is one menu up, `menu` and `restart` lead to the first one, and so does the
    next message after a silence"""

    def __init__(self, words: Words | None = None, silence: Silence | None = None, *, hears: bool = False) -> None:
        self.words: Words = words or Ids()
        self.silence = silence or Silence()
        self.hears = hears
        """whether there is somebody who listens to voice notes"""
        self.by_name: Mapping[str, Question[Any]] = {question.name: question for question in self.questions}

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What its questions are called, folded for comparing, and their names."""
        return {fold(name): question for question in self.by_name for name in self.words.names(question)}

    async def run(self, chat: Chat) -> str | None:
        """The conversation from its first word to its last. What it returns names how it ended; None is "done"."""
        raise NotImplementedError(f"{type(self).__name__} has no run")
