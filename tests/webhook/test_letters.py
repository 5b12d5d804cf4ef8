"""What nobody can take is kept with its reason, listed without what is in it, and taken in after a fix."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tests.running.product import Addresses
from tests.running.tables import Tables
from tests.running.wire import Meta, text, wamid

ROOT = Path(__file__).parents[2]
NOT_OURS = "199999999999999"


async def letters(at: Addresses, *words: str, **more: str) -> tuple[int, str]:
    """Run the command; how it ended, and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "dead-letters", *words),
        env={**at.environment(), **more},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, (out + err).decode()


def a_phone() -> str:
    """A phone number that nobody else has."""
    return f"+9195{uuid4().int % 10**8:08d}"


async def letter_of(tables: Tables, number: str) -> str:
    """The newest letter that came to this number."""
    found = await tables.value(
        "select id from dead_letters where number = %s and replayed_at is null order by arrived_at desc limit 1", number
    )
    assert found is not None
    return str(found)


async def test_a_message_to_a_number_that_is_not_listed_is_taken_in_when_it_is(
    meta: Meta, tables: Tables, tmp_path: Path
) -> None:
    number, id, phone = f"1{uuid4().int % 10**14:014d}", wamid(), a_phone()
    words = f"my name is {uuid4().hex}"
    for _ in range(2):
        assert (await meta.messages(text(words, id=id, phone=phone), number=number)).status_code == 200
    assert await tables.received(id) == []
    letter = await letter_of(tables, number)
    code, shown = await letters(meta.at, "")
    assert code == 2, "an empty word is no command"
    code, shown = await letters(meta.at, "--json")
    assert (code, letter in {one["id"] for one in json.loads(shown)["dead_letters"]}) == (0, True)
    code, shown = await letters(meta.at)
    assert code == 0
    assert [line.split()[3:5] for line in shown.splitlines() if letter in line] == [["unknown_number", number]]
    assert words not in shown
    assert phone.lstrip("+") not in shown

    code, shown = await letters(meta.at, "replay", letter)
    assert (code, shown.splitlines()[-1]) == (0, "0 of 1 taken in; the others are as they were")

    listed = meta.at.numbers_file.read_text()
    added = f'[[number]]\nprovider = "meta"\nid = "{number}"\nbot = "loan"\nbusiness = "late"\n'
    (tmp_path / "numbers.toml").write_text(listed + added)
    code, shown = await letters(meta.at, "replay", letter, NUMBERS_FILE=str(tmp_path / "numbers.toml"))
    assert (code, shown.splitlines()[-1]) == (0, "1 of 1 taken in; the others are as they were")
    assert [kind for kind, _ in await tables.received(id)] == ["text"]
    assert await tables.value("select replayed_at is not null from dead_letters where id = %s", letter)


@pytest.mark.parametrize("where", ["messages", "statuses"])
async def test_what_cannot_be_read_is_kept_whole(meta: Meta, tables: Tables, where: str) -> None:
    before = await tables.value("select count(*) from dead_letters where reason = 'unreadable'")
    odd = {"id": wamid(), "timestamp": "yesterday", "type": "text", "status": "sent"}
    answer = await (meta.messages(odd) if where == "messages" else meta.statuses(odd))
    assert answer.status_code == 200
    assert await tables.value("select count(*) from dead_letters where reason = 'unreadable'") > before
    detail = await tables.value("select detail from dead_letters order by arrived_at desc limit 1")
    assert "yesterday" not in detail


async def test_a_letter_that_is_not_there_is_said_so(meta: Meta) -> None:
    code, shown = await letters(meta.at, "replay", str(uuid4()))
    assert code == 1
    assert "there is no dead letter" in shown


async def test_a_word_that_is_no_letter_is_said_so(meta: Meta) -> None:
    assert (await letters(meta.at, "replay", "that one"))[0] == 2
    assert (await letters(meta.at, "burn"))[0] == 2
