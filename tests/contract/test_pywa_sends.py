"""pywa sends through the sandbox as through Meta: it understands every answer, and knows every error for its own."""

from __future__ import annotations

import pytest
from pywa import errors
from pywa.types.callback import Button, Section, SectionList, SectionRow

from sandbox.graph.errors import CATALOGUE
from tests.contract.pywa_judge import Judge
from tests.sandbox.conftest import APP_SECRET, LOAN, TOKEN, Bench

DAY = 24 * 3600.0
LANGUAGES = SectionList(
    button_title="Languages",
    sections=[
        Section(
            title="India",
            rows=[
                SectionRow(title="English", callback_data="en"),
                SectionRow(title="हिन्दी", callback_data="hi", description="देवनागरी में"),
            ],
        )
    ],
)


async def test_a_text_is_sent_and_shown(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    sent = await judge.whatsapp.send_message(asha["phone"], "नमस्ते https://example.com", preview_url=True)
    shown = (await bench.chat(asha))[-1]
    assert (shown["id"], shown["payload"]["text"]["body"]) == (sent.id, "नमस्ते https://example.com")
    assert sent.to == asha["phone"].lstrip("+")


async def test_who_has_no_phone_number_to_show_is_written_to_by_their_user_id(bench: Bench, judge: Judge) -> None:
    ravi = await bench.greeted(bsuid_only=True)
    sent = await judge.whatsapp.send_message(ravi["bsuid"], "hello")
    assert (await bench.chat(ravi))[-1]["id"] == sent.id
    assert sent.to == ravi["bsuid"]


async def test_buttons_are_sent_and_shown(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    buttons = [Button("Yes", "yes"), Button("No", "no"), Button("Later", "later")]
    sent = await judge.whatsapp.send_message(
        asha["phone"], "Shall we go on?", header="A loan", footer="Takes a minute", buttons=buttons
    )
    shown = (await bench.chat(asha))[-1]
    assert shown["id"] == sent.id
    offered = shown["payload"]["interactive"]["action"]["buttons"]
    assert [button["reply"]["id"] for button in offered] == ["yes", "no", "later"]


async def test_a_list_is_sent_and_shown(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    sent = await judge.whatsapp.send_message(asha["phone"], "Which language?", buttons=LANGUAGES)
    shown = (await bench.chat(asha))[-1]
    assert shown["id"] == sent.id
    [section] = shown["payload"]["interactive"]["action"]["sections"]
    assert [row["id"] for row in section["rows"]] == ["en", "hi"]


async def test_a_message_is_marked_as_read_and_typing_is_shown(bench: Bench, judge: Judge) -> None:
    asha = await bench.user()
    hi = await bench.send(asha, {"type": "text", "body": "hi"})
    assert await judge.whatsapp.mark_message_as_read(hi["message_id"])
    assert (await bench.chat(asha))[-1]["read"]
    assert await judge.whatsapp.indicate_typing(hi["message_id"])


UNKNOWN_TO_PYWA = {1, 2, 33, 100, 131060, 133004, 133010}
"""codes that Meta documents and pywa has no exception of its own for"""


async def test_every_error_the_sandbox_has_is_an_exception_of_pywas_own(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    met: dict[int, bool] = {}
    for code in CATALOGUE:
        await bench.order(asha, "faults", code=code, fail_next_sends=1)
        with pytest.raises(errors.WhatsAppError) as raised:
            await judge.whatsapp.send_message(asha["phone"], "hello")
        assert raised.value.code == code
        assert raised.value.details
        assert raised.value.fbtrace_id
        met[code] = code in (raised.value.__error_codes__ or ())
    assert {code for code, known in met.items() if not known} == UNKNOWN_TO_PYWA


class TestErrors:
    async def test_outside_the_window(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.greeted()
        bench.clock.advance(DAY + 1)
        with pytest.raises(errors.ReEngagementMessage):
            await judge.whatsapp.send_message(asha["phone"], "hello")

    async def test_too_much_at_once_for_one_person(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.greeted(limits=True)
        for count in range(45):
            await judge.whatsapp.send_message(asha["phone"], f"number {count}")
        with pytest.raises(errors.TooManyMessages):
            await judge.whatsapp.send_message(asha["phone"], "number 45")

    async def test_nobody_has_this_user_id(self, bench: Bench, judge: Judge) -> None:
        with pytest.raises(errors.MessageUndeliverable):
            await judge.whatsapp.send_message("IN.9999999999", "hello")

    async def test_a_phone_number_that_is_not_on_the_list(self, bench: Bench, judge: Judge) -> None:
        with pytest.raises(errors.RecipientNotInAllowedList):
            await judge.whatsapp.send_message("+919799999999", "hello")

    async def test_our_own_number(self, bench: Bench, judge: Judge) -> None:
        [ours] = [one for one in (await bench.control.get("/sandbox/numbers")).json() if one["id"] == LOAN]
        with pytest.raises(errors.RecipientCannotBeSender):
            await judge.whatsapp.send_message(ours["display"], "hello")

    @pytest.mark.parametrize(
        "buttons",
        [
            [Button("A title of far too many letters", "yes")],
            [Button(f"Number {number}", str(number)) for number in range(4)],
            [Button("Yes", "yes"), Button("Yes", "no")],
        ],
        ids=["long", "many", "alike"],
    )
    async def test_what_is_over_a_limit(self, bench: Bench, judge: Judge, buttons: list[Button]) -> None:
        asha = await bench.greeted()
        with pytest.raises(errors.InvalidParameter):
            await judge.whatsapp.send_message(asha["phone"], "Shall we go on?", buttons=buttons)

    async def test_a_token_that_is_none(self, bench: Bench) -> None:
        asha = await bench.greeted()
        stranger = Judge(bench.url, LOAN, "a-token-of-somebody-else", APP_SECRET)
        with pytest.raises(errors.ExpiredAccessToken):
            await stranger.whatsapp.send_message(asha["phone"], "hello")
        await stranger.close()

    async def test_a_number_that_is_none_of_ours(self, bench: Bench) -> None:
        asha = await bench.greeted()
        lost = Judge(bench.url, "100000000000099", TOKEN, APP_SECRET)
        with pytest.raises(errors.WhatsAppError) as raised:
            await lost.whatsapp.send_message(asha["phone"], "hello")
        assert (raised.value.code, raised.value.subcode) == (100, 33)
        await lost.close()

    async def test_a_message_that_nobody_wrote_cannot_be_read(self, bench: Bench, judge: Judge) -> None:
        with pytest.raises(errors.InvalidParameter):
            await judge.whatsapp.mark_message_as_read("wamid.nobodys")
