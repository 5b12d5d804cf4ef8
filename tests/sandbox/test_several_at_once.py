"""Several messages of one person in one webhook, as quick ones come."""

from __future__ import annotations

from tests.sandbox.conftest import LOAN, Bench


async def test_several_messages_share_a_webhook_in_their_order(bench: Bench) -> None:
    """Texts, taps and other kinds are one delivery, signed once; each has an id of its own."""
    user = await bench.greeted()
    buttons = [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}]
    interactive = {"type": "button", "body": {"text": "Go on?"}, "action": {"buttons": buttons}}
    offered = await bench.graph.post(LOAN, {"to": user["phone"], "type": "interactive", "interactive": interactive})
    before = len(bench.product.received)
    several = [
        {"type": "text", "body": "Asha"},
        {"type": "tap", "option": "y", "message": offered.json()["messages"][0]["id"]},
        {"type": "raw", "message": {"type": "sticker", "sticker": {"id": "1", "mime_type": "image/webp"}}},
    ]
    sent = await bench.send(user, {"type": "several", "messages": several})
    [received] = [one for one in bench.product.received[before:] if one.messages]
    assert [message["type"] for message in received.messages] == ["text", "interactive", "sticker"]
    assert len({message["id"] for message in received.messages}) == 3
    assert (received.messages[-1]["id"], sent["webhook_status"]) == (sent["message_id"], 200)
    assert [one["status"] for one in await bench.chat(user) if one["direction"] == "in"] == ["delivered"] * 4


async def test_nothing_is_sent_when_one_of_several_cannot_be(bench: Bench) -> None:
    """A tap on what was never offered is refused, and what stands before it is not written either."""
    user = await bench.greeted()
    several = [{"type": "text", "body": "Asha"}, {"type": "tap", "option": "y", "message": "wamid.none"}]
    body = {"type": "several", "messages": several}
    answer = await bench.control.post(f"/sandbox/users/{user['id']}/send", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "nothing_to_tap")
    assert bench.product.texts == ["hi"]
