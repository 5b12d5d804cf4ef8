"""The business says something on its own: to whom it may, in its place, and what the caller is told."""

from __future__ import annotations

import json
from uuid import uuid4

import httpx
import pytest

from tests.rest.conftest import Api, also_talks_with, problem
from tests.running.everything import Everything
from tests.running.levers import goes_wrong, messages_of
from tests.running.person import Person
from tests.running.tables import Tables

LATER = "update conversations set last_in_at = now() - interval '24 hours' where id = %s returning true"


def some_words() -> str:
    """Words that nobody else says."""
    return f"Your order {uuid4().hex} is on its way."


async def conversation_of(asha: Person) -> str:
    """The id of somebody's conversation."""
    return str((await asha.inspect())["conversation_id"])


async def bodies(asha: Person) -> list[str]:
    """What came from the business, the words alone."""
    return [shown.lines()[0].removeprefix("< ") for shown in await asha.chat()]


async def test_a_message_is_accepted_under_the_providers_id(api: Api, asha: Person, http: httpx.AsyncClient) -> None:
    words = some_words()
    answer = await api.send(asha.alias, words)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["success"], told["status"]) == (True, "accepted")
    [shown] = [one for one in await messages_of(http, asha) if one["id"] == told["message_id"]]
    assert shown["payload"]["text"]["body"] == words


@pytest.mark.parametrize("form", ["{}", "00{}", "whatsapp:+{}", "+{}", " +{} "])
async def test_a_number_is_understood_however_it_is_written(api: Api, asha: Person, form: str) -> None:
    answer = await api.send(form.format(asha.alias.lstrip("+")), some_words())
    assert answer.json()["status"] == "accepted", answer.text


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"phone_number": "nobody", "message": "Namaste"}, "body.phone_number"),
        ({"phone_number": "98000", "message": "Namaste"}, "body.phone_number"),
        ({"phone_number": 919800000001, "message": "Namaste"}, "body.phone_number"),
        ({"message": "Namaste"}, "body.phone_number"),
        ({"phone_number": "+919800000001"}, "body.message"),
        ({"phone_number": "+919800000001", "message": ""}, "body.message"),
        ({"phone_number": "+919800000001", "message": " \n\u200b"}, "body.message"),
        ({"phone_number": "+919800000001", "message": "x" * 4097}, "body.message"),
        ({"phone_number": "+919800000001", "message": "🙏" * 2049}, "body.message"),
        ({"phone_number": "+919800000001", "message": "\ud83d"}, "body.message"),
        ({"phone_number": "+919800000001", "message": "Namaste", "text": "Namaste"}, "body.text"),
    ],
)
async def test_what_cannot_be_sent_is_refused_with_the_field_named(
    api: Api, body: dict[str, object], field: str
) -> None:
    answer = await api.http.post(
        f"{api.at.url}/api/whatsapp/send",
        content=json.dumps(body),
        headers={**api.headers(), "Content-Type": "application/json"},
    )
    assert problem(answer) == (422, "invalid")
    message = answer.json()["error"]["message"]
    assert message.startswith(f"{field}: ")
    assert str(body.get("phone_number", "9800000001")) not in message


async def test_the_longest_text_goes_in_one_piece(api: Api, asha: Person) -> None:
    before = len(await asha.chat())
    assert (await api.send(asha.alias, "नमस्ते " * 585)).json()["status"] == "accepted"
    assert len(await asha.chat()) == before + 1


async def test_nobody_who_never_wrote_is_written_to(api: Api) -> None:
    assert problem(await api.send("+919899999999", some_words())) == (409, "never_wrote")


async def test_nobody_is_written_to_by_a_bot_or_a_number_they_never_wrote_to(
    api: Api, asha: Person, shared: Everything
) -> None:
    other = shared.own[0].number
    assert problem(await api.send(asha.alias, some_words(), bot="orders")) == (409, "never_wrote")
    assert problem(await api.send(asha.alias, some_words(), number=other)) == (409, "never_wrote")
    assert problem(await api.send(asha.alias, some_words(), number="no-number")) == (409, "never_wrote")
    fits = await api.send(asha.alias, some_words(), bot="loan", number=api.at.number)
    assert fits.json()["status"] == "accepted"


async def test_who_talks_with_several_bots_is_written_to_by_the_one_that_is_named(api: Api, asha: Person) -> None:
    await also_talks_with(asha, "orders")
    answer = await api.send(asha.alias, some_words())
    assert problem(answer) == (409, "which_one")
    assert "body.bot: " in answer.json()["error"]["message"]
    assert "name one of loan, orders" in answer.json()["error"]["message"]
    assert (await api.send(asha.alias, some_words(), bot="loan")).json()["status"] == "accepted"
    assert (await api.send(asha.alias, some_words(), number=api.at.number)).json()["status"] == "accepted"
    assert problem(await api.send(asha.alias, some_words(), bot="orders")) == (409, "window_closed")


async def test_a_day_after_their_last_message_nothing_is_sent(api: Api, asha: Person, tables: Tables) -> None:
    assert await tables.rows(LATER, await conversation_of(asha))
    words = some_words()
    assert problem(await api.send(asha.alias, words)) == (409, "window_closed")
    await asha.write("hi")
    await asha.settle()
    assert words not in await bodies(asha)
    assert (await api.send(asha.alias, words)).json()["status"] == "accepted", "the window is open again"


async def test_the_window_is_the_conversations_own_and_what_it_stops_is_not_sent_later(api: Api, asha: Person) -> None:
    """Their clock is ahead, so that only the turn can tell; what was refused does not come when they write again."""
    await asha.wait(25 * 3600)
    words = some_words()
    assert problem(await api.send(asha.alias, words)) == (409, "window_closed")
    await asha.write("hi")
    await asha.settle()
    assert words not in await bodies(asha)


async def test_what_somebody_has_just_written_opens_the_window(api: Api, asha: Person, tables: Tables) -> None:
    """It is in the inbox and was taken by no turn yet: the turn tells, not what was written down before it."""
    conversation = await conversation_of(asha)
    assert await tables.rows(LATER, conversation)
    lying = (
        "insert into inbox (conversation, provider, provider_id, kind, body_sealed, signalled_at)"
        " select conversation, provider, provider_id || '-again', kind, body_sealed, now() from inbox"
        " where conversation = %s and kind = 'text' limit 1 returning id"
    )
    [(row,)] = await tables.rows(lying, conversation)
    assert problem(await api.send(asha.alias, some_words())) == (409, "window_closed")
    assert await tables.value("select count(*) from inbox where conversation = %s and kind = 'business'", conversation)
    await tables.rows("delete from inbox where id = %s returning id", row)


async def test_who_said_stop_is_left_alone(api: Api, asha: Person) -> None:
    await asha.write("stop")
    await asha.settle()
    before = await bodies(asha)
    assert problem(await api.send(asha.alias, some_words())) == (409, "opted_out")
    await asha.settle()
    assert await bodies(asha) == before
    await asha.write("start")
    await asha.settle()
    assert (await api.send(asha.alias, some_words())).json()["status"] == "accepted"


async def test_what_the_provider_does_not_take_is_told(api: Api, asha: Person, http: httpx.AsyncClient) -> None:
    await goes_wrong(http, asha, "error", code=131026)
    assert problem(await api.send(asha.alias, some_words())) == (409, "refused")


async def test_who_was_erased_cannot_be_written_to(api: Api, asha: Person, tables: Tables) -> None:
    assert await tables.rows("delete from keys where conversation = %s returning true", await conversation_of(asha))
    assert problem(await api.send(asha.alias, some_words())) == (409, "erased")


async def test_it_waits_its_turn_behind_what_is_unsent(api: Api, asha: Person, http: httpx.AsyncClient) -> None:
    """An outage holds up an answer: what the business says then is queued, and comes after it."""
    await goes_wrong(http, asha, "error", times=100, code=131000)
    await asha.write("English")
    words = some_words()
    answer = await api.send(asha.alias, words)
    assert (answer.status_code, answer.json()["status"]) == (200, "queued"), answer.text
    [waiting] = [one for one in (await api.messages(asha.alias))["messages"] if one["text"] == words]
    assert (waiting["id"], waiting["status"]) == (answer.json()["message_id"], "queued")
    said = len(await asha.chat())
    await goes_wrong(http, asha, "error", times=0)
    await asha.skip(120)
    await asha.answered()
    came = await bodies(asha)
    assert len(came) > said + 1
    assert came[-1] == words
    [there] = [one for one in (await api.messages(asha.alias))["messages"] if one["text"] == words]
    assert there["id"] == waiting["id"], "it is the same message all the time"
    assert there["provider_id"]


async def test_what_somebody_writes_after_it_is_no_answer_to_the_question_before(api: Api, asha: Person) -> None:
    """She was asked for her language; `English` after a word of the business answers nothing, and she is asked anew."""
    await api.send(asha.alias, "Is English or Hindi spoken in your shop?")
    await asha.write("English")
    assert await asha.settle() == "answer:language"
    await asha.write("English")
    assert await asha.settle() != "answer:language", "the question was put again, so now it is answered"
