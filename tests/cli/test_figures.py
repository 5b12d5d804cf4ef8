"""Statistics and leads: what was done is counted, and nobody is named."""

from __future__ import annotations

import httpx

from tests.cli.conftest import CommandLine
from tests.durability.script import talk
from tests.running.person import Person
from tests.running.product import Addresses
from tests.running.tables import Tables


async def test_a_conversation_leaves_its_figures(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses, tables: Tables
) -> None:
    asha = await Person.appear(http, at, name="Asha Rao")
    await talk(asha, 0, 6)
    conversation = (await asha.inspect())["conversation_id"]
    ended = await sutradhar("stats", "--days", "1", "--bot", "loan", "--json")
    assert ended.code == 0, ended.err
    report = ended.json()
    assert {one["stage"] for one in report["funnel"]} >= {"language", "application"}
    chosen = {(one["question"], one["option"]) for one in report["menus"]}
    assert chosen >= {("language", "en"), ("intent", "loan")}
    assert {one["question"] for one in report["menus"]}.isdisjoint({"full_name", "date_of_birth", "offer"})
    [answering] = report["answering"]
    assert 0 < answering["p50"] <= answering["p95"]
    assert report["errors"][0]["wanted"] > 0
    assert {"kind": "text", "result": "stored"}.items() <= max(
        report["webhook_events"], key=lambda one: one["kind"] == "text"
    ).items()
    assert await tables.rows("select stage from stage_changes where conversation = %s order by at", conversation) == [
        ("language",),
        ("intent",),
        ("application",),
    ]
    assert "Asha" not in ended.out
    assert asha.alias.lstrip("+") not in ended.out
    shown = await sutradhar("stats", "--days", "1")
    assert "Funnel" in shown.out
    assert "█" in shown.out


async def test_a_bot_that_is_not_there_brings_those_that_are(sutradhar: CommandLine) -> None:
    ended = await sutradhar("stats", "--bot", "laon")
    assert (ended.code, "loan" in ended.err) == (2, True)
    assert (await sutradhar("stats", "--days", "0")).code == 2


async def test_an_empty_database_has_no_figures_and_no_leads(apart: CommandLine) -> None:
    assert (await apart("stats")).out == "Nothing was said in these days.\n"
    assert (await apart("list-leads")).out == "There are no leads yet.\n"
    assert (await apart("list-leads", "--json")).json() == {"leads": []}
    assert (await apart("list-leads", "--limit", "0")).code == 2
