"""How the system of orders treats a customer: by phone number, or `*` for everybody else. In memory, as faults are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sandbox.orders.made_up import numbered
from sandbox.treated import EVERYBODY, Treated

State = Literal["up", "slow", "down"]


@dataclass(frozen=True, slots=True)
class OrderProfile:
    """So many orders, of a system that is up, slow by `seconds`, or down."""

    orders: int = 4
    state: State = "up"
    seconds: float = 8.0


class OrderProfiles(Treated[OrderProfile]):
    """The profiles that were set, and the customers that the system has heard of."""

    def __init__(self) -> None:
        super().__init__(OrderProfile())
        self._known: dict[int, str] = {}

    def change(self, phone: str, changes: dict[str, Any]) -> OrderProfile:
        """Change some of a customer's profile, which begins as everybody's."""
        profile = super().change(phone, changes)
        if phone != EVERYBODY:
            self.remember(phone)
        return profile

    def remember(self, phone: str) -> None:
        """This is a customer: their orders can be asked for by number."""
        self._known[numbered(phone)] = phone

    def customer(self, number: int) -> str | None:
        """The customer whose orders' ids begin so."""
        return self._known.get(number)
