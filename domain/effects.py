"""Work done outside a conversation, by name: what it takes, what it gives, how patient it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Effect(Generic[A, R]):
    """Work by name. A final one is a point of no return from the moment it starts: it must happen once.

    `attempt` bounds one try, `attempts` their number (about a minute in all); after that the dialogue decides.
    `refusals` are the codes that it may be refused with. `samples` say what it may come to, each with a word for it,
    where the result's type says too little: those who try everything try these.
    """

    name: str
    argument: type[A]
    result: type[R]
    final: bool = False
    queue: str = "effects"
    attempt: timedelta = timedelta(seconds=12)
    attempts: int = 5
    refusals: tuple[str, ...] = ()
    samples: tuple[tuple[str, R], ...] = ()

    def read(self, value: Any) -> R:
        """A result as its type. Raises pydantic.ValidationError."""
        kind: Any = self.result
        return _adapter(kind).validate_python(value)  # type: ignore[no-any-return]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
