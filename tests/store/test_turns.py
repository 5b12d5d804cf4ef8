"""A turn is decided once, however often it is asked for, and what it decided is sent once."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx
import pytest
from psycopg_pool import AsyncConnectionPool
from temporalio.testing import ActivityEnvironment

from activities.media import Attachments
from activities.sending import Sending
from activities.turns import Turns, folded
from dialogue import Journey
from domain.conversation import Ended, Next, Turn, workflow_id
from journeys.registry import journeys
from store.arrivals import Arrival, Arrivals
from store.blobs import open_blobs
from store.links import Links
from store.numbers import Numbers, Templates
from store.outbox import Outbox
from store.pace import NumberPace
from store.places import Places
from store.sealing import KeyRing
from store.turns import InboxRow
from tests.running.at_meta import at_meta
from tests.store.conftest import NUMBER, Someone
from texts import Catalogue

NOON = 1_795_240_800.0


class Table:
    """A conversation at the table of a worker: what arrives is given to it turn by turn; what it sends is kept."""

    def __init__(
        self,
        asha: Someone,
        keys: KeyRing,
        words: Catalogue | None = None,
        bot: Journey | None = None,
        fold: bool = False,
    ) -> None:
        self.words = words or Catalogue("loan")
        self.bots = {"loan": bot} if bot is not None else journeys(timedelta(minutes=30))
        self.fold = fold
        self.asha = asha
        self.keys = keys
        self.now = NOON
        """by the conversation's own clock"""
        self.sent: list[str] = []
        """what was sent: the words"""
        self.read, self.reads = asyncio.Event(), asyncio.Event()
        """that a read mark came, and that it may be answered"""
        self.reads.set()
        self.answers: Callable[[], httpx.Response] = accepted

    async def __aenter__(self) -> Table:
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self.graph))
        graph = at_meta(self.http)
        self.folder = TemporaryDirectory()
        self.blobs = open_blobs(self.folder.name)
        sending = Sending(
            Outbox(self.asha.pool),
            Places(self.asha.pool, self.keys),
            NumberPace(self.asha.pool),
            Numbers(self.asha.pool),
            Templates(self.asha.pool),
            graph,
            Attachments(self.asha.pool, self.blobs, graph, Links(self.keys, "https://bot.example")),
            {NUMBER.id: NUMBER},
        )
        words = {"loan": self.words}
        self.turns = Turns(self.asha.pool, self.keys, self.bots, words, graph, sending, "none", fold=self.fold)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()
        self.folder.cleanup()

    async def graph(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        if asked.get("status") == "read":
            self.read.set()
            await self.reads.wait()
            return httpx.Response(200, json={"success": True})
        answer = self.answers()
        if answer.is_success:
            self.sent.append(shown(asked))
        return answer

    async def arrive(self, kind: str, body: dict[str, object]) -> int:
        """Store something that came in; its row."""
        row = await Arrivals(self.asha.pool, self.keys).store(
            self.asha.found, Arrival("meta", f"wamid.{uuid4().hex}", kind, body)
        )
        assert row is not None
        return row

    async def turn(self, name: str, *arrived: int, ended: Sequence[Ended] = (), alarm: bool = False) -> Next:
        """Take a turn, as the workflow asks for it."""
        environment = ActivityEnvironment()
        environment.info = dataclasses.replace(
            environment.info, workflow_id=workflow_id(self.asha.conversation), scheduled_time=datetime.now(UTC)
        )
        taken: Next = await environment.run(self.turns.turn, Turn(name, self.now, list(arrived), list(ended), alarm))
        return taken

    async def ends(self, key: str, result: Any) -> Next:
        """Some work ends with a result, and a turn is taken over that."""
        sealed = self.asha.found.seal.seal("work.result", result)
        async with self.asha.pool.connection() as connection:
            await connection.execute(
                "update work set result_sealed = %s, ended_at = now() where conversation = %s and key = %s",
                (sealed, self.asha.conversation, key),
            )
        return await self.turn(uuid4().hex, ended=[Ended(key, "finished")])

    async def say(self, *texts: str) -> None:
        """Write these, a turn each."""
        for text in texts:
            await self.turn(uuid4().hex, await self.arrive("text", {"text": text}))


def shown(asked: dict[str, Any]) -> str:
    """What a message says, or which template it is."""
    if asked["type"] == "template":
        return f"template {asked['template']['name']} {asked['template']['language']['code']}"
    body: str = asked["text"]["body"] if "text" in asked else asked["interactive"]["body"]["text"]
    return body


def accepted() -> httpx.Response:
    return httpx.Response(200, json={"messages": [{"id": f"wamid.{uuid4().hex}"}]})


def refused(code: int) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(400, json={"error": {"code": code}})


@pytest.fixture
async def table(asha: Someone, keys: KeyRing) -> AsyncIterator[Table]:
    """A conversation that was just opened."""
    async with Table(asha, keys) as table:
        yield table


async def test_a_turn_that_is_asked_for_twice_is_decided_once_and_sent_once(table: Table) -> None:
    row = await table.arrive("text", {"text": "hi"})
    first = await table.turn("run:1", row)
    again = await table.turn("run:1", row)
    assert first == again
    assert first.waiting_for == "answer:language"
    assert len(table.sent) == 1
    assert await table.asha.value("select turn from conversations where id = %s", table.asha.conversation) == 1


async def test_a_row_that_a_turn_has_taken_is_not_taken_by_the_next(table: Table) -> None:
    """A signal may come twice, and a workflow that was reset hears all of them again."""
    row = await table.arrive("text", {"text": "hi"})
    await table.turn("run:1", row)
    await table.turn("run:2", row)
    assert len(table.sent) == 1


async def test_what_a_killed_worker_had_decided_and_not_sent_is_sent_when_the_turn_is_asked_for_again(
    table: Table,
) -> None:
    row = await table.arrive("text", {"text": "hi"})
    table.answers = refused(131000)
    assert (await table.turn("run:1", row)).unsent
    await table.asha.time_passes(2)
    table.answers = accepted
    assert not (await table.turn("run:1", row)).unsent
    assert len(table.sent) == 1


async def test_every_message_of_every_turn_has_an_id_of_its_own_that_is_the_same_on_every_try(table: Table) -> None:
    await table.say("hi", "English", "1", "Asha Rao", "5/11/1987")
    query = "select count(distinct id) = count(*) and count(*) > 5 from outbox where conversation = %s"
    assert await table.asha.value(query, table.asha.conversation)


async def test_a_text_answers_the_question_that_was_shown_when_it_came_and_no_other(table: Table) -> None:
    await table.say("hi", "English")
    early = [await table.arrive("text", {"text": text}) for text in ("1", "Asha Rao")]
    after = await table.turn("run:x", *early)
    assert after.waiting_for == "answer:full_name", "the second was written before that question was read"


async def test_what_was_parked_goes_out_before_what_is_said_next(table: Table) -> None:
    await table.say("hi", "English")
    table.answers = refused(131047)
    await table.say("help")
    so_far = len(table.sent)
    table.answers = accepted
    await table.say("menu")
    after = table.sent[so_far:]
    assert "whenever you like" in after[0]
    assert "What would you like to do" in after[1]


async def test_a_parked_question_that_is_put_again_goes_out_once_and_last(table: Table) -> None:
    table.answers = refused(131047)
    await table.say("hi")
    assert table.sent == []
    table.answers = accepted
    await table.say("help")
    assert "whenever you like" in table.sent[0]
    assert "Which language" in table.sent[1]
    assert len(table.sent) == 2
    reasons = "select reason from outbox where conversation = %s and state = 'failed'"
    assert await table.asha.value(reasons, table.asha.conversation) == "superseded"


@pytest.mark.parametrize("kind", ["reaction", "edit", "revoke"])
async def test_what_was_parked_goes_out_at_any_sign_of_life_even_one_that_needs_no_answer(
    table: Table, kind: str
) -> None:
    table.answers = refused(131047)
    await table.say("hi")
    table.answers = accepted
    await table.turn("run:2", await table.arrive(kind, {"target": "wamid.x"}))
    assert len(table.sent) == 1


async def test_one_who_opts_out_does_not_get_what_was_parked(table: Table) -> None:
    table.answers = refused(131047)
    await table.say("hi")
    table.answers = accepted
    await table.say("stop")
    assert len(table.sent) == 1
    assert "no more messages" in table.sent[0]


async def test_a_person_whose_every_address_was_taken_over_gets_nothing_and_stops_nobody(
    table: Table, pool: AsyncConnectionPool
) -> None:
    """Their number was given to somebody else: there is nowhere to send to, and that is no reason to fail."""
    nowhere = table.asha.found.seal.seal("conversations.address", {"phone": "", "bsuid": ""})
    async with pool.connection() as connection:
        await connection.execute(
            "update conversations set address_sealed = %s where id = %s", (nowhere, table.asha.conversation)
        )
    after = await table.turn("run:1", await table.arrive("text", {"text": "hi"}))
    assert not after.unsent
    state = "select state from outbox where conversation = %s"
    assert await table.asha.value(state, table.asha.conversation) == "failed"


async def test_a_chat_that_is_opened_for_the_first_time_is_welcomed_and_not_complained_about(table: Table) -> None:
    await table.turn("run:1", await table.arrive("request_welcome", {"kind": "request_welcome", "detail": {}}))
    assert len(table.sent) == 1
    assert "Which language" in table.sent[0]


async def test_a_turn_that_is_asked_for_again_with_more_in_it_takes_that_on_top(table: Table) -> None:
    """Its worker was lost after it was decided; by the time another asks for it, the person has written again."""
    first = await table.arrive("text", {"text": "hi"})
    await table.turn("run:1", first)
    second = await table.arrive("text", {"text": "English"})
    assert (await table.turn("run:1", first, second)).waiting_for == "answer:intent"
    assert (await table.turn("run:1", first, second)).waiting_for == "answer:intent"
    assert len(table.sent) == 2


async def test_work_that_ended_is_seen_once_by_a_turn_that_is_asked_for_again(table: Table) -> None:
    """The end of some work comes with the turn that is asked for again, and again: an outage counts as one."""
    await table.say("hi", "English", "1", "Asha Rao", "5/11/1987", "1", "45k", "wedding")
    [work] = (await table.turn("run:1", await table.arrive("text", {"text": "1"}))).work
    failed = [Ended(work.key, "failed")]
    for _ in range(3):
        after = await table.turn("run:1", ended=failed)
        assert after.waiting_for == "backend"
    assert sum("could not record your consent" in words for words in table.sent) == 1
    state = json.loads(
        table.asha.found.seal.open(
            "conversations.state",
            await table.asha.value("select state_sealed from conversations where id = %s", table.asha.conversation),
        )
    )
    assert state["tries"] == {work.key: 1}


async def test_an_alarm_looks_for_whatever_no_turn_has_taken(table: Table) -> None:
    """A workflow that was lost had heard of it, and the next one begins with an alarm."""
    await table.say("hi")
    await table.arrive("text", {"text": "English"})
    assert (await table.turn("run:1", alarm=True)).waiting_for == "answer:intent"


UP_TO_THE_OFFERS = ("hi", "English", "1", "Asha Rao", "5/11/1987", "1", "45k", "wedding")
CONSENTED = {"reference": "r", "wording": "consent_wording_1", "at": "2026-11-21T10:00:00+00:00"}
OFFERS = {
    "application_id": "a",
    "decision": "offers",
    "offers": [
        {
            "offer_id": "o1",
            "lender": "Gulmohar Finserv",
            "amount": "500000",
            "annual_rate": "12.5",
            "tenure_months": 36,
            "processing_fee": "5000",
            "valid_until": "2026-12-31",
        }
    ],
}
DAY = 24 * 3600.0


async def up_to_the_lenders(table: Table) -> Next:
    """The lenders are asked for offers; the turn in which they were."""
    await table.say(*UP_TO_THE_OFFERS)
    [consent] = (await table.turn("run:1", await table.arrive("text", {"text": "1"}))).work
    await table.ends(consent.key, CONSENTED)
    return await table.turn("run:2", await table.arrive("text", {"text": "1"}))


async def test_offers_that_come_when_the_window_is_closed_are_announced_by_a_template(table: Table) -> None:
    """And the question is put when the person answers it: once, with all its offers."""
    after = await up_to_the_lenders(table)
    table.now += 3 * DAY
    await table.ends(after.work[0].key, OFFERS)
    assert table.sent[-1] == "template loan_offers_ready en"
    table.now += 60
    so_far = len(table.sent)
    await table.say("Continue")
    assert [words[:30] for words in table.sent[so_far:]] == ["Good news: there is an offer f"]


async def test_what_is_no_question_is_kept_behind_its_template_and_goes_out_when_the_person_writes(
    table: Table,
) -> None:
    after = await up_to_the_lenders(table)
    table.now += 3 * DAY
    await table.ends(after.work[0].key, {"application_id": "a", "decision": "declined"})
    assert table.sent[-1] == "template loan_answer_ready en"
    so_far = len(table.sent)
    await table.say("well?")
    assert "the lenders have no offer for you" in table.sent[so_far]


async def test_a_template_that_the_provider_has_paused_is_not_tried(table: Table) -> None:
    after = await up_to_the_lenders(table)
    await Templates(table.asha.pool).told("loan_offers_ready", "en", "paused")
    table.now += 3 * DAY
    so_far = len(table.sent)
    await table.ends(after.work[0].key, OFFERS)
    assert table.sent[so_far:] == []
    parked = "select reason from outbox where conversation = %s and state = 'parked'"
    assert await table.asha.value(parked, table.asha.conversation) == "template"
    await Templates(table.asha.pool).told("loan_offers_ready", "en", "approved")


async def test_a_message_to_one_who_never_opened_the_window_again_stays_parked(table: Table) -> None:
    await table.say("hi", "English")
    table.now += 30 * DAY
    assert not (await table.turn("run:9", alarm=True)).unsent
    assert (
        await table.asha.value(
            "select count(*) from outbox where conversation = %s and state = 'pending'", table.asha.conversation
        )
        == 0
    )


async def test_one_who_opted_out_elsewhere_in_the_business_is_left_alone_here(table: Table) -> None:
    await table.say("hi", "English")
    async with table.asha.pool.connection() as connection:
        await connection.execute(
            "update persons set stopped = true where id = (select person from conversations where id = %s)",
            (table.asha.conversation,),
        )
    so_far = len(table.sent)
    await table.say("1")
    assert [words[:23] for words in table.sent[so_far:]] == ["You asked us not to wri"]


async def test_opting_out_here_is_opting_out_of_all_that_the_business_says(table: Table) -> None:
    stopped = "select stopped from persons where id = (select person from conversations where id = %s)"
    await table.say("hi", "stop")
    assert await table.asha.value(stopped, table.asha.conversation)
    await table.say("start")
    assert not await table.asha.value(stopped, table.asha.conversation)


async def written_at(table: Table, text: str, seconds: float, shown: str) -> int:
    """A text that was written so many seconds after noon, and came when this question was known to be shown."""
    row = await Arrivals(table.asha.pool, table.keys).store(
        table.asha.found,
        Arrival("meta", f"wamid.{uuid4().hex}", "text", {"text": text}, said_at=NOON + seconds),
    )
    assert row is not None
    async with table.asha.pool.connection() as connection:
        await connection.execute("update inbox set question = %s where id = %s", (shown, row))
    return row


async def sent(table: Table, question: str, seconds: float) -> None:
    """The provider tells that this question was sent so many seconds after noon."""
    async with table.asha.pool.connection() as connection:
        await connection.execute(
            "update outbox set sent_at = to_timestamp(%s) where conversation = %s and question = %s",
            (NOON + seconds, table.asha.conversation, question),
        )


async def questions(table: Table) -> list[str]:
    """The refs of all questions put, in order."""
    async with table.asha.pool.connection() as connection:
        cursor = await connection.execute(
            "select question from outbox where conversation = %s and question <> '' order by turn, place",
            (table.asha.conversation,),
        )
        return [row[0] for row in await cursor.fetchall()]


async def test_an_answer_to_a_question_that_was_there_counts_although_we_did_not_know_that_it_was(table: Table) -> None:
    """The provider had taken it, and we were killed before that was written down."""
    await table.say("hi")
    [first] = await questions(table)
    await sent(table, first, 2)
    after = await table.turn("run:9", await written_at(table, "English", 5, shown=""))
    assert after.waiting_for == "answer:intent"


async def test_what_was_written_before_a_question_was_there_is_no_answer_to_it(table: Table) -> None:
    """It was held up on its way, and by the time it came the next question was shown."""
    await table.say("hi", "English")
    first, second = await questions(table)
    await sent(table, first, 2)
    await sent(table, second, 8)
    after = await table.turn("run:9", await written_at(table, "1", 4, shown=second))
    assert after.waiting_for == "answer:intent"
    after = await table.turn("run:10", await written_at(table, "1", 12, shown=second))
    assert after.waiting_for == "answer:full_name"


async def test_within_a_second_the_stamp_decides(table: Table) -> None:
    await table.say("hi")
    [first] = await questions(table)
    await sent(table, first, 5)
    assert (await table.turn("run:9", await written_at(table, "English", 5, shown=""))).waiting_for == "answer:language"
    assert (
        await table.turn("run:10", await written_at(table, "English", 5, shown=first))
    ).waiting_for == "answer:intent"


async def test_a_read_mark_that_is_not_answered_delays_nothing(table: Table) -> None:
    """The turn is over and its message out, while the courtesy still waits for the provider."""
    table.reads.clear()
    await table.say("hi")
    assert len(table.sent) == 1
    await table.read.wait()
    table.reads.set()


def texts(*written: tuple[str, str, str]) -> list[InboxRow]:
    """Rows of the inbox: kind, words, question."""
    return [
        InboxRow(at, kind, {"text": words}, question, f"w{at}") for at, (kind, words, question) in enumerate(written)
    ]


def test_texts_in_sight_of_one_question_are_folded_and_nothing_else_is() -> None:
    rows = texts(
        ("text", "Asha", "q1"), ("text", "Rao", "q1"), ("tap", "", "q1"), ("text", "x", "q1"), ("text", "y", "q2")
    )
    assert [row.body["text"] for row in folded(rows, True)] == ["Asha\nRao", "", "x", "y"]
    assert [row.body["text"] for row in folded(rows, False)] == ["Asha", "Rao", "", "x", "y"]
