"""`sutradhar doctor`: everything that a working product needs, looked at one by one, each with what to do about it."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import UUID

import httpx
import psycopg
import typer
from psycopg_pool import AsyncConnectionPool
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest

from cli.errors import CannotBeDone
from cli.health import api_url, ask_health
from cli.here import PATIENCE, answering, opened, settings_here, temporal
from cli.showing import AsJson, show, table
from settings import Settings, WrongSetting
from store.backlog import Backlogs
from store.blobs import BlobsMisconfigured, BlobsUnavailable, open_blobs
from store.database import MigrationChanged, pending
from store.heartbeats import DEAD_AFTER, Heartbeats
from store.sealing import KeyMissing, KeyRing
from workflows.temporal import ATTRIBUTES, AWAY

T = TypeVar("T")
State = Literal["ok", "warn", "fail", "off"]
SKEWED, FAR_OFF = 2.0, 30.0
"""seconds between two clocks: the window of 24 hours and every deadline are told by them"""
LITTLE_ROOM, NO_ROOM = 2 * 1024**3, 200 * 1024**2
"""bytes left for files: a document of WhatsApp's may have 100 MB"""
WAITS = 60.0
"""seconds that a message may lie before somebody should look"""
KEY_NAMES = """
select distinct on (split_part(encode(wrapped, 'escape'), ':', 1)) conversation, wrapped from keys
"""


@dataclass(frozen=True)
class Finding:
    """How one thing is: `todo` is what to do about it, nothing where it is well."""

    name: str
    state: State
    what: str
    todo: str = ""


def doctor(as_json: AsJson = False) -> None:
    """Look at everything that is needed, each line with what to do about it. 0 when nothing fails, else 1."""
    findings = asyncio.run(_all())
    rows = [(one.state, one.name, one.what, one.todo or None) for one in findings]
    healthy = all(one.state != "fail" for one in findings)
    show(
        {"healthy": healthy, "findings": findings},
        as_json,
        lambda: [table(("", "what", "how it is", "what to do"), rows)],
    )
    raise typer.Exit(0 if healthy else 1)


async def _all() -> list[Finding]:
    try:
        settings = settings_here()
    except WrongSetting as wrong:
        return [Finding("settings", "fail", str(wrong), "set it right in the environment or in .env: see .env.example")]
    except CannotBeDone as nothing:
        return [Finding("settings", "fail", "no database is named, and nothing runs here", str(nothing))]
    found = [Finding("settings", "ok", f"MODE={settings.mode}, {len(settings.numbers)} numbers"), *_settings(settings)]
    for look in (_database, _clock_and_keys, _temporal, _worker, _api, _meta, _decision, _mail, _blobs, _backlog):
        found += [one async for one in look(settings)]
    return found


def _settings(settings: Settings) -> list[Finding]:
    found = []
    if settings.stand_ins:
        who = ", ".join(settings.stand_ins)
        found.append(
            Finding("stand-ins", "warn" if settings.mode == "production" else "ok", f"the sandbox plays {who}")
        )
    if settings.mode == "production" and not settings.public_url.startswith("https://"):
        todo = "set PUBLIC_URL to the https address under which the world reaches the API"
        found.append(Finding("public address", "fail", "Meta calls https addresses only", todo))
    if settings.meta_verify_token is None:
        todo = "set META_VERIFY_TOKEN to a word of yours, and enter it at Meta beside the webhook's address"
        found.append(Finding("webhook", "warn", "META_VERIFY_TOKEN is not set: Meta cannot register the webhook", todo))
    return found


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.database_url.get_secret_value()
    begun = time.perf_counter()
    try:
        async with answering(settings), await psycopg.AsyncConnection.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
        yield Finding("database", "ok", f"PostgreSQL {version}, {1000 * (time.perf_counter() - begun):.0f} ms")
        waiting = await pending(url)
    except CannotBeDone as problem:
        yield Finding("database", "fail", "it cannot be used", str(problem))
        return
    except MigrationChanged as changed:
        yield Finding("migrations", "fail", str(changed), "deploy the release that ran it, or undo the edit")
        return
    if waiting:
        yield Finding("migrations", "fail", f"{len(waiting)} have not run: {', '.join(waiting)}", "`sutradhar migrate`")
    else:
        yield Finding("migrations", "ok", "the database is up to date")


async def _clock_and_keys(settings: Settings) -> AsyncIterator[Finding]:
    async def look(pool: AsyncConnectionPool) -> tuple[float, list[tuple[UUID, bytes]]]:
        async with pool.connection() as connection:
            before = time.time()
            row = await (await connection.execute("select extract(epoch from clock_timestamp())::float8")).fetchone()
            skew = (row[0] if row else before) - (before + time.time()) / 2
            return skew, await (await connection.execute(KEY_NAMES)).fetchall()

    seen = await _of_database(look)
    if seen is None:
        return
    skew, wrapped = seen
    what, todo = f"{abs(skew):.1f} s apart from the database's", "have both set by NTP"
    state: State = "ok" if abs(skew) < SKEWED else "warn" if abs(skew) < FAR_OFF else "fail"
    yield Finding("clock", state, what, "" if state == "ok" else todo)
    keys = KeyRing(settings.encryption_keys.get_secret_value(), settings.lookup_key.get_secret_value())
    try:
        for conversation, key in wrapped:
            keys.seal(conversation, key)
        yield Finding("encryption keys", "ok", "all that is kept can be read")
    except KeyMissing as missing:
        yield Finding("encryption keys", "fail", str(missing), "put it back into ENCRYPTION_KEYS, behind the newest")


async def _temporal(settings: Settings) -> AsyncIterator[Finding]:
    try:
        client = await temporal(settings)
        known = await client.operator_service.list_search_attributes(
            ListSearchAttributesRequest(namespace=client.namespace)
        )
    except CannotBeDone as problem:
        yield Finding("Temporal", "fail", "it does not answer", str(problem))
        return
    except AWAY:
        what = f"the namespace {settings.temporal_namespace} cannot be looked at"
        yield Finding("Temporal", "warn", what, "check TEMPORAL_NAMESPACE, and that it exists there")
        return
    missing = [name for name in ATTRIBUTES if name not in known.custom_attributes]
    if missing:
        todo = "start a worker, which registers them, or have somebody register them as keywords"
        yield Finding("Temporal", "warn", f"search attributes are missing: {', '.join(missing)}", todo)
    else:
        yield Finding("Temporal", "ok", f"{settings.temporal_address}, namespace {settings.temporal_namespace}")


async def _worker(settings: Settings) -> AsyncIterator[Finding]:
    async def look(pool: AsyncConnectionPool) -> tuple[float | None]:
        return (await Heartbeats(pool).age("worker"),)

    seen = await _of_database(look)
    if seen is None:
        return
    [age] = seen
    if age is not None and age < DEAD_AFTER:
        yield Finding("worker", "ok", f"a sign of life {age:.0f} s ago")
    else:
        what = "there was never one" if age is None else f"no sign of life for {age:.0f} s"
        yield Finding("worker", "fail", what, "start one: `make run`, or `python -m worker`")


async def _api(settings: Settings) -> AsyncIterator[Finding]:
    url = api_url(settings)
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as http:
        code, health = await ask_health(http, url)
    if code == 0:
        yield Finding("API", "fail", f"nobody answers at {url}", "start it: `make run`, or `python -m api`")
    else:
        state: State = "ok" if health["status"] == "ok" else "warn" if code == 200 else "fail"
        yield Finding("API", state, f"{url} says {health['status']}", "" if state == "ok" else "`sutradhar status`")


async def _meta(settings: Settings) -> AsyncIterator[Finding]:
    shared = settings.meta_access_token.get_secret_value() if settings.meta_access_token else ""
    try:
        tokens = settings.tokens
    except WrongSetting as wrong:
        yield Finding("Meta", "fail", str(wrong), "set the variable that NUMBERS_FILE names")
        return
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        for number in settings.numbers:
            if number.provider != "meta":
                continue
            name, token = f"Meta, {number.id} ({number.bot})", tokens.get(number.id, shared)
            if not token:
                yield Finding(name, "off", "META_ACCESS_TOKEN is not set", "set it to the token of a system user")
                continue
            url = f"{settings.graph_api_url}/{settings.graph_api_version}/{number.id}"
            yield await _asked(
                name,
                http.get(url, headers={"Authorization": f"Bearer {token}"}),
                "META_ACCESS_TOKEN",
                "the number's id",
            )


async def _decision(settings: Settings) -> AsyncIterator[Finding]:
    if settings.backend_decision_url is None:
        todo = "set BACKEND_DECISION_URL, if the loan bot is to ask for offers"
        yield Finding("decision backend", "off", "it is not set", todo)
        return
    key = settings.backend_decision_api_key.get_secret_value() if settings.backend_decision_api_key else ""
    url = f"{settings.backend_decision_url}/offers/{UUID(int=0)}"
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        asked = http.get(url, headers={"Authorization": f"Bearer {key}"})
        # That it knows no such application is the right answer.
        yield await _asked("decision backend", asked, "BACKEND_DECISION_API_KEY", "", fine=(200, 404))


async def _mail(settings: Settings) -> AsyncIterator[Finding]:
    if settings.smtp_url is None:
        yield Finding("mail", "off", "SMTP_URL is not set: leads are kept, and nobody is told", "set SMTP_URL")
        return
    from activities.mail import MailServer  # what sends: no other command shall wait for it

    server = MailServer.at(settings.smtp_url.get_secret_value())
    host, port = server.host, server.port
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
        yield Finding("mail", "ok", f"{host}:{port} is there")
    except (OSError, TimeoutError):
        yield Finding(
            "mail", "fail", f"nobody answers at {host}:{port}", "check SMTP_URL, and that mail may leave here"
        )


async def _blobs(settings: Settings) -> AsyncIterator[Finding]:
    try:
        await open_blobs(settings.blob_store, settings.aws).clear("doctor")
    except (BlobsMisconfigured, BlobsUnavailable) as problem:
        yield Finding("files", "fail", str(problem), "check BLOB_STORE, and AWS_* where it is a bucket")
        return
    parts = urlsplit(settings.blob_store)
    if parts.scheme == "s3":
        yield Finding("files", "ok", f"the bucket {parts.netloc} can be used")
        return
    free = _room(unquote(parts.path) if parts.scheme else settings.blob_store)
    state: State = "ok" if free > LITTLE_ROOM else "warn" if free > NO_ROOM else "fail"
    todo = "" if state == "ok" else "make room, or point BLOB_STORE at a bucket"
    yield Finding("files", state, f"{free / 1024**3:.1f} GiB free", todo)


def _room(folder: str) -> int:
    return shutil.disk_usage(Path(folder).expanduser()).free


async def _backlog(settings: Settings) -> AsyncIterator[Finding]:
    numbers = [number.id for number in settings.numbers]
    seen = await _of_database(lambda pool: Backlogs(pool, numbers).read())
    if seen is None:
        return
    if seen.inbox and seen.inbox_age > WAITS:
        what = f"{seen.inbox} messages wait, the oldest for {seen.inbox_age:.0f} s"
        yield Finding("messages", "fail", what, "see worker and Temporal above, then the worker's log")
    else:
        yield Finding("messages", "ok", "nobody waits for a turn")
    if seen.trouble:
        todo = "see the worker's log; after the fix `sutradhar retry all`"
        yield Finding("conversations", "warn", f"{seen.trouble} are in trouble", todo)
    if seen.letters:
        what = ", ".join(f"{number} {reason}" for reason, number in seen.letters.items())
        yield Finding("dead letters", "warn", what, "`sutradhar dead-letters`; after the fix `… replay all`")
    if seen.stopped:
        what = f"the provider accepts nothing from {seen.stopped} of our numbers"
        yield Finding("numbers", "fail", what, "`sutradhar status` has its code; mended, `sutradhar resume NUMBER`")


async def _of_database(look: Callable[[AsyncConnectionPool], Awaitable[T]]) -> T | None:
    """What a look into the database finds; None where it cannot be used, which its own line says."""
    try:
        async with opened() as here:
            return await look(here.pool)
    except (CannotBeDone, TimeoutError):
        return None


async def _asked(
    name: str, asked: Awaitable[httpx.Response], token: str, what: str, fine: tuple[int, ...] = (200,)
) -> Finding:
    """How somebody outside answers: a token that is refused is another matter than one who is away."""
    begun = time.perf_counter()
    try:
        answer = await asked
    except httpx.HTTPError as error:
        return Finding(name, "fail", f"nobody answers ({type(error).__name__})", "check the address, and the network")
    if answer.status_code in fine:
        return Finding(name, "ok", f"{1000 * (time.perf_counter() - begun):.0f} ms")
    if answer.status_code in (401, 403) or (answer.status_code == 400 and what):
        todo = f"check {token}" + (f" and {what}" if what else "")
        return Finding(name, "fail", f"it refuses us ({answer.status_code})", todo)
    state: State = "warn" if answer.status_code >= 500 or answer.status_code == 429 else "fail"
    return Finding(name, state, f"it answers {answer.status_code}", "try again; then ask those who run it")
