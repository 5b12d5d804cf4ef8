"""The API put together: its routes, its clients, its sweeper."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import psycopg
import structlog
from fastapi import FastAPI
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from temporalio.client import Client

from api import documented, errors
from api.access import Door
from api.broadcasting import BroadcastDesk
from api.broadcasts import broadcasts_router
from api.catching_up import CatchUp
from api.dev import dev_router
from api.files import files_router
from api.health import VERSION, Watch, health_router
from api.intake import Intake
from api.metrics import metrics_router
from api.onboarding import onboarding_router
from api.reading import reading_router
from api.sending import Desk, sending_router
from api.sessions import sessions_router
from api.stats import stats_router
from api.twilio import twilio_router
from api.webhook import webhook_router
from channels import twilio
from handing.broadcasts import BroadcastHandOver
from handing.conversations import HandOver
from settings import Settings
from store.amendments import Amendments
from store.api_keys import ApiKeys
from store.arrivals import Arrivals
from store.backlog import Backlogs
from store.blobs import open_blobs
from store.broadcasts import Broadcasts
from store.catching_up import CatchingUp
from store.contacts import Contacts
from store.database import migrate, open_pool
from store.directory import Directory
from store.inspection import Inspection
from store.letters import DeadLetters
from store.links import Links
from store.messages import Messages
from store.numbers import Templates
from store.onboardings import Onboardings
from store.pace import NumberPace
from store.places import Places
from store.sealing import KeyRing
from store.sends import Sends
from store.service_levels import ServiceLevels
from store.sessions import Sessions
from store.statuses import Statuses
from store.traffic import Traffics
from store.vault import Vault
from store.webhooks import WebhookCounts
from telemetry import metrics
from workflows.temporal import connect

log = structlog.get_logger()

SWEEP_EVERY = 2.0
"""seconds between two looks for what was left lying"""
WAKE_EVERY = 30
"""looks between two for deadlines slept through, and for what is old enough to be forgotten"""


@dataclass(frozen=True)
class Parts:
    """What the routes stand on."""

    pool: AsyncConnectionPool
    keys: KeyRing
    client: Client
    handing: HandOver
    intake: Intake
    letters: DeadLetters


@contextlib.asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """The database brought up to date, and the clients; closed at the end."""
    url = settings.database_url.get_secret_value()
    await migrate(url)
    pool = await open_pool(url, settings.database_connections)
    # Lazy: with Temporal away webhooks are still stored and acknowledged.
    client = await connect(settings.temporal_address, settings.temporal_namespace, lazy=True)
    keys = KeyRing(settings.encryption_keys.get_secret_value(), settings.lookup_key.get_secret_value())
    letters = DeadLetters(pool, keys)
    intake = Intake(
        Arrivals(pool, keys),
        Statuses(pool),
        letters,
        Templates(pool),
        NumberPace(pool),
        WebhookCounts(pool),
        settings.numbers,
        keep_raw=settings.mode == "dev",
    )
    parts = Parts(pool, keys, client, HandOver(pool, client, settings.fold_seconds), intake, letters)
    broadcasts = BroadcastHandOver(Broadcasts(pool, keys), client)
    sweeper = asyncio.create_task(
        sweep(parts.handing, broadcasts, Amendments(pool, keys), Sends(pool, keys), Vault(pool, keys))
    )
    try:
        yield parts
    finally:
        sweeper.cancel()
        await pool.close()


@contextlib.asynccontextmanager
async def catching_up(settings: Settings, parts: Parts) -> AsyncIterator[None]:
    """Meanwhile what a provider told while nobody listened is read from it, where it does not tell again."""
    async with httpx.AsyncClient(timeout=10) as http:
        client = twilio.open_client(http, settings.twilio)
        if client is None:
            yield
            return
        missed = CatchUp(client, CatchingUp(parts.pool), parts.intake, parts.handing, settings.senders_at_twilio)
        reading = asyncio.create_task(missed.run())
        try:
            yield
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def sweep(
    handing: HandOver, broadcasts: BroadcastHandOver, amendments: Amendments, sends: Sends, vault: Vault
) -> None:
    """Look for what was left lying or slept through, until cancelled."""
    for round_ in itertools.count():
        await asyncio.sleep(SWEEP_EVERY)
        try:
            left = await handing.sweep()
            if round_ % WAKE_EVERY == 0:
                left += await handing.wake()
                await sends.forget()
                await vault.clear()
            await broadcasts.sweep()
            await amendments.left_over()
        except (psycopg.OperationalError, PoolTimeout) as error:
            log.warning("the database is away", error=type(error).__name__)
            metrics.swept("away")
        else:
            metrics.swept("left" if left else "nothing")
            if left:
                log.info("handed over what was left lying", conversations=left)


def build(settings: Settings, parts: Parts) -> FastAPI:
    """The application over its parts."""
    app = FastAPI(
        title="Sutradhar",
        version=VERSION,
        summary="Conversations that cannot get lost",
        responses=documented.REFUSALS,
        openapi_tags=documented.TAGS,
    )
    errors.install(app)
    counts = WebhookCounts(parts.pool)
    app.include_router(webhook_router(settings, parts.intake, parts.handing, counts))
    backlogs = Backlogs(parts.pool, [number.id for number in settings.numbers])
    app.include_router(health_router(Watch(settings, parts.pool, parts.client, backlogs, time.monotonic())))
    levels = ServiceLevels(parts.pool, settings.numbers)
    app.include_router(metrics_router(backlogs, levels, settings.metrics_token))
    door = Door(ApiKeys(parts.pool, parts.keys), settings.admin_api_key)
    directory = Directory(parts.pool, parts.keys)
    sends = Sends(parts.pool, parts.keys)
    app.include_router(sending_router(Desk(directory, sends, parts.handing, settings.numbers), door))
    broadcasts = Broadcasts(parts.pool, parts.keys)
    announcing = BroadcastDesk(broadcasts, sends, BroadcastHandOver(broadcasts, parts.client), settings.numbers)
    app.include_router(broadcasts_router(announcing, broadcasts, door))
    app.include_router(reading_router(directory, Messages(parts.pool), Contacts(parts.pool, parts.keys), door))
    app.include_router(stats_router(directory, Traffics(parts.pool), door))
    app.include_router(twilio_router(settings, CatchingUp(parts.pool), door))
    if settings.senders_at_twilio:
        links, blobs = Links(parts.keys, settings.public_url), open_blobs(settings.blob_store, settings.aws)
        app.include_router(files_router(links, Places(parts.pool, parts.keys), blobs))
    app.include_router(sessions_router(Sessions(parts.pool), door))
    app.include_router(onboarding_router(Onboardings(parts.pool, parts.keys)))
    if settings.mode == "dev":
        app.include_router(
            dev_router(settings, Arrivals(parts.pool, parts.keys), Inspection(parts.pool, parts.keys), parts.client)
        )

    @app.get("/", tags=["health"])
    async def root() -> documented.Service:
        """Who answers here."""
        bots = sorted({number.bot for number in settings.numbers})
        return documented.Service(service="sutradhar", version=VERSION, bots=bots)

    return app
