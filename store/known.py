"""What is known of a person, by phone number or BSUID: their conversations, where each stands, how much was said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.sealing import Erased, KeyRing

FIND = """
select c.id, p.business, c.bot, c.number, c.stage, c.language, c.waiting_for, c.waiting_since, c.trouble, p.stopped,
       p.marketing_stopped, c.made_at, c.last_in_at, c.address_sealed, k.wrapped
from persons p join conversations c on c.person = p.id left join keys k on k.conversation = c.id
where p.id in (select person from aliases where (kind, hash) in (('phone', %s), ('bsuid', %s)))
order by p.business, c.made_at, c.id
"""
COUNTS = """
select direction, status, count(*), max(at) from messages_both_ways where conversation = %s group by 1, 2
"""


@dataclass(frozen=True)
class Known:
    """One conversation of somebody's. `phone` and `bsuid` are personal data."""

    phone: str
    bsuid: str
    conversation: UUID
    business: str
    bot: str
    number: str
    """ours, the one they last wrote to"""
    stage: str
    language: str
    waiting_for: str
    waiting_since: datetime | None
    trouble: str
    opted_out: bool
    no_marketing: bool
    began_at: datetime
    window_from: datetime | None
    """when they last wrote, by the provider's clock: the window of 24 hours"""
    received: dict[str, int] = field(default_factory=dict)
    """by status: taken | waiting"""
    sent: dict[str, int] = field(default_factory=dict)
    """by the outbox's states"""
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None


class People:
    """Everybody."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def of(self, name: str) -> list[Known]:
        """The conversations of who has this phone number (E.164) or BSUID, in every business. Raises KeyMissing."""
        hashes = (self._keys.hash("phone", name), self._keys.hash("bsuid", name))
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(FIND, hashes)).fetchall()
            found = []
            for *plain, address, wrapped in rows:
                phone, bsuid = self._address(plain[0], address, wrapped)
                counts = await (await connection.execute(COUNTS, (plain[0],))).fetchall()
                way = {direction: [row[1:] for row in counts if row[0] == direction] for direction in ("in", "out")}
                stands = Known(phone, bsuid, *plain)
                found.append(
                    replace(
                        stands,
                        received={status: number for status, number, _ in way["in"]},
                        sent={status: number for status, number, _ in way["out"]},
                        last_in_at=max((at for *_, at in way["in"]), default=None),
                        last_out_at=max((at for *_, at in way["out"]), default=None),
                    )
                )
        return found

    def _address(self, conversation: UUID, sealed: bytes, wrapped: bytes | None) -> tuple[str, str]:
        try:
            opened = self._keys.seal(conversation, wrapped).open_json("conversations.address", sealed)
        except Erased:
            return "", ""
        return opened.get("phone", ""), opened.get("bsuid", "")
