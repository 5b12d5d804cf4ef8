"""Questions: something asked by name, with a type, a parser and perhaps options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from dialogue.data import adapter, plain
from dialogue.errors import JourneyError
from dialogue.parsers import Label, pick
from domain.files import SentFile
from domain.said import Alternative
from domain.vault import Kept

T = TypeVar("T")


def _is_no_secret(value: str) -> Kept:
    raise JourneyError("only a question that is marked `secret` keeps an answer in the vault")


@dataclass(frozen=True)
class Reply:
    """What a parser gets: the words typed or the option tapped, and what the question was about."""

    text: str
    option: str
    about: Any
    values: Mapping[str, Any]
    language: str
    now: float
    """seconds since the epoch"""
    today: date
    """where the person is"""
    labels: Sequence[Label]
    """The options with what they are called in every language."""
    file: SentFile | None = None
    """What was attached, where the question takes such a thing."""
    keep: Callable[[str], Kept] = _is_no_secret
    """Puts the value of a secret into the vault: what it returns is the answer."""

    def picked(self) -> str:
        """The id of the option meant, by tap, number, letter or label. Raises Invalid."""
        return self.option or pick(self.text, self.labels)


@dataclass(frozen=True)
class Question(Generic[T]):
    """Something asked by name.

    The journal holds the answer as JSON, a journey gets it as `type`; an old answer that no longer fits is asked again.
    `parse` raises Invalid for what it does not take. `options` are ids, or made of what the question is about.
    """

    name: str
    type: Any
    parse: Callable[[Reply], T]
    options: tuple[str, ...] | Callable[[Any], Sequence[Alternative]] = ()
    accepts: frozenset[str] = frozenset()
    """kinds of attachments that may answer it: image, video, …; `parse` judges them"""
    example: str = ""
    """what somebody might type, where typing is the way to answer: for maps and for those who try everything"""
    others: tuple[str, ...] = ()
    """answers typed that lead elsewhere than the example does, each to another place"""
    secret: bool = False
    """what is typed in sight of it is kept in the vault alone (`Reply.keep`), and masked where it was written down"""

    def alternatives(self, about: Any) -> tuple[Alternative, ...]:
        """The options when asked about this."""
        if callable(self.options):
            return tuple(self.options(about))
        return tuple(Alternative(option) for option in self.options)

    def freeze(self, value: T) -> Any:
        """The answer as JSON."""
        return plain(adapter(self.type).dump_python(value, mode="json", warnings="error"))

    def thaw(self, value: Any) -> T:
        """The answer as its type. Raises pydantic.ValidationError when it no longer fits."""
        return adapter(self.type).validate_python(value)  # type: ignore[no-any-return]


def choice(name: str, *options: str) -> Question[str]:
    """A question with fixed options; the answer is an option's id."""
    return Question(name, str, lambda reply: reply.picked(), options)


def typed(
    name: str, kind: Any, parse: Callable[[str], T], *, example: str = "", others: tuple[str, ...] = ()
) -> Question[T]:
    """A question answered in one's own words."""
    return Question(name, kind, lambda reply: parse(reply.text), example=example, others=others)


def secret(
    name: str, parse: Callable[[str], str], *, example: str = "", others: tuple[str, ...] = ()
) -> Question[Kept]:
    """A question whose answer is a secret: a one-time code, an account number.

    `parse` gives the value that the vault keeps; the answer is a reference to it, another one each time. What `parse`
    raises must not quote what was typed: an Invalid whose values hold words is an error.
    """
    return Question(
        name, Kept, lambda reply: reply.keep(parse(reply.text)), example=example, others=others, secret=True
    )
