"""Orders made up from a phone number: the same number always has the same ones, and no other has any of them."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime, timedelta
from typing import Any

PRODUCTS = (
    ("Aluminium bracket AB-40", "pieces"),
    ("Cable tray CT-300", "metres"),
    ("Control panel CP-2", "pieces"),
    ("M6 hex bolt, zinc", "boxes"),
    ("Rubber washer RW-6", "boxes"),
    ("Steel hinge SH-110", "pieces"),
)
WAY = ("received", "confirmed", "in_production", "ready", "shipped", "delivered")
"""what happens to an order, in this order"""
DAYS_APART = 3
MOST = 99
"""orders of one number: their ids end in two digits"""


def numbered(phone: str) -> int:
    """The first seven digits of the ids of this phone number's orders."""
    digest = hashlib.sha256(_digits(phone).encode()).digest()
    return 1_000_000 + int.from_bytes(digest[:8], "big") % 9_000_000


def orders_of(phone: str, count: int, now: float) -> list[dict[str, Any]]:
    """So many orders, the newest first; `now`, seconds since the epoch, dates them."""
    return [_order(phone, place, now) for place in range(1, count + 1)]


def _order(phone: str, place: int, now: float) -> dict[str, Any]:
    chance = random.Random(f"{numbered(phone)}-{place}")
    done = chance.randrange(1, len(WAY) + 1)
    first = datetime.fromtimestamp(now, UTC).replace(microsecond=0) - timedelta(days=DAYS_APART * done + place)
    times = [first + timedelta(days=DAYS_APART * step, hours=step) for step in range(len(WAY))]
    lines = [
        {"product": product, "quantity": chance.randrange(1, 60) * 10, "unit": unit}
        for product, unit in chance.sample(PRODUCTS, chance.randrange(1, 4))
    ]
    return {
        "number": f"ORD-{numbered(phone)}{place:02d}",
        "phone": f"+{_digits(phone)}",
        "status": WAY[done - 1],
        "placed_on": first.date().isoformat(),
        "eta": times[-1].date().isoformat(),
        "lines": lines,
        "events": [
            {"at": at.isoformat(), "status": status} for at, status in zip(times[:done], WAY[:done], strict=True)
        ],
    }


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())
