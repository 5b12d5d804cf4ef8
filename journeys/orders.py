"""The orders bot: a business's order desk over WhatsApp, in English. Menus, each a round; what is reported is final."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from dialogue import Alternative, Chat, Journey, Question, Refused, Reply, choice, typed
from dialogue.parsers import Invalid, clean
from dialogue.silence import KOLKATA
from domain import values
from domain.defects import (
    FIND_DEFECTS,
    READ_DEFECT,
    REPORT_DEFECT,
    Defect,
    DefectReport,
    Defects,
    DefectsWanted,
    DefectWanted,
)
from domain.enquiries import READ_FAQS, REPORT_ISSUE, Faqs, FaqsWanted, IssueReport
from domain.files import SentFile
from domain.orders import (
    FIND_ORDERS,
    ON_THE_WAY,
    READ_ORDER,
    Order,
    OrderFound,
    OrdersFound,
    OrderSummary,
    OrdersWanted,
    OrderWanted,
    order_number_in,
)
from domain.production import DAYS_OF_A_WEEK, READ_LINES, READ_SCHEDULE, LinesWanted, ScheduleWanted, Shift
from domain.references import references_in

BOT = "orders"
MOST_LINES = 15
"""lines of an order, or events, that one message shows; it says how many more there are"""
BATCH = 15
"""rows of what is listed in one message; more are another message"""
MOST_PRODUCTS = 3
"""products of a day that the week shows by name; it says how many more there are"""
SHORTEST_WORDS, LONGEST_WORDS = 5, 1000
"""characters of what people describe"""

T = TypeVar("T")


class Orders(Journey):
    """The order desk: orders, defects, production, help."""

    languages = ("en",)
    menus = True

    async def run(self, chat: Chat) -> str | None:
        while True:
            with chat.round("main"):
                chat.stage("main")
                match await chat.ask(MAIN):
                    case "orders":
                        await self.orders(chat)
                    case "defects":
                        await self.defects(chat)
                    case "production":
                        await self.production(chat)
                    case "help_desk":
                        await self.help_desk(chat)

    # -- 1: orders ------------------------------------------------------------------------------------

    async def orders(self, chat: Chat) -> None:
        """Recent orders, one by its number, days of delivery."""
        while True:
            with chat.round("orders"):
                chat.stage("orders")
                wanted = await chat.ask(ORDERS)
                if wanted == "back":
                    return
                try:
                    match wanted:
                        case "recent":
                            await self.recent(chat)
                        case "track":
                            await self.track(chat)
                        case "dates":
                            await self.dates(chat)
                except Refused as refused:
                    chat.say("orders_not_shown", reason=refused.reason)

    async def recent(self, chat: Chat) -> None:
        """The orders of this person; one chosen is shown."""
        found = await chat.do(FIND_ORDERS, OrdersWanted(chat.today("recent")))
        if not found.orders:
            chat.say("no_orders")
            return
        number = await chat.ask(WHICH_ORDER, about=found)
        if number != "back":
            show_order(chat, number, await chat.do(READ_ORDER, OrderWanted(number, chat.today("chosen"))))

    async def track(self, chat: Chat) -> None:
        """One order by its number. Somebody else's is not told from one that there is not."""
        while True:
            with chat.round("track"):
                number = await chat.ask(ORDER_NUMBER)
                found = await chat.do(READ_ORDER, OrderWanted(number, chat.today("tracked")))
                show_order(chat, number, found)
                if found.order is not None:
                    return

    async def dates(self, chat: Chat) -> None:
        """When what was ordered is to come, the soonest first."""
        found = await chat.do(FIND_ORDERS, OrdersWanted(chat.today("dates")))
        coming = [one for one in found.orders if one.status in ON_THE_WAY]
        coming.sort(key=lambda one: (one.eta is None, one.eta or one.placed_on, one.number))
        if not coming:
            chat.say("no_deliveries")
        for place, batch in enumerate(batches(coming)):
            chat.say("delivery_dates", about=place, deliveries=values.each("delivery", map(in_a_row, batch)))

    # -- 2: defects -----------------------------------------------------------------------------------

    async def defects(self, chat: Chat) -> None:
        """Report a defect, see what was reported, track what becomes of it."""
        while True:
            with chat.round("defects"):
                chat.stage("defects")
                match await chat.ask(DEFECTS):
                    case "report":
                        await self.report_defect(chat)
                    case "history":
                        await self.history(chat)
                    case "track":
                        await self.track_defect(chat)
                    case "back":
                        return

    async def report_defect(self, chat: Chat) -> None:
        """What is wrong, and perhaps a photo of it. An order that the words name is noted."""
        description = await chat.ask(DEFECT)
        photo = await chat.ask(PHOTO)
        order = order_number_in(description) or ""
        report = DefectReport(description, order, photo, chat.today("reported"))
        # There is one in a turn of the menu; the next one is another turn's.
        reported = await chat.do(REPORT_DEFECT, report, about="defect")
        chat.say(
            "defect_reported",
            reference=reported.reference,
            order=order or "none",
            photo="none" if photo is None else "kept",
        )

    async def history(self, chat: Chat) -> None:
        """All defects that this person reported; one chosen is shown."""
        found = await chat.do(FIND_DEFECTS, DefectsWanted())
        if not found.defects:
            chat.say("no_defects")
            return
        reference = await chat.ask(WHICH_DEFECT, about=found)
        if reference != "back":
            defect = (await chat.do(READ_DEFECT, DefectWanted(reference))).defect
            chat.say("defect_details", **details_of_defect(defect)) if defect else chat.say("defect_unknown")

    async def track_defect(self, chat: Chat) -> None:
        """What became of one defect, by its reference."""
        while True:
            with chat.round("track"):
                reference = await chat.ask(DEFECT_REFERENCE)
                defect = (await chat.do(READ_DEFECT, DefectWanted(reference))).defect
                if defect is not None:
                    chat.say("defect_details", **details_of_defect(defect))
                    return
                chat.say("defect_unknown")

    # -- 3: production --------------------------------------------------------------------------------

    async def production(self, chat: Chat) -> None:
        """What is made today, in the seven days from today, and how the lines run."""
        while True:
            with chat.round("production"):
                chat.stage("production")
                match await chat.ask(PRODUCTION):
                    case "today":
                        await self.today(chat)
                    case "week":
                        await self.week(chat)
                    case "status":
                        await self.status(chat)
                    case "back":
                        return

    async def today(self, chat: Chat) -> None:
        """The shifts of today."""
        today = chat.today("schedule")
        shifts = (await chat.do(READ_SCHEDULE, ScheduleWanted(today, 1))).shifts
        if not shifts:
            chat.say("nothing_today", day=values.weekday(today))
        for place, batch in enumerate(batches(shifts)):
            rows = values.each("shift", map(shift_in_a_row, batch))
            chat.say("schedule_today", about=place, day=values.weekday(today), shifts=rows)

    async def week(self, chat: Chat) -> None:
        """The seven days from today: a line each."""
        today = chat.today("schedule")
        shifts = (await chat.do(READ_SCHEDULE, ScheduleWanted(today, DAYS_OF_A_WEEK))).shifts
        if not shifts:
            chat.say("nothing_this_week", day=values.weekday(today))
            return
        days = sorted({shift.day for shift in shifts})
        rows = [day_in_a_row([shift for shift in shifts if shift.day == day]) for day in days]
        chat.say("schedule_week", days=values.each("day", rows))

    async def status(self, chat: Chat) -> None:
        """The lines as they run, with the quality of today."""
        lines = (await chat.do(READ_LINES, LinesWanted(chat.today("status")))).lines
        if not lines:
            chat.say("no_lines")
        running = sum(line.state == "running" for line in lines)
        for place, batch in enumerate(batches(lines)):
            rows = [
                {
                    "name": one.name,
                    "state": one.state,
                    "product": one.product or "none",
                    **quality(one.made, one.quality),
                }
                for one in batch
            ]
            chat.say("production_status", about=place, running=running, all=len(lines), lines=values.each("line", rows))

    # -- 4: help and support --------------------------------------------------------------------------

    async def help_desk(self, chat: Chat) -> None:
        """Frequent questions, how to reach people, an issue for them."""
        while True:
            with chat.round("help_desk"):
                chat.stage("help_desk")
                match await chat.ask(HELP_DESK):
                    case "faqs":
                        await self.faqs(chat)
                    case "contact":
                        chat.say("contact")
                    case "issue":
                        await self.report_issue(chat)
                    case "back":
                        return

    async def faqs(self, chat: Chat) -> None:
        """Frequent questions, one after the other, until they have read enough."""
        while True:
            with chat.round("faqs"):
                found = await chat.do(READ_FAQS, FaqsWanted(BOT))
                if not found.faqs:
                    chat.say("no_faqs")
                    return
                chosen = await chat.ask(WHICH_FAQ, about=found)
                if chosen == "back":
                    return
                for faq in found.faqs:
                    if faq.id == chosen:
                        chat.say("faq_answer", question=faq.question, answer=faq.answer)

    async def report_issue(self, chat: Chat) -> None:
        """What they need help with, for a person to look into."""
        report = IssueReport(await chat.ask(ISSUE), chat.today("reported"))
        reported = await chat.do(REPORT_ISSUE, report, about="issue")
        chat.say("issue_reported", reference=reported.reference)


# -- how things are shown ---------------------------------------------------------------------------------


def show_order(chat: Chat, number: str, found: OrderFound) -> None:
    """Tell of an order; of one that is not theirs, that it cannot be found."""
    if found.order is None:
        chat.say("order_unknown", number=number)
    else:
        chat.say("order_details", **details_of_order(found.order))


def details_of_order(order: Order) -> dict[str, Any]:
    """All there is to an order."""
    events = [
        {
            "day": values.weekday(event.at.astimezone(KOLKATA).date()),
            "status": event.status,
            "note": event.note or "none",
        }
        for event in order.events[-MOST_LINES:]
    ]
    lines = [{"quantity": one.quantity, "unit": one.unit, "product": one.product} for one in order.lines[:MOST_LINES]]
    return {
        "number": order.number,
        "status": order.status,
        "placed": values.day(order.placed_on),
        **delivery(order.status, order.eta),
        "lines": values.each("line", lines),
        "more": max(0, len(order.lines) - MOST_LINES),
        "events": values.each("event", events),
    }


def in_a_row(order: OrderSummary) -> dict[str, Any]:
    """An order in one row of a list."""
    return {"number": order.number, "status": order.status, **delivery(order.status, order.eta)}


def delivery(status: str, eta: Any) -> dict[str, Any]:
    """When it comes, or came: `due` says what there is to say of it."""
    if status == "cancelled" or eta is None:
        return {"due": "none" if status == "cancelled" else "open", "eta": "none"}
    return {"due": "delivered" if status == "delivered" else "expected", "eta": values.weekday(eta)}


def details_of_defect(defect: Defect) -> dict[str, Any]:
    """All there is to a defect."""
    steps = [{"day": values.weekday(step.on), "status": step.status} for step in defect.history[-MOST_LINES:]]
    return {
        "reference": defect.reference,
        "status": defect.status,
        "description": defect.description,
        "order": defect.order or "none",
        "photo": defect.photo,
        "steps": values.each("step", steps),
        "resolution": defect.resolution or "none",
    }


def shift_in_a_row(shift: Shift) -> dict[str, Any]:
    """A shift of today."""
    return {
        "line": shift.line,
        "name": shift.name,
        "product": shift.product,
        "planned": shift.planned,
        **quality(shift.made, shift.quality),
    }


def day_in_a_row(shifts: Sequence[Shift]) -> dict[str, Any]:
    """The shifts of one day, taken together."""
    products = list(dict.fromkeys(shift.product for shift in shifts))
    return {
        "day": values.weekday(shifts[0].day),
        "lines": len({shift.line for shift in shifts}),
        "pieces": sum(shift.planned for shift in shifts),
        "products": ", ".join(products[:MOST_PRODUCTS]),
        "more": max(0, len(products) - MOST_PRODUCTS),
    }


def quality(made: int, share: Any) -> dict[str, Any]:
    """Pieces made and the share of good ones; before there are any, `quality` reads `none`."""
    known = "none" if share is None else "known"
    return {"made": made, "known": known, "quality": "none" if share is None else values.percent(share)}


def batches(rows: Sequence[T]) -> Iterator[list[T]]:
    """The rows, so many at a time as one message shows."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


# -- what is asked ----------------------------------------------------------------------------------------


def each_order(found: OrdersFound) -> list[Alternative]:
    """One row an order, and the way back."""
    return [*(Alternative(one.number, "one", in_a_row(one)) for one in found.orders), Alternative("back")]


def each_defect(found: Defects) -> list[Alternative]:
    """One row a defect, and the way back."""
    rows = (
        Alternative(one.reference, "one", {"reference": one.reference, "status": one.status, "words": one.description})
        for one in found.defects
    )
    return [*rows, Alternative("back")]


def each_faq(found: Faqs) -> list[Alternative]:
    """One row a question, and the way back."""
    rows = (Alternative(one.id, "one", {"title": one.title, "question": one.question}) for one in found.faqs)
    return [*rows, Alternative("back")]


def _which_order(reply: Reply) -> str:
    """A row of the list, or an order by its number: "2" is a row, "002" and "ord 2" are orders."""
    number, typed_number = order_number_in(reply.text), clean(reply.text)
    if number is None or (typed_number.isdecimal() and not typed_number.startswith("0")):
        return reply.picked()
    if number not in {label.id for label in reply.labels}:
        raise Invalid("pick_one", count=len(reply.labels))
    return number


def _order_number(text: str) -> str:
    number = order_number_in(text)
    if number is None:
        raise Invalid("order_number_unreadable")
    return number


def _which_defect(reply: Reply) -> str:
    named = set(references_in(reply.text)) & {label.id for label in reply.labels}
    return named.pop() if len(named) == 1 else reply.picked()


def _defect_reference(text: str) -> str:
    named = {one for one in references_in(text) if one.startswith("DEF-")}
    if len(named) != 1:
        raise Invalid("defect_reference_unreadable")
    return named.pop()


def _described(text: str) -> str:
    words = clean(text)
    if len(words) > LONGEST_WORDS:
        raise Invalid("words_too_many", most=LONGEST_WORDS)
    if len(words) < SHORTEST_WORDS or not any(sign.isalpha() for sign in words):
        raise Invalid("words_too_few")
    return words


def _photo(reply: Reply) -> SentFile | None:
    if reply.file is not None:
        if reply.file.kind != "image":
            raise Invalid("photo_is_no_photo", kind=reply.file.kind)
        return reply.file
    try:
        reply.picked()
    except Invalid:
        raise Invalid("photo_or_skip") from None
    return None


MAIN = choice("main", "orders", "defects", "production", "help_desk", "again")
ORDERS = choice("orders", "recent", "track", "dates", "back")
WHICH_ORDER = Question("which_order", str, _which_order, each_order)
ORDER_NUMBER = typed("order_number", str, _order_number, example="ORD-002")
DEFECTS = choice("defects", "report", "history", "track", "back")
DEFECT = typed("defect", str, _described, example="ORD-002: two hinges are bent")
PHOTO: Question[SentFile | None] = Question(
    "photo", SentFile | None, _photo, ("skip",), accepts=frozenset({"image", "video", "document"})
)
WHICH_DEFECT = Question("which_defect", str, _which_defect, each_defect)
DEFECT_REFERENCE = typed("defect_reference", str, _defect_reference, example="DEF-7K3M9Q")
PRODUCTION = choice("production", "today", "week", "status", "back")
HELP_DESK = choice("help_desk", "faqs", "contact", "issue", "back")
WHICH_FAQ = Question("which_faq", str, lambda reply: reply.picked(), each_faq)
ISSUE = typed("issue", str, _described, example="The invoice of ORD-001 never came")

Orders.questions = (
    MAIN,
    ORDERS,
    WHICH_ORDER,
    ORDER_NUMBER,
    DEFECTS,
    DEFECT,
    PHOTO,
    WHICH_DEFECT,
    DEFECT_REFERENCE,
    PRODUCTION,
    HELP_DESK,
    WHICH_FAQ,
    ISSUE,
)
