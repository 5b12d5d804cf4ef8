"""Databases of a PostgreSQL server: created, copied from a template, dropped."""

from __future__ import annotations

import psycopg
from psycopg import sql


async def create_database(server_url: str, name: str, template: str | None = None) -> bool:
    """Create a database on the server of this URL, a copy of `template` if one is named; False if it was there.

    Nobody may be connected to the template meanwhile.
    """
    async with await psycopg.AsyncConnection.connect(server_url, autocommit=True) as connection:
        found = await connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if await found.fetchone() is not None:
            return False
        source = sql.Identifier(template or "template1")
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source)
        try:
            await connection.execute(command)
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # somebody else was faster
            return False
        return True


async def drop_database(server_url: str, name: str) -> None:
    """Drop a database, ending its sessions; nothing happens if there is none."""
    async with await psycopg.AsyncConnection.connect(server_url, autocommit=True) as connection:
        await connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
