"""The order desk without tables: the orders and the plant of a demonstration, and what was reported in this story."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.defects import (
    FIND_DEFECTS,
    READ_DEFECT,
    REPORT_DEFECT,
    Defect,
    DefectFound,
    DefectReport,
    DefectReported,
    Defects,
    DefectSummary,
    DefectsWanted,
    DefectWanted,
    Photo,
    Step,
)
from domain.enquiries import READ_FAQS, REPORT_ISSUE, Faqs, FaqsWanted, IssueReport, IssueReported
from domain.orders import (
    FIND_ORDERS,
    READ_ORDER,
    OrderFound,
    OrdersFound,
    OrderSummary,
    OrdersWanted,
    OrderWanted,
)
from domain.production import (
    READ_LINES,
    READ_SCHEDULE,
    Lines,
    LinesWanted,
    ProductionLine,
    Schedule,
    ScheduleWanted,
)
from domain.references import reference
from store.defects import beginning
from store.seeding import demonstration_orders, faqs_of_orders, plant
from tests.transcripts.memory import Performers, World


class Desk:
    """What one person of a story has, and has reported."""

    def __init__(self) -> None:
        self._defects: list[Defect] = []

    async def find_orders(self, conversation: UUID, key: UUID, wanted: OrdersWanted) -> OrdersFound:
        """The orders of a demonstration, the newest first."""
        orders = sorted(demonstration_orders(wanted.today), key=lambda one: (one.placed_on, one.number), reverse=True)
        return OrdersFound(tuple(OrderSummary(one.number, one.status, one.placed_on, one.eta) for one in orders))

    async def read_order(self, conversation: UUID, key: UUID, wanted: OrderWanted) -> OrderFound:
        """One of them."""
        orders = {order.number: order for order in demonstration_orders(wanted.today)}
        return OrderFound(orders.get(wanted.number))

    async def report_defect(self, conversation: UUID, key: UUID, report: DefectReport) -> DefectReported:
        """Note it down."""
        name = reference("DEF", key)
        photo: Photo = "none" if report.photo is None else "kept"
        steps = (Step(report.on, "received"),)
        defect = Defect(name, "received", report.on, report.description, report.order, photo, steps)
        self._defects = [defect, *(one for one in self._defects if one.reference != name)]
        return DefectReported(name)

    async def find_defects(self, conversation: UUID, key: UUID, wanted: DefectsWanted) -> Defects:
        """What was noted down, the newest first."""
        return Defects(
            tuple(DefectSummary(one.reference, one.status, beginning(one.description)) for one in self._defects)
        )

    async def read_defect(self, conversation: UUID, key: UUID, wanted: DefectWanted) -> DefectFound:
        """One of it."""
        return DefectFound(next((one for one in self._defects if one.reference == wanted.reference), None))

    async def read_schedule(self, conversation: UUID, key: UUID, wanted: ScheduleWanted) -> Schedule:
        """The plant's shifts."""
        _, shifts = plant(wanted.first)
        days = [wanted.first + timedelta(days=day) for day in range(wanted.days)]
        lines = [name for name, _ in plant(wanted.first)[0]]
        found = [shift for shift in shifts if shift.day in days]
        # A sort is stable: the morning comes before the evening in the seeds.
        return Schedule(tuple(sorted(found, key=lambda one: (one.day, lines.index(one.line)))))

    async def read_lines(self, conversation: UUID, key: UUID, wanted: LinesWanted) -> Lines:
        """The plant's lines."""
        lines, shifts = plant(wanted.today)
        return Lines(
            tuple(
                ProductionLine(
                    name,
                    state,
                    ", ".join(sorted({one.product for one in shifts if (one.line, one.day) == (name, wanted.today)})),
                    sum(one.made for one in shifts if (one.line, one.day) == (name, wanted.today)),
                    sum(one.good for one in shifts if (one.line, one.day) == (name, wanted.today)),
                )
                for name, state in lines
            )
        )

    async def read_faqs(self, conversation: UUID, key: UUID, wanted: FaqsWanted) -> Faqs:
        """The frequent questions of the seeds."""
        return Faqs(faqs_of_orders())

    async def report_issue(self, conversation: UUID, key: UUID, report: IssueReport) -> IssueReported:
        """Its reference is all that is ever seen of it."""
        return IssueReported(reference("ISS", key))


def performers(world: World) -> Performers:
    """What performs the effects of the orders bot."""
    desk = Desk()
    return {
        FIND_ORDERS.name: desk.find_orders,
        READ_ORDER.name: desk.read_order,
        REPORT_DEFECT.name: desk.report_defect,
        FIND_DEFECTS.name: desk.find_defects,
        READ_DEFECT.name: desk.read_defect,
        READ_SCHEDULE.name: desk.read_schedule,
        READ_LINES.name: desk.read_lines,
        READ_FAQS.name: desk.read_faqs,
        REPORT_ISSUE.name: desk.report_issue,
    }
