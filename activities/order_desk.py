"""The order desk on our own tables: orders, defects, production, frequent questions, issues.

In a demonstration whoever has no orders is given some at their first look, and a plant never runs out of days. The
worker switches that on for MODE=dev, and for nothing else.
"""

from __future__ import annotations

from uuid import UUID

import structlog
from psycopg_pool import AsyncConnectionPool

from domain.defects import (
    DefectFound,
    DefectReport,
    DefectReported,
    Defects,
    DefectsWanted,
    DefectWanted,
)
from domain.enquiries import Faqs, FaqsWanted, IssueReport, IssueReported
from domain.orders import OrderFound, OrdersFound, OrdersWanted, OrderWanted
from domain.production import Lines, LinesWanted, Schedule, ScheduleWanted
from store.defects import DefectTable
from store.faqs import FaqTable
from store.issues import IssueTable
from store.orders import OrderTable
from store.production import ProductionTable
from store.sealing import KeyRing
from store.seeding import demonstration_orders, seed_order_desk

log = structlog.get_logger()


class OwnOrders:
    """Orders that are in our tables."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing, *, demonstration: bool) -> None:
        self._table = OrderTable(pool, keys)
        self._demonstration = demonstration

    async def find_orders(self, conversation: UUID, key: UUID, wanted: OrdersWanted) -> OrdersFound:
        """All orders of the person of this conversation."""
        found = await self._table.of(conversation)
        if not found and self._demonstration:
            await self._table.give(conversation, demonstration_orders(wanted.today))
            log.info("MODE=dev: somebody without orders was given those of a demonstration")
            found = await self._table.of(conversation)
        return OrdersFound(found)

    async def read_order(self, conversation: UUID, key: UUID, wanted: OrderWanted) -> OrderFound:
        """The order of this number, if this person has one."""
        found = await self._table.read(conversation, wanted.number)
        if found is None and self._demonstration:
            await self.find_orders(conversation, key, OrdersWanted(wanted.today))
            found = await self._table.read(conversation, wanted.number)
        return OrderFound(found)


class OrderDesk:
    """What else the desk keeps."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing, *, demonstration: bool) -> None:
        self._pool = pool
        self._defects = DefectTable(pool, keys)
        self._production = ProductionTable(pool)
        self._faqs = FaqTable(pool)
        self._issues = IssueTable(pool, keys)
        self._demonstration = demonstration

    async def report_defect(self, conversation: UUID, key: UUID, report: DefectReport) -> DefectReported:
        """Put it on record; the same defect twice is one."""
        return DefectReported(await self._defects.append(conversation, key, report))

    async def find_defects(self, conversation: UUID, key: UUID, wanted: DefectsWanted) -> Defects:
        """All defects that this person reported."""
        return Defects(await self._defects.of(conversation))

    async def read_defect(self, conversation: UUID, key: UUID, wanted: DefectWanted) -> DefectFound:
        """The defect of this reference, if this person reported it."""
        return DefectFound(await self._defects.read(conversation, wanted.reference))

    async def read_schedule(self, conversation: UUID, key: UUID, wanted: ScheduleWanted) -> Schedule:
        """The shifts of these days."""
        found = await self._production.shifts(wanted.first, wanted.days)
        if not found and self._demonstration:
            await seed_order_desk(self._pool, wanted.first)
            found = await self._production.shifts(wanted.first, wanted.days)
        return Schedule(found)

    async def read_lines(self, conversation: UUID, key: UUID, wanted: LinesWanted) -> Lines:
        """The lines as they are."""
        return Lines(await self._production.lines(wanted.today))

    async def read_faqs(self, conversation: UUID, key: UUID, wanted: FaqsWanted) -> Faqs:
        """The frequent questions of a bot."""
        return Faqs(await self._faqs.of(wanted.bot))

    async def report_issue(self, conversation: UUID, key: UUID, report: IssueReport) -> IssueReported:
        """Put it on record; the same issue twice is one."""
        return IssueReported(await self._issues.append(conversation, key, report))
