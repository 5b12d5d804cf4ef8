"""Broadcasts by command: as over the API, with each mistake told before anybody is written to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from tests.cli.conftest import CommandLine
from tests.running.person import Person
from tests.running.product import Addresses

NOBODY_IS_ASKED = "nobody is there to be asked: add --yes if it is meant\n"


def tomorrow() -> str:
    """The same time tomorrow."""
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


async def test_one_is_sent_shown_paused_resumed_and_cancelled(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses
) -> None:
    asha = await Person.appear(http, at)
    await asha.write("hi")
    await asha.settle()
    words = f"We are closed on Monday. {uuid4().hex}"
    ordered = await sutradhar("broadcast", "send", words, "--bot", "loan", "--at", tomorrow(), "--yes", "--json")
    assert ordered.code == 0, ordered.err
    id = ordered.json()["broadcast_id"]

    listed = (await sutradhar("broadcast", "list", "--json")).json()["broadcasts"]
    [one] = [one for one in listed if one["id"] == id]
    assert (one["bot"], one["state"], one["rate"]) == ("loan", "scheduled", 5)
    for command, state in (("pause", "paused"), ("resume", "scheduled"), ("cancel", "cancelled")):
        ended = await sutradhar("broadcast", command, id, "--json")
        assert (ended.code, ended.json()["state"]) == (0, state)
    shown = await sutradhar("broadcast", "show", id)
    assert (shown.code, "cancelled" in shown.out) == (0, True)
    again = await sutradhar("broadcast", "resume", id)
    assert (again.code, again.err) == (1, "this broadcast is cancelled: there is nothing left to resume\n")
    assert not [line for line in await asha.lines() if words in line]


async def test_it_is_not_sent_before_somebody_has_said_yes(
    sutradhar: CommandLine, http: httpx.AsyncClient, at: Addresses
) -> None:
    asha = await Person.appear(http, at)
    await asha.write("hi")
    await asha.settle()
    when = tomorrow()
    ended = await sutradhar("broadcast", "send", "Namaste", "--bot", "loan", "--at", when)
    assert (ended.code, ended.err) == (2, NOBODY_IS_ASKED)
    # By its time: other tests order theirs here meanwhile, and ask things of them.
    listed = (await sutradhar("broadcast", "list", "--json")).json()["broadcasts"]
    assert not [one for one in listed if datetime.fromisoformat(one["at"]) == datetime.fromisoformat(when)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["send", "--yes"], 2, "either a `message` or a `template`, and not both"),
        (["send", "Namaste", "--bot", "nobody"], 2, "--bot: there is no such bot here"),
        (["send", "Namaste", "--bot", "loan", "--at", "2020-01-01T00:00:00Z"], 2, "--at: a time that has passed"),
        (["send", "Namaste", "--bot", "loan", "--at", "soon"], 2, "--at: "),
        (["send", "--bot", "loan", "--template", "no_such"], 2, "--template: no template of loan"),
        (["send", "--bot", "loan", "--template", "loan_offers_ready", "--value", "x"], 2, "--value: write it as name="),
        (["show", "that one"], 2, "ID: a broadcast is named by its id"),
        (["show", str(uuid4())], 1, "there is no broadcast of this id"),
        (["pause", str(uuid4())], 1, "there is no broadcast of this id"),
    ],
)
async def test_each_mistake_is_told(sutradhar: CommandLine, words: list[str], code: int, told: str) -> None:
    ended = await sutradhar("broadcast", *words)
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err
