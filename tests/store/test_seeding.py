"""The seeds of the order desk: around the day of seeding, again without harm, never over a real business's data."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from activities.order_desk import OrderDesk
from domain.enquiries import Faq, FaqsWanted
from domain.production import LinesWanted, ScheduleWanted, Shift
from store.faqs import FaqTable
from store.production import ProductionTable
from store.sealing import KeyRing
from store.seeding import ORDERS, demonstration_orders, faqs_of_orders, plant, seed_order_desk
from tests.store.conftest import Someone

TODAY = date(2026, 11, 21)


@pytest.fixture
async def fresh(pool: AsyncConnectionPool) -> AsyncConnectionPool:
    """A database without anything of the order desk."""
    async with pool.connection() as connection:
        await connection.execute("truncate production_lines, production_shifts, faqs")
    return pool


async def test_the_plant_and_the_questions_are_there(fresh: AsyncConnectionPool) -> None:
    await seed_order_desk(fresh, TODAY)
    production = ProductionTable(fresh)
    days = {shift.day for shift in await production.shifts(TODAY - timedelta(days=1), 9)}
    assert min(days) == TODAY - timedelta(days=1)
    assert max(days) == TODAY + timedelta(days=7)
    lines = {line.name: line for line in await production.lines(TODAY)}
    assert str(lines["Line A"].quality) == "98.6"
    assert (lines["Line C"].state, lines["Line C"].quality) == ("maintenance", None)
    assert await FaqTable(fresh).of(ORDERS) == faqs_of_orders()


async def test_again_is_the_same_and_another_day_is_around_that_day(fresh: AsyncConnectionPool) -> None:
    for day in (TODAY, TODAY, TODAY + timedelta(days=3)):
        await seed_order_desk(fresh, day)
    shifts = await ProductionTable(fresh).shifts(TODAY + timedelta(days=3), 1)
    assert [shift.made for shift in shifts if shift.made] == [640, 19, 260]
    assert await FaqTable(fresh).of(ORDERS) == faqs_of_orders()


async def test_a_real_plant_and_real_questions_are_left_alone(fresh: AsyncConnectionPool) -> None:
    ours = Faq("hours", "Opening hours", "When are you open?", "From 9 to 6.")
    await ProductionTable(fresh).put([("Press 1", "running")], [Shift("Press 1", TODAY, "morning", "Lids", 10)])
    await FaqTable(fresh).put(ORDERS, [ours])
    await seed_order_desk(fresh, TODAY)
    assert [line.name for line in await ProductionTable(fresh).lines(TODAY)] == ["Press 1"]
    assert await FaqTable(fresh).of(ORDERS) == (ours,)


async def test_shifts_are_told_by_day_line_and_hour(fresh: AsyncConnectionPool) -> None:
    await seed_order_desk(fresh, TODAY)
    shifts = await ProductionTable(fresh).shifts(TODAY, 7)
    lines = [name for name, _ in plant(TODAY)[0]]
    order = [(shift.day, lines.index(shift.line), shift.name == "evening") for shift in shifts]
    assert order == sorted(order)
    assert {shift.day for shift in shifts} <= {TODAY + timedelta(days=day) for day in range(7)}


async def test_a_demonstration_never_runs_out_of_days(fresh: AsyncConnectionPool, keys: KeyRing, asha: Someone) -> None:
    far = TODAY + timedelta(days=300)
    for demonstration in (False, True):
        desk = OrderDesk(fresh, keys, demonstration=demonstration)
        found = await desk.read_schedule(asha.conversation, uuid4(), ScheduleWanted(far, 7))
        assert bool(found.shifts) is demonstration
    assert (await desk.read_lines(asha.conversation, uuid4(), LinesWanted(far))).lines
    assert (await desk.read_faqs(asha.conversation, uuid4(), FaqsWanted(ORDERS))).faqs


def test_orders_of_a_demonstration_are_told_as_of_the_day() -> None:
    """Nothing has happened later than that day, what is to come is still to come, and what came has come."""
    for order in demonstration_orders(TODAY):
        assert order.events[0].at.date() == order.placed_on
        assert order.events[-1].status == order.status
        assert all(event.at.date() <= TODAY for event in order.events)
        if order.eta is not None:
            assert (order.eta <= TODAY) is (order.status == "delivered"), order.number
