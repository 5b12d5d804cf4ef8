"""pywa reads the sandbox's webhooks as it reads Meta's: signed, of the right kind, and with the right values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pywa.types.callback import Button, CallbackButton, CallbackSelection
from pywa.types.message import Message
from pywa.types.message_status import MessageStatus

from tests.contract.pywa_judge import Judge
from tests.contract.test_pywa_sends import LANGUAGES
from tests.sandbox.conftest import LOAN, Bench
from tests.sandbox.fake_product import Received


async def heard(bench: Bench, judge: Judge, since: int = 0) -> list[Any]:
    """Everything that was told since then, item by item: pywa reads the first of each webhook alone."""
    updates = []
    for received in bench.product.received[since:]:
        assert await judge.trusts(received.raw, received.signature)
        updates += [await judge.read(raw) for raw in apart(received)]
    return updates


def apart(received: Received) -> list[bytes]:
    """A webhook for each item of a webhook."""
    bodies = []
    for name in ("messages", "statuses"):
        for item in received.value.get(name, []):
            body = json.loads(received.raw)
            body["entry"][0]["changes"][0]["value"][name] = [item]
            bodies.append(json.dumps(body).encode())
    return bodies


async def test_a_text(bench: Bench, judge: Judge) -> None:
    asha = await bench.user(name="Asha Rao")
    sent = await bench.send(asha, {"type": "text", "body": "नमस्ते 🙏🏽 / loan"})
    [message] = await heard(bench, judge)
    assert isinstance(message, Message)
    assert (message.id, message.text) == (sent["message_id"], "नमस्ते 🙏🏽 / loan")
    assert (message.from_user.name, message.from_user.wa_id, message.from_user.bsuid) == (
        "Asha Rao",
        asha["phone"].lstrip("+"),
        asha["bsuid"],
    )
    assert message.metadata.phone_number_id == LOAN
    assert message.timestamp.timestamp() == int(bench.clock.now())


async def test_a_text_of_somebody_with_no_phone_number_to_show(bench: Bench, judge: Judge) -> None:
    ravi = await bench.user(bsuid_only=True)
    await bench.send(ravi, {"type": "text", "body": "hi"})
    [message] = await heard(bench, judge)
    assert (message.from_user.bsuid, message.from_user.wa_id) == (ravi["bsuid"], None)
    assert message.from_user.username


async def test_a_tap_on_a_button(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    sent = await judge.whatsapp.send_message(asha["phone"], "Shall we?", buttons=[Button("Yes", "yes")])
    since = len(bench.product.received)
    await bench.send(asha, {"type": "tap", "option": "yes", "message": sent.id})
    [tap] = [update for update in await heard(bench, judge, since) if isinstance(update, CallbackButton)]
    assert (tap.data, tap.title) == ("yes", "Yes")
    assert tap.reply_to_message is not None
    assert tap.reply_to_message.id == sent.id


async def test_a_choice_from_a_list(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    sent = await judge.whatsapp.send_message(asha["phone"], "Which language?", buttons=LANGUAGES)
    since = len(bench.product.received)
    await bench.send(asha, {"type": "tap", "option": "hi", "message": sent.id})
    [choice] = [update for update in await heard(bench, judge, since) if isinstance(update, CallbackSelection)]
    assert (choice.data, choice.title, choice.description) == ("hi", "हिन्दी", "देवनागरी में")
    assert choice.reply_to_message.id == sent.id


async def test_what_becomes_of_a_message(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted(reads=True)
    sent = await judge.whatsapp.send_message(asha["phone"], "hello", tracker="outbox-17")
    await bench.product.until(lambda: len(bench.product.statuses_of(sent.id)) == 3)
    told = [update for update in await heard(bench, judge) if isinstance(update, MessageStatus)]
    assert [(status.id, status.status.value, status.tracker) for status in told] == [
        (sent.id, "sent", "outbox-17"),
        (sent.id, "delivered", "outbox-17"),
        (sent.id, "read", "outbox-17"),
    ]
    assert told[0].pricing is not None
    assert told[0].pricing.model.value == "PMP"


@pytest.mark.parametrize("code", [131026, 131047, 131049, 130472, 131053])
async def test_a_failure_after_acceptance_is_an_exception_of_pywas_own(bench: Bench, judge: Judge, code: int) -> None:
    asha = await bench.greeted()
    await bench.order(asha, "faults", mode="accept_then_fail", code=code, fail_next_sends=1)
    sent = await judge.whatsapp.send_message(asha["phone"], "hello")
    await bench.product.until(lambda: bench.product.statuses_of(sent.id) == ["failed"])
    [failed] = [update for update in await heard(bench, judge) if isinstance(update, MessageStatus)]
    assert failed.error is not None
    assert code in (failed.error.__error_codes__ or ())
