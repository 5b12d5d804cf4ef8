"""`/metrics`: what this process counts, and what waits in the database, for Prometheus. No personal data in it."""

from __future__ import annotations

import hmac
from typing import Annotated

import psycopg
import structlog
from fastapi import APIRouter, Header
from fastapi.responses import Response
from psycopg_pool import PoolTimeout
from pydantic import SecretStr

from api.errors import Problem
from store.backlog import Backlog, Backlogs
from store.service_levels import Levels, ServiceLevels
from telemetry import metrics
from telemetry.gauges import Values, gauges_page

log = structlog.get_logger()


def metrics_router(backlogs: Backlogs, levels: ServiceLevels, token: SecretStr | None) -> APIRouter:
    """The page, for whoever has the token where one is set."""
    router = APIRouter(tags=["health"])
    expected = f"Bearer {token.get_secret_value()}".encode() if token else None

    @router.get("/metrics", include_in_schema=False)
    async def page(authorization: Annotated[str, Header()] = "") -> Response:
        """All metrics of this process and of the database."""
        if expected is not None and not hmac.compare_digest(authorization.encode(), expected):
            raise Problem(401, "wrong_metrics_token", "Authorization is not `Bearer` and METRICS_TOKEN")
        return Response(metrics.page() + gauges_page(await _values(backlogs, levels)), media_type=metrics.CONTENT_TYPE)

    return router


async def _values(backlogs: Backlogs, levels: ServiceLevels) -> Values:
    try:
        now, level = await backlogs.read(), await levels.read()
    except (psycopg.Error, PoolTimeout, TimeoutError) as error:
        # What waits is not known then: to tell of nothing would be taken for nothing waiting.
        log.warning("the backlog could not be read", error=type(error).__name__)
        nobody = Levels(dict.fromkeys(levels.bots, False), {})
        return {"sutradhar_database_up": 0, "sutradhar_bot_unavailable": _unavailable(nobody)}
    return {"sutradhar_database_up": 1, **values_of(now), **values_of_levels(level)}


def values_of_levels(level: Levels) -> Values:
    """What service levels are reckoned from, by the names of its gauges."""
    return {
        "sutradhar_bot_unavailable": _unavailable(level),
        "sutradhar_sessions_begun": {bot: one.begun for bot, one in level.sessions.items()},
        "sutradhar_sessions_completed": {bot: one.completed for bot, one in level.sessions.items()},
    }


def _unavailable(level: Levels) -> dict[str, float]:
    return {bot: float(not answers) for bot, answers in level.answers.items()}


def values_of(now: Backlog) -> Values:
    """What waits, by the names of its gauges."""
    silent = {} if now.worker_silent is None else {"sutradhar_worker_silent_seconds": now.worker_silent}
    return {
        "sutradhar_inbox_waiting": now.inbox,
        "sutradhar_inbox_oldest_seconds": now.inbox_age,
        "sutradhar_outbox_unsent": now.outbox,
        "sutradhar_outbox_oldest_seconds": now.outbox_age,
        "sutradhar_dead_letters_open": now.letters,
        "sutradhar_conversations_in_trouble": now.trouble,
        "sutradhar_numbers_stopped": now.stopped,
        **silent,
    }
