"""How somebody outside treats those who ask: each by a name, or all others as everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Generic, TypeVar

EVERYBODY = "*"

P = TypeVar("P")
"""a frozen dataclass: the ways in which one may be treated"""


class Treated(Generic[P]):
    """The treatments that were set; a name's own wins over everybody's. They are in memory: a restart mends them."""

    def __init__(self, default: P) -> None:
        self._default = default
        self._set: dict[str, P] = {}

    def of(self, name: str) -> P:
        """How this one is treated."""
        return self._set.get(folded(name)) or self._set.get(EVERYBODY) or self._default

    def all(self) -> dict[str, P]:
        """Every treatment by the name it was set for, everybody's included."""
        return {EVERYBODY: self._default} | self._set

    def change(self, name: str, changes: dict[str, Any]) -> P:
        """Change some of how this one is treated, which begins as everybody is."""
        treatment: Any = self.of(name)
        changed: P = replace(treatment, **changes)
        self._set[folded(name)] = changed
        return changed


def folded(name: str) -> str:
    """A name as it is compared: neither capitals nor spaces make another one of it."""
    return " ".join(name.casefold().split())
