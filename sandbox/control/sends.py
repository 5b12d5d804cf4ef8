"""What was accepted of the business, with its keys: so that a run can count what was sent twice."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from sandbox.control.people import InWorld

router = APIRouter(prefix="/sandbox", tags=["Control"])

COLUMNS = ("seq", "number", "user", "to", "message_id", "key", "type", "at", "accepted_at")


@router.get("/sends")
async def list_sends(
    world: InWorld,
    number: str | None = None,
    user: str | None = None,
    key: str | None = None,
    after: int = 0,
    limit: Annotated[int, Query(ge=1, le=100_000)] = 10_000,
) -> dict[str, Any]:
    """Every accepted send in order, `limit` after the `seq` of `after`; `doubled` counts keys accepted more than once.

    `doubled` is of all that match, whatever the page.
    """
    wanted = [("number", number), ("user", user), ("callback", key)]
    given = [(column, value) for column, value in wanted if value is not None]
    matches = " AND ".join(["direction = 'out'", *(f"{column} = ?" for column, _ in given)])
    values = [value for _, value in given]
    rows = world.storage.rows(
        "SELECT seq, number, nullif(user, ''), addressed_to, id, callback, type, at, accepted FROM messages"
        f" WHERE {matches} AND seq > ? ORDER BY seq LIMIT ?",
        [*values, after, limit],
    )
    doubled = world.storage.rows(
        f"SELECT callback, count(*) FROM messages WHERE {matches} AND callback IS NOT NULL"
        " GROUP BY callback HAVING count(*) > 1",
        values,
    )
    return {
        "sends": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
        "doubled": dict(doubled),
        "next": rows[-1][0] if len(rows) == limit else None,
    }
