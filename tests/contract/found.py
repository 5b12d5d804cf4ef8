"""Items that once cost something, or that somebody would think of first: each by a name that says what is odd in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.contract.damage import AGAIN, ASHA, RAVI, Body, nested, written
from tests.running.wire import envelope


def message(kind: str = "text", held: Any = None, **more: Any) -> dict[str, Any]:
    """A message of Asha's."""
    held = {"body": "hi"} if held is None else held
    return {"from": ASHA, "id": "wamid.1", "timestamp": "1795000000", "type": kind, kind: held} | more


def status(**more: Any) -> dict[str, Any]:
    """News of a message of ours."""
    return {"id": "wamid.ours", "status": "failed", "timestamp": "1795000000"} | more


def beside_ravi(messages: Sequence[Any], statuses: Sequence[Any] = ()) -> Body:
    """A webhook with these items, and the good neighbour's message last."""
    return Body(written(envelope(RAVI.number, [*messages, RAVI.to_json()], statuses)))


MESSAGES = {
    "a number of five thousand digits": message(size="@digits"),
    "a number over all others": message(size="@exponent"),
    "a number under all others": message(size="@minus"),
    "a place beyond all others": message("location", {"latitude": "@exponent", "longitude": "@minus"}),
    "six hundred lists": message(extra="@deep"),
    "six hundred objects": message(extra="@deeper"),
    "six hundred lists, and NUL": message(extra="@deep", id="wamid.1\0"),
    "three hundred lists, and no id": message(extra=nested(300), id=None),
    "a text of six hundred lists": message(held="@deep"),
    "half a pair in the id": message(id="wamid.\ud83d"),
    "half a pair as a name": message(**{"\udc00": "\ud800"}),
    "NUL for a user id": message(from_user_id="\0"),
    "an id of six thousand letters": message(id="wamid." + "x" * 6_000),
    "a kind of six thousand letters": message("x" * 6_000),
    "a user id of a hundred thousand letters": message(from_user_id="IN." + "x" * 100_000),
    "a text of two million letters": message(held={"body": "x" * 2_000_000}),
    "a tap on an option of a hundred thousand letters": message(
        "interactive", {"type": "button_reply", "button_reply": {"id": "x" * 100_000, "title": "Yes"}}
    ),
    "the year 5000": message(timestamp="95617584000"),
    "the year 1970": message(timestamp="0.001"),
    "two senders": message(**{f"from{AGAIN}": "919811111111"}),
    "a kind that is not there": {"from": ASHA, "id": "wamid.1", "timestamp": "1795000000", "type": "interactive"},
    "an edit of itself": message(
        "edit", {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "hi"}}}
    ),
    "a number changed to itself": message("system", {"type": "user_changed_number", "wa_id": ASHA, "user_id": "IN.44"}),
}
STATUSES = {
    "a code that no column holds": status(errors=[{"code": 2**53 + 1}]),
    "a code of five thousand digits": status(errors=[{"code": "@digits"}]),
    "a key of ours with NUL": status(biz_opaque_callback_data="\0"),
    "a status of an id of a hundred thousand letters": status(id="wamid." + "x" * 100_000),
    "a word for a status that is a book": status(status="x" * 100_000),
}
FOUND = {name: beside_ravi([item]) for name, item in MESSAGES.items()} | {
    name: beside_ravi([], [item]) for name, item in STATUSES.items()
}
"""each as a whole webhook"""
