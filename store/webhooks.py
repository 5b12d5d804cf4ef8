"""Of what a webhook brought and nobody's conversation takes, only a count is kept."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg_pool import AsyncConnectionPool

ADD = """
insert into webhook_counts (what, number) values (%s, %s)
on conflict (day, what) do update set number = webhook_counts.number + excluded.number
"""


class WebhookCounts:
    """Counts by day."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def add(self, counts: Mapping[str, int]) -> None:
        """Add to today's counts."""
        async with self._pool.connection() as connection:
            for what, number in counts.items():
                await connection.execute(ADD, (what, number))
