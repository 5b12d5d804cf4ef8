"""One person by command: known, written to, erased."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import httpx
from temporalio.client import Client, WorkflowExecutionStatus

from store.database import open_pool
from store.erasure import Erasure
from tests.cli.conftest import CommandLine
from tests.durability.script import talk
from tests.running.person import Person
from tests.running.product import Addresses
from tests.running.tables import KEYS, Tables

NOBODY = "+919711111111"
LINK = "a photo of the house with the blue door"


async def everything_in(tables: Tables) -> str:
    """Every row of every table, as text."""
    names = await tables.rows("select tablename::text from pg_tables where schemaname = 'public'")
    rows = [str(row) for (name,) in names for row in await tables.rows(f'select t::text from "{name}" t')]
    return "\n".join(rows)


async def test_what_is_known_is_shown_masked(sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses) -> None:
    asha = await Person.appear(http, at, name="Asha Rao")
    await talk(asha, 0, 4)
    ended = await sutradhar("user-info", asha.alias, "--json")
    assert ended.code == 0, ended.err
    [one] = ended.json()["conversations"]
    assert (one["bot"], one["stage"], one["waiting_for"]) == ("loan", "application", "answer:date_of_birth")
    assert one["received"] == {"taken": 4}
    assert one["phone"] == f"…{asha.alias[-2:]}"
    digits = asha.alias.lstrip("+")
    for shown in (ended.out, (await sutradhar("user-info", f"{digits[:2]} {digits[2:7]}-{digits[7:]}")).out):
        assert digits not in shown
        assert "Asha" not in shown
    revealed = (await sutradhar("user-info", asha.alias, "--reveal")).out
    assert asha.alias in revealed


async def test_what_was_sealed_under_a_key_that_is_not_here_is_said_so(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses
) -> None:
    asha = await Person.appear(http, at)
    await talk(asha, 0, 1)
    other = "another:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDA="
    ended = await sutradhar("user-info", asha.alias, ENCRYPTION_KEYS=other)
    assert (ended.code, ended.out) == (1, "")
    assert "'tests' is not among ENCRYPTION_KEYS" in ended.err


async def test_nobody_is_said_so(sutradhar: CommandLine) -> None:
    for command in (["user-info", NOBODY], ["delete-user", NOBODY, "--yes"]):
        ended = await sutradhar(*command)
        assert (ended.code, ended.out) == (1, "")
        assert "nobody" in ended.err
        assert NOBODY not in ended.err


async def test_a_phone_in_another_form_is_told_how_to_be_written(sutradhar: CommandLine) -> None:
    for command in ("user-info", "delete-user", "test-message"):
        ended = await sutradhar(command, "98000 0000x")
        assert ended.code == 2
        assert "+919800000001" in ended.err
        assert "98000 0000x" not in ended.err


async def test_a_test_message_comes_as_what_the_business_says(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses
) -> None:
    asha = await Person.appear(http, at)
    await talk(asha, 0, 2)
    ended = await sutradhar("test-message", asha.alias, "Your file is with us.", "--json")
    assert ended.code == 0, ended.err
    assert ended.json()["status"] == "accepted"
    assert (await asha.lines())[-1] == "< Your file is with us."


async def test_why_a_test_message_is_not_sent_is_said(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses
) -> None:
    ended = await sutradhar("test-message", NOBODY)
    assert ended.code == 1
    assert "never_wrote" in ended.err
    asha = await Person.appear(http, at)
    await asha.write("hi")
    await asha.settle()
    await asha.write("stop")
    await asha.settle()
    ended = await sutradhar("test-message", asha.alias)
    assert (ended.code, "opted_out" in ended.err) == (1, True)
    ended = await sutradhar("test-message", asha.alias, " ")
    assert (ended.code, ended.err.startswith("TEXT: ")) == (2, True)


async def test_an_erased_person_is_nowhere_and_begins_anew(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses, tables: Tables
) -> None:
    asha = await Person.appear(http, at, name="Yamini Kasturirangan")
    await talk(asha, 0, 8)
    conversation = UUID((await asha.inspect())["conversation_id"])
    key = (await tables.rows("select wrapped from keys where conversation = %s", conversation))[0][0]
    left = sorted(str(one) for one in Path(at.folder, "blobs").glob(f"{conversation}/*"))

    asked = await sutradhar("delete-user", asha.alias)
    assert (asked.code, "--yes" in asked.err) == (2, True)
    ended = await sutradhar("delete-user", asha.alias, "--yes", "--json")
    assert ended.code == 0, ended.err
    assert ended.json()["conversations"] == [str(conversation)]
    assert ended.json()["rows"]["inbox"] == 8

    whole = await everything_in(tables)
    for said in (asha.alias.lstrip("+"), "Yamini", key.hex(), KEYS.hash("phone", asha.alias).hex()):
        assert said not in whole
    kept = await tables.rows(
        "select tableoid::regclass::text from erasures where conversation = %s and finished_at is not null",
        conversation,
    )
    assert kept == [("erasures",)], "only that it was"
    assert whole.count(str(conversation)) == 1
    assert not [one for one in left if Path(one).exists()]
    temporal = await Client.connect(at.temporal, namespace=at.namespace)
    workflow = await temporal.get_workflow_handle(f"conversation-{conversation}").describe()
    assert workflow.status is WorkflowExecutionStatus.TERMINATED
    assert (await sutradhar("user-info", asha.alias)).code == 1

    await asha.write("hi")
    await asha.settle()
    again = await asha.inspect()
    assert UUID(again["conversation_id"]) != conversation
    assert again["waiting_for"] == "answer:language"


async def test_a_consent_stays_as_proof_and_says_of_nobody_who_it_was(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses, tables: Tables
) -> None:
    asha = await Person.appear(http, at)
    await talk(asha, 0, 9)
    conversation = UUID((await asha.inspect())["conversation_id"])
    ended = await sutradhar("delete-user", asha.alias, "--yes", "--json")
    assert ended.code == 0, ended.err
    assert ended.json()["consents_kept"] == 1
    pool = await open_pool(at.database_url, 2)
    subject = Erasure(pool, KEYS).subject(asha.alias)
    await pool.close()
    assert await tables.rows("select conversation, wording from consents where subject = %s", subject) == [
        (conversation, "consent_wording_1")
    ]


async def test_where_temporal_is_away_the_person_is_erased_and_the_rest_is_made_up_for(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses, tables: Tables
) -> None:
    asha = await Person.appear(http, at)
    await talk(asha, 0, 2)
    conversation = UUID((await asha.inspect())["conversation_id"])
    ended = await sutradhar("delete-user", asha.alias, "--yes", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert ended.code == 1
    assert "cleanup-sessions" in ended.err
    assert await tables.value("select count(*) from conversations where id = %s", conversation) == 0
    assert (await sutradhar("cleanup-sessions", "--json")).code == 0
    temporal = await Client.connect(at.temporal, namespace=at.namespace)
    workflow = await temporal.get_workflow_handle(f"conversation-{conversation}").describe()
    assert workflow.status is WorkflowExecutionStatus.TERMINATED
