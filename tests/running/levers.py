"""Levers of the sandbox beside what a person does: what goes wrong with the next messages to them, and who they are."""

from __future__ import annotations

from typing import Any

import httpx

from tests.running.person import Person


async def goes_wrong(http: httpx.AsyncClient, person: Person, mode: str, times: int = 1, code: int = 131000) -> None:
    """Let the next sends to this person go wrong in this way; 0 times mends it."""
    body = {"mode": mode, "fail_next_sends": times, "code": code}
    answer = await http.post(f"{person.at.sandbox}/sandbox/users/{person.id}/faults", json=body)
    answer.raise_for_status()


async def seen_by_sandbox(http: httpx.AsyncClient, person: Person) -> dict[str, Any]:
    """The person as the sandbox knows them: phone and BSUID among other things."""
    found: dict[str, Any] = (await http.get(f"{person.at.sandbox}/sandbox/users/{person.id}")).json()
    return found


async def messages_of(http: httpx.AsyncClient, person: Person) -> list[dict[str, Any]]:
    """Their whole chat as the sandbox keeps it, both ways, with the status of each message."""
    found: list[dict[str, Any]] = (await http.get(f"{person.at.sandbox}/sandbox/users/{person.id}/messages")).json()
    return found


async def looks_at_the_chat(http: httpx.AsyncClient, person: Person) -> None:
    """The person opens the chat: everything is read, and its statuses say so."""
    (await http.post(f"{person.at.sandbox}/sandbox/users/{person.id}/read")).raise_for_status()
