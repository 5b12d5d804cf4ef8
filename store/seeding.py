"""Data for trying the bots on, read from `seeds/`. Seeding again changes nothing but the days."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from psycopg_pool import AsyncConnectionPool
from pydantic import TypeAdapter

from domain.enquiries import Faq
from domain.investments import Program
from domain.orders import Order, OrderEvent, OrderLine
from domain.production import LineState, Shift
from store.faqs import FaqTable
from store.production import ProductionTable
from store.programs import Programs

SEEDS = Path(__file__).parent / "seeds"
ZONE = ZoneInfo("Asia/Kolkata")
"""where the business is"""
ORDERS = "orders"
"""the bot whose frequent questions these are"""

Plant = tuple[list[tuple[str, LineState]], list[Shift]]
"""lines with their state, and shifts"""


_PROGRAMS = TypeAdapter(tuple[Program, ...])


@cache
def seeded_programs() -> tuple[Program, ...]:
    """The programs of `seeds/programs.toml`. Raises pydantic.ValidationError for a file that is not right."""
    return _PROGRAMS.validate_python(_read("programs.toml")["program"])


async def seed_programs(pool: AsyncConnectionPool) -> None:
    """Have the programs that the file lists as it has them; those that it does not list stay."""
    await Programs(pool).put(seeded_programs())


async def seed_order_desk(pool: AsyncConnectionPool, today: date | None = None) -> None:
    """Have a plant with its shifts around this day, and the order desk's frequent questions.

    A real plant, or questions of the business's own, are left as they are. Orders are not among it: they are
    somebody's (`activities.order_desk`).
    """
    production, faqs = ProductionTable(pool), FaqTable(pool)
    lines, shifts = plant(today or datetime.now(ZONE).date())
    if {line.name for line in await production.lines(shifts[0].day)} <= {name for name, _ in lines}:
        await production.put(lines, shifts)
    if not await faqs.of(ORDERS):
        await faqs.put(ORDERS, faqs_of_orders())


def demonstration_orders(today: date) -> tuple[Order, ...]:
    """The orders of a demonstration, as they stand on this day."""
    return tuple(_order(table, today) for table in _read("orders.toml")["order"])


def plant(today: date) -> Plant:
    """The lines of a demonstration, and their shifts around this day."""
    lines = _read("production.toml")["line"]
    shifts = [
        Shift(line["name"], today + timedelta(days=one.pop("day")), **{"name": one.pop("name"), **one})
        for line in lines
        for one in line["shifts"]
    ]
    return [(line["name"], line["state"]) for line in lines], shifts


def faqs_of_orders() -> tuple[Faq, ...]:
    """What people often ask an order desk."""
    return tuple(Faq(**table) for table in _read("faqs_of_orders.toml")["faq"])


def _order(table: dict[str, Any], today: date) -> Order:
    events = tuple(
        OrderEvent(
            datetime.combine(today + timedelta(days=one["day"]), time.fromisoformat(one["at"]), ZONE),
            one["status"],
            one.get("note", ""),
        )
        for one in table["events"]
    )
    return Order(
        table["number"],
        table["status"],
        today + timedelta(days=table["placed"]),
        today + timedelta(days=table["eta"]) if "eta" in table else None,
        tuple(OrderLine(**line) for line in table["lines"]),
        events,
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((SEEDS / name).read_text(encoding="utf-8"))
