"""The providers' webhook: verified, stored, acknowledged; then handed over in the same request.

Meta and Twilio have one address here. Twilio is told by its signature's header, or by a form for a body.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from typing import Annotated

import psycopg
import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from psycopg_pool import PoolTimeout

from api import documented
from api.errors import Problem
from api.intake import Intake
from channels import meta, twilio
from channels.twilio.form import is_form
from domain.inbound import Item
from handing.conversations import HandOver
from settings import Settings
from store.sealing import KeyMissing
from store.webhooks import WebhookCounts
from telemetry import metrics, traces

log = structlog.get_logger()

META_SIGNATURE = "X-Hub-Signature-256"
LARGEST = 3 * 1024 * 1024
"""bytes of a webhook (Meta, webhooks overview)"""
TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""the answer that says nothing to the person (Twilio, TwiML for messages)"""


def webhook_router(settings: Settings, intake: Intake, handing: HandOver, counts: WebhookCounts) -> APIRouter:
    """The webhook's routes, under both its names."""
    router = APIRouter(tags=["webhook"])
    secret = settings.meta_app_secret.get_secret_value() if settings.meta_app_secret else None
    expected = settings.meta_verify_token.get_secret_value() if settings.meta_verify_token else None
    token = settings.twilio_auth_token.get_secret_value() if settings.twilio_auth_token else None

    @router.get("/webhook", response_class=PlainTextResponse, **documented.VERIFICATION)
    @router.get("/api/whatsapp/webhook", response_class=PlainTextResponse, include_in_schema=False)
    async def subscribe(
        mode: Annotated[str, Query(alias="hub.mode")] = "",
        challenge: Annotated[str, Query(alias="hub.challenge", max_length=200)] = "",
        token: Annotated[str, Query(alias="hub.verify_token")] = "",
    ) -> str:
        """Meta's verification: the challenge back, when the token is ours."""
        if mode != "subscribe" or expected is None or not hmac.compare_digest(token.encode(), expected.encode()):
            raise Problem(403, "wrong_verify_token", "the verify token is not META_VERIFY_TOKEN")
        return challenge

    @router.post("/webhook", **documented.WEBHOOK)
    @router.post("/api/whatsapp/webhook", include_in_schema=False)
    async def receive(request: Request) -> Response:
        """What Meta or Twilio has to tell: messages and statuses; Meta's in batches."""
        begun = time.perf_counter()
        try:
            await take(request)
        except Problem as problem:
            metrics.acknowledged(problem.code, time.perf_counter() - begun)
            raise
        metrics.acknowledged("taken", time.perf_counter() - begun)
        if _is_twilios(request):
            return Response(TWIML, media_type="text/xml")
        return JSONResponse({"success": True, "message": "taken"})

    async def take(request: Request) -> None:
        body = await read_body(request, LARGEST)
        read = of_twilio if _is_twilios(request) else of_meta
        try:
            items = read(request, body)
        except (meta.SignatureRejected, twilio.SignatureRejected):
            await _count(counts, "bad_signature")
            header = twilio.HEADER if _is_twilios(request) else META_SIGNATURE
            raise Problem(401, "bad_signature", f"{header} is not of this request") from None
        except (meta.NotAWebhook, twilio.NotAWebhook) as error:
            await _count(counts, "not_a_webhook")
            raise Problem(400, "not_a_webhook", str(error)) from None
        try:
            taken = await intake.take(items, traces.current())
        except (psycopg.Error, PoolTimeout, KeyMissing) as error:
            reason = str(error) if isinstance(error, KeyMissing) else ""
            log.error("a webhook could not be stored", error=type(error).__name__, reason=reason)
            raise Problem(503, "not_stored", "nothing was stored: send it again") from None
        await asyncio.gather(*(handing.hand_over(conversation) for conversation in taken.conversations))

    def of_meta(request: Request, body: bytes) -> list[Item]:
        if secret is not None:
            meta.verify(body, request.headers.get(META_SIGNATURE, ""), secret)
        return meta.read(body)

    def of_twilio(request: Request, body: bytes) -> list[Item]:
        content_type = request.headers.get("content-type", "")
        query = request.scope["query_string"].decode("latin-1")
        if token is not None:
            # The address that Twilio was told, not the one that a proxy makes of it.
            address = f"{settings.public_url}{request.url.path}{f'?{query}' if query else ''}"
            twilio.verify(address, body, content_type, request.headers.get(twilio.HEADER, ""), token)
        return twilio.read(body, content_type, query, time.time())

    return router


def _is_twilios(request: Request) -> bool:
    """Whose it is says the signature; without any, the form of it."""
    if META_SIGNATURE in request.headers:
        return False
    return twilio.HEADER in request.headers or is_form(request.headers.get("content-type", ""))


async def read_body(request: Request, most: int) -> bytes:
    """The raw body. Raises Problem 413 before more than `most` bytes are read."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise Problem(413, "too_large", f"a webhook has at most {most} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Problem(413, "too_large", f"a webhook has at most {most} bytes")
    return bytes(body)


async def _count(counts: WebhookCounts, what: str) -> None:
    try:
        await counts.add({what: 1})
    except (psycopg.OperationalError, PoolTimeout):
        log.warning("not counted", what=what)
