"""Statistics, read from the views of `0009_statistics.sql`: counts, rates and times of the last days.

A contact is a conversation's id; nothing of what was said is opened for any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

MOST = 20
"""rows of a list that has no natural end: contacts, reasons, options"""

LATELY: LiteralString = "day > current_date - %(days)s::integer"
OF_BOT: LiteralString = "(%(bot)s = '' or bot = %(bot)s)"
WHERE: LiteralString = f"where {LATELY} and {OF_BOT}"

BY_DIRECTION = f"""
select bot, direction, what, sum(number)::bigint from messages_by_direction {WHERE}
group by 1, 2, 3 order by 1, 2, 4 desc
"""
BY_STATUS = f"""
select bot, direction, status, sum(number)::bigint from messages_by_status {WHERE}
group by 1, 2, 3 order by 1, 2, 4 desc
"""
BY_DAY = f"""
select day, sum(number) filter (where direction = 'in')::bigint, sum(number) filter (where direction = 'out')::bigint
from messages_by_direction {WHERE} group by 1 order by 1
"""
BY_CONTACT = f"""
select conversation, bot, received, sent, first_at, last_at from messages_by_contact
where last_at > now() - make_interval(days => %(days)s) and {OF_BOT}
order by received + sent desc, last_at desc limit %(most)s
"""
MENUS = f"""
select bot, question, option, sum(times)::bigint from menu_use {WHERE} group by 1, 2, 3 order by 1, 2, 4 desc
"""
TIMES = f"""
select bot, count(*), percentile_cont(0.5) within group (order by seconds),
       percentile_cont(0.95) within group (order by seconds)
from response_times where at > now() - make_interval(days => %(days)s) and {OF_BOT} group by 1 order by 1
"""
ERRORS = f"""
select bot, sum(wanted)::bigint, sum(failed)::bigint,
       (select count(*) from conversations c where c.bot = s.bot and c.trouble <> '')
from sends_by_outcome s {WHERE} group by 1 order by 1
"""
FAILURES = f"""
select bot, reason, error_code, sum(number)::bigint from failures {WHERE}
group by 1, 2, 3 order by 4 desc limit %(most)s
"""
EVENTS = f"select kind, result, sum(number)::bigint from webhook_events where {LATELY} group by 1, 2 order by 3 desc"
FUNNEL = f"select bot, stage, conversations from funnel where {OF_BOT} order by bot, conversations desc, first_at"
DROP_OFF = f"""
select bot, stage, waiting_for, conversations from drop_off where {OF_BOT} order by bot, conversations desc
"""
LEADS = f"select day, conversations, leads from lead_conversion where {LATELY} order by day"


@dataclass(frozen=True)
class Counted:
    """How many messages of one sort: `what` is a kind of what came in, the purpose of what went out, or a status."""

    bot: str
    direction: str
    """in | out"""
    what: str
    number: int


@dataclass(frozen=True)
class Day:
    """The messages of one day, UTC as the database counts days."""

    day: date
    received: int
    sent: int


@dataclass(frozen=True)
class Contact:
    """One conversation, by its own id."""

    conversation: UUID
    bot: str
    received: int
    sent: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class MenuOption:
    """How often one option of a question was chosen."""

    bot: str
    question: str
    option: str
    times: int


@dataclass(frozen=True)
class Answering:
    """How long people waited for an answer, in seconds."""

    bot: str
    answered: int
    p50: float
    p95: float


@dataclass(frozen=True)
class Errors:
    """What was to be sent, and what of it never will be; conversations that wait for an operator now."""

    bot: str
    wanted: int
    failed: int
    in_trouble: int

    @property
    def rate(self) -> float:
        """Of what was to be sent, the part that failed: 0 to 1."""
        return self.failed / self.wanted if self.wanted else 0.0


@dataclass(frozen=True)
class Failure:
    """Why messages failed: a word of ours, or the provider's code."""

    bot: str
    reason: str
    error_code: int
    number: int


@dataclass(frozen=True)
class WebhookEvent:
    """What webhooks brought: of what became a row the kind, and of what did not the reason."""

    kind: str
    result: str
    number: int


@dataclass(frozen=True)
class Stage:
    """How many conversations ever came to a stage."""

    bot: str
    stage: str
    conversations: int


@dataclass(frozen=True)
class Silent:
    """How many conversations have been silent for a day, and where."""

    bot: str
    stage: str
    waiting_for: str
    conversations: int


@dataclass(frozen=True)
class Conversion:
    """Conversations that began on a day, and those of them that became a lead."""

    day: date
    conversations: int
    leads: int


@dataclass(frozen=True)
class Report:
    """All of it."""

    days: int
    bot: str
    """nothing for all"""
    by_day: Sequence[Day]
    by_direction: Sequence[Counted]
    by_status: Sequence[Counted]
    by_contact: Sequence[Contact]
    menus: Sequence[MenuOption]
    answering: Sequence[Answering]
    errors: Sequence[Errors]
    failures: Sequence[Failure]
    webhook_events: Sequence[WebhookEvent]
    funnel: Sequence[Stage]
    drop_off: Sequence[Silent]
    leads: Sequence[Conversion]


class Statistics:
    """Reads the views."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def read(self, days: int, bot: str = "") -> Report:
        """Everything of the last days, today among them, and of one bot where one is named. Funnel and drop-off are of
        all time: a conversation lasts longer than a report."""
        fields = {"days": days, "bot": bot, "most": MOST}
        async with self._pool.connection() as connection:

            async def rows(query: LiteralString) -> list[TupleRow]:
                return await _rows(connection, query, fields)

            return Report(
                days,
                bot,
                by_day=[Day(day, came or 0, went or 0) for day, came, went in await rows(BY_DAY)],
                by_direction=[Counted(*row) for row in await rows(BY_DIRECTION)],
                by_status=[Counted(*row) for row in await rows(BY_STATUS)],
                by_contact=[Contact(*row) for row in await rows(BY_CONTACT)],
                menus=[MenuOption(*row) for row in await rows(MENUS)],
                answering=[Answering(*row) for row in await rows(TIMES)],
                errors=[Errors(*row) for row in await rows(ERRORS)],
                failures=[Failure(*row) for row in await rows(FAILURES)],
                webhook_events=[WebhookEvent(*row) for row in await rows(EVENTS)],
                funnel=[Stage(*row) for row in await rows(FUNNEL)],
                drop_off=[Silent(*row) for row in await rows(DROP_OFF)],
                leads=[Conversion(*row) for row in await rows(LEADS)] if bot in ("", "nexora") else [],
            )


async def _rows(connection: AsyncConnection[TupleRow], query: LiteralString, fields: dict[str, Any]) -> list[TupleRow]:
    return await (await connection.execute(query, fields)).fetchall()
