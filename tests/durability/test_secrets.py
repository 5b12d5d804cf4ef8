"""A secret that somebody tells is in the vault and nowhere else: not opened with every key we have, nor in Temporal."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
from psycopg import sql

from tests.durability.script import talk, waits_for
from tests.durability.test_canary import everything_in, found_in, tables_with
from tests.running.everything import Everything
from tests.running.person import Person, Raw
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import KEYS

TYPO, CODE, RIGHT, LATE = "7302O418", "73028418", "73028419", "73028420"
"""typed wrongly, then rightly, made right by an edit; and once more, late"""
TOLD = (TYPO, CODE, RIGHT, LATE)
SEALED = """
select c.table_name, c.column_name, o.column_name from information_schema.columns c
join information_schema.columns o on o.table_name = c.table_name and o.table_schema = c.table_schema
    and o.column_name = case when c.table_name = 'conversations' then 'id' else 'conversation' end
where c.table_schema = 'public' and c.column_name like '%\\_sealed'
"""


async def all_opened(at: Addresses) -> dict[str, bytes]:
    """Every sealed column of every conversation, opened."""
    found: dict[str, list[str]] = {}
    async with await psycopg.AsyncConnection.connect(at.database_url) as connection:
        for table, column, owner in await (await connection.execute(SEALED)).fetchall():
            query = sql.SQL("select t.{}, t.{}, k.wrapped from {} t join keys k on k.conversation = t.{}").format(
                *map(sql.Identifier, (owner, column, table, owner))
            )
            for conversation, value, wrapped in await (await connection.execute(query)).fetchall():
                about = f"{table}.{column.removesuffix('_sealed')}"
                if value is not None:
                    found.setdefault(about, []).append(KEYS.seal(conversation, wrapped).open(about, value))
    return {about: "\n".join(values).encode() for about, values in found.items()}


async def tell(person: Person, *lines: str) -> None:
    """Write each, and see it dealt with."""
    for line in lines:
        await person.write(line)
        await person.settle()


async def edit(http: httpx.AsyncClient, person: Person, text: str) -> None:
    """Rewrite what was written last."""
    written: list[dict[str, Any]] = [row for row in (await person.inspect())["inbox"] if row["kind"] == "text"]
    last = max(written, key=lambda row: int(row["id"]))
    message = {"type": "text", "text": {"body": text}}
    await person.send(Raw({"type": "edit", "edit": {"original_message_id": last["provider_id"], "message": message}}))
    await person.settle()


async def test_a_secret_is_in_the_vault_and_nowhere_else(
    http: httpx.AsyncClient, shared: Everything, spare: Addresses
) -> None:
    async with running(Product(spare, worker_module="tests.durability.releases.secretive")):
        asha = await Person.appear(http, spare, name="Asha Rao")
        await talk(asha, 0, 3)
        assert await waits_for(asha) == "answer:code"
        await tell(asha, TYPO, CODE)
        assert await waits_for(asha) == "answer:full_name"
        await edit(http, asha, RIGHT)
        assert await waits_for(asha) == "answer:full_name"
        await tell(asha, "back", LATE, "Asha Rao")
        seen = await asha.inspect()
        assert not seen["trouble"]
        assert seen["waiting_for"] == "answer:date_of_birth"

        answer = await http.get(
            f"{spare.url}/api/whatsapp/messages",
            params={"phone_number": asha.alias, "limit": 100},
            headers={"Authorization": f"Bearer {spare.environment()['ADMIN_API_KEY']}"},
        )
        assert "••••••" in answer.text
        assert "Asha Rao" in answer.text
        assert [secret for secret in TOLD if found_in(answer.content, secret)] == []

        opened = await all_opened(spare)
        assert found_in(opened["inbox.body"], "Asha Rao"), "the search finds what is there"
        assert set(opened["vault.value"].decode().split()) == {CODE, RIGHT, LATE}
        hidden = {about: value for about, value in opened.items() if about != "vault.value"}
        assert {secret: tables_with(hidden, secret) for secret in TOLD} == {secret: [] for secret in TOLD}

    ours = await everything_in(spare.database_url)
    assert {secret: tables_with(ours, secret) for secret in TOLD} == {secret: [] for secret in TOLD}
    for database in ("temporal", "temporal_visibility"):
        dumped = await everything_in(urlsplit(shared.servers.server_url)._replace(path=f"/{database}").geturl())
        assert tables_with(dumped, seen["workflow_id"]), "the search finds what is there"
        assert {secret: tables_with(dumped, secret) for secret in TOLD} == {secret: [] for secret in TOLD}
    logs = {name: (Path(spare.folder) / "logs" / f"{name}-{spare.namespace}.log") for name in ("api", "worker")}
    written = {name: file.read_bytes() for name, file in logs.items()}
    assert all(written.values()), "there is something to search"
    assert {secret: tables_with(written, secret) for secret in TOLD} == {secret: [] for secret in TOLD}
