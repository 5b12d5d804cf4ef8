"""`/healthz`: what is up, what is a stand-in, what is off. No key needed, no personal data in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Literal

import psycopg
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from pydantic import BaseModel, Field
from temporalio.client import Client

from settings import Settings
from store.backlog import Backlogs
from store.heartbeats import DEAD_AFTER, Heartbeats
from workflows.temporal import AWAY

VERSION = "0.1.0"
PATIENCE = 2.0
"""seconds for one component to answer"""
NEEDED = ("postgres", "temporal", "worker")
"""without these nobody is answered"""


class Component(BaseModel):
    """One part of the whole."""

    state: Literal["live", "sandbox", "off", "down"]
    latency_ms: float | None = None
    code: int | None = None
    """the provider's, for why it accepts nothing"""


class Health(BaseModel):
    """The answer of `/healthz`."""

    status: Literal["ok", "degraded", "down"]
    uptime_s: int
    mode: str
    components: dict[str, Component]


class Readiness(BaseModel):
    """The answer of `/readyz`."""

    ready: bool


class Here(BaseModel):
    """The answer of the shorter health routes: this process is there, whatever else is not."""

    status: Literal["ok"] = Field("ok", examples=["ok"])
    service: Literal["whatsapp"] = Field("whatsapp", examples=["whatsapp"])


@dataclass
class Watch:
    """Looks at every component."""

    settings: Settings
    pool: AsyncConnectionPool
    client: Client
    backlogs: Backlogs
    begun: float

    @property
    def _providers(self) -> dict[str, str]:
        return {number.id: number.provider for number in self.settings.numbers}

    async def health(self) -> Health:
        """How everything is now."""
        postgres, temporal, worker, stopped = await asyncio.gather(
            self.timed(self.postgres()), self.timed(self._temporal()), self._worker(), self._stopped()
        )
        components = {"postgres": postgres, "temporal": temporal, "worker": worker, **self._outside()}
        for number, code in stopped.items():
            provider = self._providers.get(number, "meta")
            if components[provider].state != "off":
                components[provider] = Component(state="down", code=code)
        down = any(components[name].state == "down" for name in NEEDED)
        # People on other numbers are answered: a balancer must not take us away for one that is stopped.
        degraded = any(component.state == "down" for component in components.values())
        return Health(
            status="down" if down else "degraded" if degraded else "ok",
            uptime_s=int(time.monotonic() - self.begun),
            mode=self.settings.mode,
            components=components,
        )

    async def postgres(self) -> None:
        """Raises when the database does not answer."""
        async with self.pool.connection(timeout=PATIENCE) as connection:
            await connection.execute("select 1")

    async def _temporal(self) -> None:
        await self.client.service_client.check_health()

    async def _worker(self) -> Component:
        try:
            async with asyncio.timeout(PATIENCE):
                age = await Heartbeats(self.pool).age("worker")
        except (psycopg.Error, PoolTimeout, TimeoutError):
            return Component(state="down")
        return Component(state="live" if age is not None and age < DEAD_AFTER else "down")

    async def _stopped(self) -> dict[str, int]:
        try:
            return await self.backlogs.stopped()
        except (psycopg.Error, PoolTimeout, TimeoutError):
            # The database's own component says so.
            return {}

    def _outside(self) -> dict[str, Component]:
        settings = self.settings

        def of(name: str, configured: bool) -> Component:
            if not configured:
                return Component(state="off")
            return Component(state="sandbox" if name in settings.stand_ins else "live")

        return {
            "meta": of("meta", settings.meta_access_token is not None),
            "twilio": of("twilio", "twilio" in self._providers.values()),
            "decision": of("decision", settings.backend_decision_url is not None),
            "jobs": of("jobs", settings.careerjet_affiliate_id is not None and settings.careerjet_api_url is not None),
            "mail": of("mail", settings.smtp_url is not None and bool(settings.admin_email)),
            "orders": of("orders", settings.orders_api_url is not None),
            "speech": of("speech", settings.speech_api_url is not None),
            "llm": Component(state="off"),
        }

    async def timed(self, asked: Awaitable[Any]) -> Component:
        """Whether it answers, and how fast."""
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await asked
        except (psycopg.Error, PoolTimeout, *AWAY):
            return Component(state="down")
        return Component(state="live", latency_ms=round((time.perf_counter() - begun) * 1000, 1))


def health_router(watch: Watch) -> APIRouter:
    """The routes that balancers and people look at."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", response_model=Health, responses={503: {"model": Health}})
    async def healthz() -> JSONResponse:
        """200 while people are answered, else 503."""
        health = await watch.health()
        return JSONResponse(health.model_dump(exclude_none=True), 503 if health.status == "down" else 200)

    @router.get("/readyz", response_model=Readiness, responses={503: {"model": Readiness}})
    async def readyz() -> JSONResponse:
        """200 while this process can take a webhook: it needs the database, and nothing else."""
        ready = (await watch.timed(watch.postgres())).state == "live"
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    @router.get("/health")
    @router.get("/webhook/health")
    @router.get("/api/whatsapp/health")
    async def here() -> Here:
        """That this process is there: /healthz tells how everything is."""
        return Here()

    return router
