"""What the service levels of each bot are reckoned from: is it answering, and do people come to its end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from domain.numbers import Number
from store.backlog import PATIENCE, SILENT, STOPPED

LAST = {"loan": "kyc", "msme": "completed"}
"""the stage in which a bot has done what it is for; a bot of menus has none"""
SESSIONS_OF = timedelta(days=8)
"""how long ago a session may have begun to be counted"""
TIME_TO_COMPLETE = timedelta(days=1)
"""how long ago it must have begun: before that, who has not completed it may be at it still"""
COUNTED_EVERY = 60.0
"""seconds between two counts of sessions: they are of days"""
WAITED_TOO_LONG = 60.0
"""seconds that a message may wait for a turn before those who write are taken for not answered"""
SILENT_TOO_LONG = 30.0
"""seconds without a sign of life of any worker; one comes every five"""

# An erased conversation's rows are never taken: there is nothing to read in them.
WAITING = """
select c.bot, extract(epoch from now() - min(i.arrived_at))::float8
from inbox i join conversations c on c.id = i.conversation
where i.turn is null and exists (select from keys where keys.conversation = i.conversation)
group by c.bot
"""
SESSIONS = """
select bot, count(*), count(*) filter (where completed)
from (
    select s.bot, s.conversation, bool_or(s.stage = b.last) as completed
    from stage_changes s join unnest(%(bots)s::text[], %(lasts)s::text[]) as b (bot, last) on b.bot = s.bot
    where s.at > now() - %(within)s and s.stage <> ''
    group by s.bot, s.conversation
    having min(s.at) < now() - %(to_complete)s
) sessions
group by bot
"""


@dataclass(frozen=True)
class Sessions:
    """People who were at it between eight days and one day ago, and those of them who have come to the end since."""

    begun: int
    completed: int


@dataclass(frozen=True)
class Levels:
    """What is so now, by bot."""

    answers: Mapping[str, bool]
    """of each bot that has a number: whether those who write to it are answered"""
    sessions: Mapping[str, Sessions]
    """of each bot that somebody can complete, where anybody was at it"""


class ServiceLevels:
    """Reads them."""

    def __init__(self, pool: AsyncConnectionPool, numbers: Sequence[Number]) -> None:
        self._pool = pool
        self._numbers = list(numbers)
        self._sessions: dict[str, Sessions] = {}
        self._counted_at = -COUNTED_EVERY

    @property
    def bots(self) -> set[str]:
        """Those that have a number."""
        return {number.bot for number in self._numbers}

    async def read(self) -> Levels:
        """All of it. Raises psycopg's errors and TimeoutError: then nobody is answered."""
        async with asyncio.timeout(PATIENCE), self._pool.connection(PATIENCE) as connection:
            async with connection.pipeline():
                waiting = await connection.execute(WAITING)
                stopped = await connection.execute(STOPPED, ([number.id for number in self._numbers],))
                silent = await connection.execute(SILENT)
            waited: dict[str, float] = dict(await waiting.fetchall())
            without = {number for number, _ in await stopped.fetchall()}
            beat = await silent.fetchone()
            if time.monotonic() >= self._counted_at + COUNTED_EVERY:
                self._sessions = await _sessions(connection)
                self._counted_at = time.monotonic()
        if beat is None or beat[0] > SILENT_TOO_LONG:
            return Levels(dict.fromkeys(self.bots, False), self._sessions)
        open_to = {number.bot for number in self._numbers if number.id not in without}
        answers = {bot: bot in open_to and waited.get(bot, 0.0) <= WAITED_TOO_LONG for bot in self.bots}
        return Levels(answers, self._sessions)


async def _sessions(connection: AsyncConnection[TupleRow]) -> dict[str, Sessions]:
    fields = {
        "bots": list(LAST),
        "lasts": list(LAST.values()),
        "within": SESSIONS_OF,
        "to_complete": TIME_TO_COMPLETE,
    }
    rows = await (await connection.execute(SESSIONS, fields)).fetchall()
    return {bot: Sessions(begun, completed) for bot, begun, completed in rows}
