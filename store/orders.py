"""Orders, and whose they are: the person's who first asks for them under the phone number they were placed under."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from domain.orders import Order, OrderEvent, OrderLine, OrderSummary
from store.sealing import KeyRing

Connection = AsyncConnection[TupleRow]

MOST_LISTED = 90
"""ten pages of a list; older ones are found by their number"""

# An order that has an owner keeps it: whoever gets the phone number next finds only what nobody has asked for.
CLAIM = """
update orders o set person = c.person
from conversations c join aliases a on a.person = c.person and a.kind in ('phone', 'bsuid')
where c.id = %s and o.customer = a.hash and o.person is null
"""
OF = """
select o.number, o.status, o.placed_on, o.eta from orders o join conversations c on c.person = o.person
where c.id = %s order by o.placed_on desc, o.number desc limit %s
"""
FIND = """
select o.customer, o.number, o.status, o.placed_on, o.eta from orders o join conversations c on c.person = o.person
where c.id = %s and o.number = %s order by o.placed_on desc limit 1
"""
LINES = "select product, quantity, unit from order_lines where customer = %s and number = %s order by place"
EVENTS = "select at, status, note from order_events where customer = %s and number = %s order by place"
PERSON = "select person from conversations where id = %s"
PUT = """
insert into orders (customer, number, person, status, placed_on, eta)
values (%(customer)s, %(number)s, %(person)s, %(status)s, %(placed_on)s, %(eta)s)
on conflict (customer, number) do update
set status = excluded.status, placed_on = excluded.placed_on, eta = excluded.eta, changed_at = now()
"""
PUT_LINE = "insert into order_lines (customer, number, place, product, quantity, unit) values (%s, %s, %s, %s, %s, %s)"
PUT_EVENT = "insert into order_events (customer, number, place, at, status, note) values (%s, %s, %s, %s, %s, %s)"


class OrderTable:
    """The orders of all people."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def of(self, conversation: UUID) -> tuple[OrderSummary, ...]:
        """The orders of the person of this conversation, the newest first."""
        async with self._pool.connection() as connection:
            await connection.execute(CLAIM, (conversation,))
            rows = await (await connection.execute(OF, (conversation, MOST_LISTED))).fetchall()
        return tuple(OrderSummary(*row) for row in rows)

    async def read(self, conversation: UUID, number: str) -> Order | None:
        """The order of this number that the person of this conversation has; None where they have none."""
        async with self._pool.connection() as connection:
            await connection.execute(CLAIM, (conversation,))
            row = await (await connection.execute(FIND, (conversation, number))).fetchone()
            if row is None:
                return None
            customer, _, status, placed_on, eta = row
            lines = await (await connection.execute(LINES, (customer, number))).fetchall()
            events = await (await connection.execute(EVENTS, (customer, number))).fetchall()
        told = tuple(OrderEvent(*event) for event in events)
        return Order(number, status, placed_on, eta, tuple(OrderLine(*line) for line in lines), told)

    async def put(self, phone: str, order: Order) -> None:
        """Keep an order that was placed under this phone number (E.164), as it stands now."""
        async with self._pool.connection() as connection, connection.transaction():
            await _put(connection, self._keys.hash("phone", phone), None, order)

    async def give(self, conversation: UUID, orders: Sequence[Order]) -> None:
        """Let the person of this conversation have these orders: for a demonstration. Raises LookupError for no such
        conversation."""
        async with self._pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(PERSON, (conversation,))).fetchone()
            if row is None:
                raise LookupError("there is no such conversation")
            customer = self._keys.hash("demonstration", str(row[0]))
            for order in orders:
                await _put(connection, customer, row[0], order)


async def _put(connection: Connection, customer: bytes, person: UUID | None, order: Order) -> None:
    fields: dict[str, Any] = {
        "customer": customer,
        "number": order.number,
        "person": person,
        "status": order.status,
        "placed_on": order.placed_on,
        "eta": order.eta,
    }
    # This locks the order's row, so that of two who put it at once the second replaces what the first has written.
    await connection.execute(PUT, fields)
    for table in ("order_lines", "order_events"):
        await connection.execute(f"delete from {table} where customer = %s and number = %s", (customer, order.number))
    key = (customer, order.number)
    async with connection.cursor() as cursor:
        lines = [(*key, place, one.product, one.quantity, one.unit) for place, one in enumerate(order.lines)]
        await cursor.executemany(PUT_LINE, lines)
        events = [(*key, place, one.at, one.status, one.note) for place, one in enumerate(order.events)]
        await cursor.executemany(PUT_EVENT, events)
