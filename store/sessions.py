"""Sessions: where the people of a bot stand, from the views of `0013_onboardings.sql` and `0009_statistics.sql`.

A session is a person's conversation with a bot. Nothing of what was said is opened for any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from psycopg_pool import AsyncConnectionPool

LATELY: LiteralString = "bot = %(bot)s and last_at > now() - make_interval(days => %(days)s)"
BY_STATE = f"select state, count(*) from sessions where {LATELY} group by 1"
BY_STEP = f"select stage, count(*) from sessions where {LATELY} group by 1 order by 2 desc, 1"
REACHED = f"""
select r.stage, count(*) from sessions_reached r
where r.conversation in (select conversation from sessions where {LATELY}) group by 1 order by 2 desc, min(r.at)
"""
SENDS = """
select coalesce(sum(wanted), 0)::bigint, coalesce(sum(failed), 0)::bigint from sends_by_outcome
where bot = %(bot)s and day > current_date - %(days)s::integer
"""
TROUBLE = "select count(*) from conversations where bot = %(bot)s and trouble <> ''"


@dataclass(frozen=True)
class SessionCounts:
    """The sessions of one bot in which somebody wrote within the last days."""

    bot: str
    days: int
    completed: int
    active: int
    """not completed, and written in within a day"""
    expired: int
    """not completed, and silent for a day"""
    steps: Mapping[str, int]
    """stage -> sessions that stand there now"""
    reached: Mapping[str, int]
    """stage -> sessions that ever came there"""
    wanted: int
    """messages that were to be sent"""
    failed: int
    """and that never will be"""
    in_trouble: int
    """sessions that wait for an operator now"""

    @property
    def all(self) -> int:
        """Every one of them."""
        return self.completed + self.active + self.expired

    @property
    def completion(self) -> float:
        """The part that was completed, 0 to 1."""
        return self.completed / self.all if self.all else 0.0

    @property
    def error(self) -> float:
        """Of what was to be sent, the part that failed: 0 to 1."""
        return self.failed / self.wanted if self.wanted else 0.0


class Sessions:
    """Reads the views."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def count(self, bot: str, days: int) -> SessionCounts:
        """The sessions of a bot in the last days."""
        fields = {"bot": bot, "days": days}
        async with self._pool.connection() as connection:

            async def counted(query: LiteralString) -> dict[str, int]:
                return dict(await (await connection.execute(query, fields)).fetchall())

            states = await counted(BY_STATE)
            sends = await (await connection.execute(SENDS, fields)).fetchone() or (0, 0)
            trouble = await (await connection.execute(TROUBLE, fields)).fetchone() or (0,)
            return SessionCounts(
                bot,
                days,
                completed=states.get("completed", 0),
                active=states.get("active", 0),
                expired=states.get("expired", 0),
                steps=await counted(BY_STEP),
                reached=await counted(REACHED),
                wanted=sends[0],
                failed=sends[1],
                in_trouble=trouble[0],
            )
