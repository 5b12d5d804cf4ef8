"""What people tell us is in no table of Temporal's, in clear in none of ours, and in no log: searched for byte by byte.

The search itself is proven: what must be there is found by it, and what people told is found where it may be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from psycopg import sql

from tests.durability.script import talk, waits_for
from tests.running.everything import Everything
from tests.running.levers import seen_by_sandbox
from tests.running.person import Person, Raw
from tests.running.tables import KEYS
from tests.running.waiting import until

NAME = "Peregrina Quillfeather"
BORN = "17 March 1979"
INCOME = "8173519"
SENTENCE = "my parrot Zerbinetta reads the contracts"
WHILE_WAITING = "has Scaramuccio been asked yet?"
TOLD = (
    NAME,
    "Quillfeather",
    BORN,
    "1979-03-17",
    INCOME,
    "81,73,519",
    SENTENCE,
    "Zerbinetta",
    "Scaramuccio",
    "Brighella",
)


def forms(secret: str) -> Iterator[bytes]:
    """How words may be written: as they are, escaped as JSON does, or in another alphabet of bytes."""
    yield secret.encode()
    yield json.dumps(secret)[1:-1].encode()
    yield secret.encode("utf-16-le")
    yield secret.encode().hex().encode()


def found_in(haystack: bytes, secret: str) -> bool:
    """Whether these words are there in any form; digits only as a number of their own, not as part of a longer one."""
    for needle in forms(secret):
        pattern = re.escape(needle)
        if secret.isdigit():
            pattern = rb"(?<!\d)" + pattern + rb"(?!\d)"
        if re.search(pattern, haystack):
            return True
    return False


async def everything_in(url: str) -> dict[str, bytes]:
    """Every row and every column of every table of a database, as PostgreSQL has it."""
    dumped = {}
    async with await psycopg.AsyncConnection.connect(url) as connection:
        tables = await connection.execute("select schemaname, tablename from pg_tables where schemaname = 'public'")
        for schema, table in await tables.fetchall():
            command = sql.SQL("copy {} to stdout with (format binary)").format(sql.Identifier(schema, table))
            async with connection.cursor() as cursor, cursor.copy(command) as copy:
                dumped[table] = b"".join([bytes(part) async for part in copy])
    return dumped


def tables_with(dumped: dict[str, bytes], secret: str) -> list[str]:
    """The tables that these words are in."""
    return [table for table, content in dumped.items() if found_in(content, secret)]


@pytest.fixture
async def asha(http: httpx.AsyncClient, shared: Everything) -> Person:
    """Somebody who has told us everything, the wrong way and the right way, and was kept waiting."""
    asha = await Person.appear(http, shared.straight, name="Brighella")
    await asha.decide(NAME, state="down")
    await talk(asha, 0, 3)
    for line in (NAME, BORN, SENTENCE, "1", INCOME, SENTENCE, "1"):
        await asha.write(line)
        await asha.settle()
    image = {"id": "1", "mime_type": "image/jpeg", "sha256": "x", "caption": SENTENCE}
    place = {"latitude": 12.25, "longitude": 43.9, "name": "Zerbinetta", "address": SENTENCE}
    await asha.send(Raw({"type": "image", "image": image}))
    await asha.send(Raw({"type": "location", "location": place}))
    await asha.send(Raw({"type": "edit", "edit": {"original_message_id": "wamid.x", "message": {"type": "text", "text": {"body": SENTENCE}}}}))  # fmt: skip  # noqa: E501
    await asha.settle()
    await asha.write("1")

    async def is_waiting() -> bool:
        return await waits_for(asha) == "backend"

    await until(is_waiting, 40)
    await asha.write(WHILE_WAITING)
    await asha.settle()
    return asha


def opened(sealed: list[tuple[Any, ...]]) -> bytes:
    """Sealed columns of one conversation, opened."""
    said = []
    for conversation, wrapped, about, value in sealed:
        said.append(KEYS.seal(conversation, wrapped).open(about, value))
    return "\n".join(said).encode()


async def prove_the_search(shared: Everything, asha: Person) -> None:
    """What was told is found in the outside world's own file, and in our tables once they are opened with the keys."""
    sandbox = b"".join(
        file.read_bytes() for file in (Path(shared.straight.folder) / "sandbox").rglob("*") if file.is_file()
    )
    for secret in (NAME, BORN, INCOME, SENTENCE, WHILE_WAITING, asha.alias.lstrip("+")):
        assert found_in(sandbox, secret), secret
    async with await psycopg.AsyncConnection.connect(shared.straight.database_url) as connection:
        sealed = await connection.execute(
            "select c.id, k.wrapped, 'inbox.body', i.body_sealed from inbox i join conversations c"
            " on c.id = i.conversation join keys k on k.conversation = c.id where c.id = %(id)s union all"
            " select c.id, k.wrapped, 'conversations.state', c.state_sealed from conversations c"
            " join keys k on k.conversation = c.id where c.id = %(id)s union all"
            " select c.id, k.wrapped, 'work.argument', w.argument_sealed from work w join conversations c"
            " on c.id = w.conversation join keys k on k.conversation = c.id where c.id = %(id)s",
            {"id": (await asha.inspect())["conversation_id"]},
        )
        clear = opened(await sealed.fetchall())
    for secret in (NAME, "1979-03-17", INCOME, "Zerbinetta", "Scaramuccio"):
        assert found_in(clear, secret), secret


async def test_what_people_tell_us_is_written_down_nowhere_in_clear(
    http: httpx.AsyncClient, shared: Everything, asha: Person
) -> None:
    private = [*TOLD, asha.alias.lstrip("+"), (await seen_by_sandbox(http, asha))["bsuid"]]
    await prove_the_search(shared, asha)
    seen = await asha.inspect()
    folder = Path(shared.straight.folder)

    for database in ("temporal", "temporal_visibility"):
        dumped = await everything_in(urlsplit(shared.servers.server_url)._replace(path=f"/{database}").geturl())
        assert tables_with(dumped, seen["workflow_id"]), "the search finds what is there"
        assert {secret: tables_with(dumped, secret) for secret in private} == {secret: [] for secret in private}

    ours = await everything_in(shared.straight.database_url)
    assert tables_with(ours, seen["inbox"][0]["provider_id"]) == ["inbox"], "the search finds what is there"
    assert {secret: tables_with(ours, secret) for secret in private} == {secret: [] for secret in private}

    logs = {file.name: file.read_bytes() for file in (folder / "logs").iterdir() if file.name != "sandbox.log"}
    assert {"api-straight.log", "worker-straight.log"} <= set(logs)
    assert all(logs[name] for name in ("api-straight.log", "worker-straight.log")), "there is something to search"
    assert {secret: tables_with(logs, secret) for secret in private} == {secret: [] for secret in private}
