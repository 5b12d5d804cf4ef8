"""The faults that are on, and how often each has struck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.faults.modes import Mode, Point, Strike
from sandbox.faults.profile import FaultProfile
from sandbox.people import User


@dataclass(slots=True)
class Order:
    """A fault that was asked for: so many more times, or until it is mended where `remaining` is None.

    For one person (`user` is their id), for one number, or for everybody.
    """

    strike: Strike
    remaining: int | None
    user: str | None = None
    number: str | None = None

    def to_json(self) -> dict[str, Any]:
        """This order as the control API shows it."""
        return {
            "mode": self.strike.mode,
            "code": self.strike.code,
            "seconds": self.strike.seconds,
            "remaining": self.remaining,
            "user": self.user,
            "number": self.number,
        }


class Faults:
    """Orders and the profile. In memory: a restart mends everything."""

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        """`told` is called whenever something has struck."""
        self._told = told
        self._orders: list[Order] = []
        self._profile: FaultProfile | None = None
        self.struck: Counter[Mode] = Counter()

    @property
    def profile(self) -> FaultProfile | None:
        """The profile that is on."""
        return self._profile

    @property
    def orders(self) -> list[Order]:
        """What was ordered and is not used up."""
        return list(self._orders)

    def order(self, order: Order) -> None:
        """Let something go wrong; it replaces what was ordered for the same person or number at the same point."""
        point = order.strike.mode.point
        same = (order.user, order.number, point)
        self._orders = [kept for kept in self._orders if (kept.user, kept.number, kept.strike.mode.point) != same]
        self._orders.append(order)

    def cancel(self, user_id: str) -> None:
        """Take back all that was ordered for this person."""
        self._orders = [order for order in self._orders if order.user != user_id]

    def set_profile(self, profile: FaultProfile | None) -> None:
        """Turn a profile on, in the place of another, or off."""
        self._profile = profile

    def mend(self) -> None:
        """Nothing goes wrong any more, and nothing ever has."""
        self._orders.clear()
        self._profile = None
        self.struck.clear()

    def pending(self, user_id: str) -> int:
        """How many more times something will go wrong for this person, by order."""
        return sum(order.remaining or 0 for order in self._orders if order.user == user_id)

    def at(self, point: Point, number: str, user: User | None = None) -> tuple[Strike, ...]:
        """What strikes here and now; at a send, and at the calls about media, only one does.

        A person's order comes first, then a number's, then everybody's, then the profile.
        """
        if not self._orders and self._profile is None:
            return ()
        found = self._ordered(point, number, None if user is None else user.id)
        if found:
            strikes: tuple[Strike, ...] = (found.strike,)
        elif self._profile is not None:
            strikes = self._profile.draw(point, user.wa_id if user is not None else number)
        else:
            return ()
        if strikes:
            self.struck.update(strike.mode for strike in strikes)
            self._told()
        return strikes

    def one_at(self, point: Point, number: str, user: User | None = None) -> Strike | None:
        """The one fault that strikes at a point where only one can."""
        return next(iter(self.at(point, number, user)), None)

    def _ordered(self, point: Point, number: str, user: str | None) -> Order | None:
        tests: tuple[Callable[[Order], bool], ...] = (
            lambda order: order.user is not None and order.user == user,
            lambda order: order.user is None and order.number == number,
            lambda order: order.user is None and order.number is None,
        )
        here = [order for order in self._orders if order.strike.mode.point is point]
        found = next((order for test in tests for order in here if test(order)), None)
        if found is not None and found.remaining is not None:
            found.remaining -= 1
            if found.remaining <= 0:
                self._orders.remove(found)
        return found
