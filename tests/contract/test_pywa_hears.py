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


async def the_one_heard(bench: Bench, judge: Judge, user: dict[str, Any], deed: dict[str, Any]) -> Any:
    """What pywa takes this for; news of what was sent before may come in between."""
    since = len(bench.product.received)
    await bench.send(user, deed)
    [update] = [one for one in await heard(bench, judge, since) if not isinstance(one, MessageStatus)]
    return update


async def test_a_correction_and_a_deletion(bench: Bench, judge: Judge) -> None:
    asha = await bench.user()
    sent = await bench.send(asha, {"type": "text", "body": "5 lakh"})
    edited = await the_one_heard(bench, judge, asha, {"type": "edit", "message": sent["message_id"], "body": "6 lakh"})
    assert (type(edited).__name__, edited.original_message_id) == ("EditedMessage", sent["message_id"])
    assert edited.message.text == "6 lakh"
    deleted = await the_one_heard(bench, judge, asha, {"type": "revoke", "message": sent["message_id"]})
    assert (type(deleted).__name__, deleted.original_message_id) == ("DeletedMessage", sent["message_id"])


async def test_a_reaction_and_its_end(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    ours = await judge.whatsapp.send_message(asha["phone"], "hello")
    given = await the_one_heard(bench, judge, asha, {"type": "reaction", "message": ours.id, "emoji": "👍🏽"})
    assert (given.reaction.message_id, given.reaction.emoji) == (ours.id, "👍🏽")
    taken = await the_one_heard(bench, judge, asha, {"type": "reaction", "message": ours.id})
    assert (taken.reaction.message_id, taken.reaction.emoji) == (ours.id, None)


async def test_what_is_not_supported(bench: Bench, judge: Judge) -> None:
    asha = await bench.user()
    poll = await the_one_heard(bench, judge, asha, {"type": "unsupported", "kind": "poll"})
    assert (poll.type.value, poll.error.code) == ("unsupported", 131051)


async def test_an_answer_that_says_nothing(bench: Bench, judge: Judge) -> None:
    asha = await bench.user()
    answer = await the_one_heard(bench, judge, asha, {"type": "interactive_without_reply"})
    assert (type(answer).__name__, answer.type.value) == ("Message", "interactive")


async def test_a_place_and_somebodys_card(bench: Bench, judge: Judge) -> None:
    asha = await bench.user()
    place = {"type": "location", "latitude": 18.97, "longitude": 72.82, "name": "Mumbai Central", "address": "Mumbai"}
    told = await the_one_heard(bench, judge, asha, place)
    assert (told.location.name, told.location.address, told.location.latitude) == ("Mumbai Central", "Mumbai", 18.97)
    card = {"type": "contact", "name": "Ravi Iyer", "phone": "+919876543210"}
    shared = await the_one_heard(bench, judge, asha, card)
    [ravi] = shared.contacts
    assert (ravi.name.formatted_name, ravi.phones[0].wa_id) == ("Ravi Iyer", "919876543210")


async def test_a_quote_and_an_ad(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    ours = await judge.whatsapp.send_message(asha["phone"], "hello")
    ad = {"source_url": "https://fb.me/x", "source_id": "ad-1", "source_type": "ad", "headline": "Loans", "body": "Now"}
    quoting = {"type": "text", "body": "this", "context": ours.id, "referral": ad | {"ctwa_clid": "clid-1"}}
    told = await the_one_heard(bench, judge, asha, quoting)
    assert told.reply_to_message.id == ours.id
    assert (told.referral.source_id, told.referral.ctwa_clid) == ("ad-1", "clid-1")


async def test_a_new_number(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    since = len(bench.product.received)
    await bench.order(asha, "number", phone="+919876500001")
    [changed] = await heard(bench, judge, since)
    assert type(changed).__name__ == "PhoneNumberChange"
    assert (changed.old_wa_id, changed.new_wa_id) == (asha["phone"].lstrip("+"), "919876500001")


@pytest.mark.parametrize("choice", ["stop", "resume"])
async def test_what_somebody_thinks_of_marketing(bench: Bench, judge: Judge, choice: str) -> None:
    asha = await bench.greeted()
    since = len(bench.product.received)
    await bench.order(asha, "preferences", marketing=choice)
    await bench.product.until(lambda: len(bench.product.received) > since)
    told = await judge.read(bench.product.received[since].raw)
    assert type(told).__name__ == "UserMarketingPreferences"
    assert told.value.value == choice
    assert told.from_user.wa_id == asha["phone"].lstrip("+")


async def test_several_at_once_one_by_one(bench: Bench, judge: Judge) -> None:
    asha = await bench.user()
    texts = [{"type": "text", "body": f"number {count}"} for count in range(3)]
    await bench.send(asha, {"type": "several", "messages": texts})
    assert [message.text for message in await heard(bench, judge)] == ["number 0", "number 1", "number 2"]
