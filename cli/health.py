"""Whether all is well: what the API says of itself."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Annotated, Any

import httpx
import typer
from rich.console import RenderableType

from cli.errors import CannotBeDone
from cli.here import PATIENCE, settings_here
from cli.showing import AsJson, console, show, table
from settings import Settings

LOOKS_EVERY = 0.25

Wait = Annotated[
    float, typer.Option("--wait", metavar="SECONDS", min=0, help="Wait so long at most until it is healthy.")
]
Url = Annotated[str, typer.Option("--url", help="Of the API, where it is not the one the settings lead to.")]


def status(wait: Wait = 0.0, url: Url = "", as_json: AsJson = False) -> None:
    """What is up, down or a stand-in, as the API says it. 0 when people are answered, else 1."""
    until = time.monotonic() + wait
    at = (url or api_url(_settings(until))).rstrip("/")
    code, health = asyncio.run(_health(at, until))
    show({"url": at, **health}, as_json, lambda: _shown(at, health))
    raise typer.Exit(0 if code == 200 else 1)


def api_url(settings: Settings) -> str:
    """Where the API is: on this machine in dev, else where the world reaches it."""
    return f"http://127.0.0.1:{settings.port}" if settings.mode == "dev" else settings.public_url


async def ask_health(http: httpx.AsyncClient, url: str) -> tuple[int, dict[str, Any]]:
    """The status code and the answer of `/healthz`; 0 and `down` where nobody answers as the API does."""
    with contextlib.suppress(httpx.HTTPError, ValueError):
        answer = await http.get(f"{url}/healthz")
        health = answer.json()
        if isinstance(health, dict) and "components" in health:
            return answer.status_code, health
    return 0, {"status": "down", "components": {"api": {"state": "down"}}}


def _settings(until: float) -> Settings:
    """The settings; a machine that is just being started is waited for. Raises CannotBeDone, WrongSetting."""
    while True:
        try:
            return settings_here()
        except CannotBeDone:
            if time.monotonic() >= until:
                raise
            time.sleep(LOOKS_EVERY)


async def _health(url: str, until: float) -> tuple[int, dict[str, Any]]:
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as http:
        with console(to_stderr=True).status("Waiting until it is healthy …"):
            while True:
                code, health = await ask_health(http, url)
                if code == 200 or time.monotonic() >= until:
                    return code, health
                await asyncio.sleep(LOOKS_EVERY)


def _shown(url: str, health: dict[str, Any]) -> list[RenderableType]:
    rows = [(name, one["state"], one.get("latency_ms"), one.get("code")) for name, one in health["components"].items()]
    uptime = f", up for {health['uptime_s']} s, {health['mode']}" if "uptime_s" in health else ""
    return [f"{url}: {health['status']}{uptime}", table(("component", "state", "ms", "code"), rows)]
