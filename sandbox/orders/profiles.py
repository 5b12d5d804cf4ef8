"""How the system of orders treats a customer: by phone number, or `*` for everybody else. In memory, as faults are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from sandbox.orders.made_up import numbered

EVERYBODY = "*"
State = Literal["up", "slow", "down"]


@dataclass(frozen=True, slots=True)
class OrderProfile:
    """So many orders, of a system that is up, slow by `seconds`, or down."""

    orders: int = 4
    state: State = "up"
    seconds: float = 8.0


class OrderProfiles:
    """The profiles that were set, and the customers that the system has heard of."""

    def __init__(self) -> None:
        self._set: dict[str, OrderProfile] = {}
        self._known: dict[int, str] = {}

    def of(self, phone: str) -> OrderProfile:
        """How this customer is treated."""
        return self._set.get(phone) or self._set.get(EVERYBODY) or OrderProfile()

    def change(self, phone: str, changes: dict[str, Any]) -> OrderProfile:
        """Change some of a customer's profile, which begins as everybody's."""
        profile = self._set[phone] = replace(self.of(phone), **changes)
        if phone != EVERYBODY:
            self.remember(phone)
        return profile

    def remember(self, phone: str) -> None:
        """This is a customer: their orders can be asked for by number."""
        self._known[numbered(phone)] = phone

    def customer(self, number: int) -> str | None:
        """The customer whose orders' ids begin so."""
        return self._known.get(number)
