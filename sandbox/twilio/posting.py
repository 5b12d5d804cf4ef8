"""What Twilio posts to the product: once. One that is not taken is not sent again; it stays in the list of messages.

Those of one lane (one person's messages) go one after another; Twilio itself promises no order.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import NAMESPACE_URL, uuid5

import httpx

from sandbox.clock import Clock
from sandbox.faults.modes import Mode, Strike
from sandbox.later import Later
from sandbox.storage import Storage
from sandbox.twilio.signing import signature, without_fragment

log = logging.getLogger(__name__)

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
"""Seconds (Twilio, "Connection overrides": connect and total timeout)."""

WRONG_TOKEN = "not the auth token"


@dataclass(slots=True, eq=False)
class Post:
    """A form to post; `first` tells how it went: an HTTP status, or None where nobody answered or it goes later."""

    id: int
    number: str
    url: str
    form: dict[str, str]
    lane: str
    first: asyncio.Future[int | None]
    settled: Callable[[bool], None]
    faults: tuple[Strike, ...] = ()

    def fault(self, mode: Mode) -> Strike | None:
        """The fault of this mode, if it strikes this post."""
        return next((strike for strike in self.faults if strike.mode is mode), None)


class Posts:
    """Posts forms, signed with the account's token."""

    def __init__(self, token: str, clock: Clock, storage: Storage, http: httpx.AsyncClient, later: Later) -> None:
        self._token = token
        self._clock = clock
        self._storage = storage
        self._http = http
        self._later = later
        self._last: dict[str, asyncio.Task[None]] = {}
        self._aside: dict[str, Post] = {}
        self._runs: set[asyncio.Task[None]] = set()

    def post(
        self,
        number: str,
        user: str,
        kind: str,
        url: str,
        form: dict[str, str],
        *,
        lane: str,
        settled: Callable[[bool], None] = lambda _: None,
        faults: tuple[Strike, ...] = (),
    ) -> asyncio.Future[int | None]:
        """Post this form when its turn in the lane comes; `settled` is told whether the product took it."""
        post_id = self._storage.write(
            "INSERT INTO webhooks (number, lane, kind, body, created, state) VALUES (?, ?, ?, ?, ?, 'posting')",
            (number, lane, kind, urlencode(form).encode(), self._clock.now()),
        )
        self._storage.write("INSERT OR IGNORE INTO webhook_users VALUES (?, ?)", (user, post_id))
        first: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        post = Post(post_id, number, without_fragment(url), form, lane, first, settled, faults)
        overtaken = self._aside.pop(lane, None)
        if overtaken is None and (swap := post.fault(Mode.REORDER_WEBHOOKS)) is not None:
            self._put_aside(post, swap.seconds)
            return first
        self._line_up(post)
        if overtaken is not None:
            self._line_up(overtaken)
        return first

    async def post_once(self, url: str, body: bytes) -> int | None:
        """Post this form right now, out of turn; the HTTP status, or None if nobody answered."""
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        return await self._send(without_fragment(url), form, self._token)

    async def close(self) -> None:
        """Post nothing more."""
        for run in self._runs:
            run.cancel()
        await asyncio.gather(*self._runs, return_exceptions=True)

    def _put_aside(self, post: Post, seconds: float) -> None:
        """Let the next post of the lane go first, or this one alone where none comes in that time."""
        self._aside[post.lane] = post
        post.first.set_result(None)

        def bring_back() -> None:
            if self._aside.get(post.lane) is post:
                self._line_up(self._aside.pop(post.lane))

        self._later.after(seconds, bring_back)

    def _line_up(self, post: Post) -> None:
        run = asyncio.get_running_loop().create_task(self._run(post, self._last.get(post.lane)))
        self._last[post.lane] = run
        self._runs.add(run)
        run.add_done_callback(lambda ended: self._ended(post.lane, ended))

    async def _run(self, post: Post, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        if (held := post.fault(Mode.HOLD_WEBHOOK)) is not None:
            _tell(post, None)
            await self._clock.sleep(held.seconds)
        token = WRONG_TOKEN if post.fault(Mode.WRONG_SIGNATURE) else self._token
        sends = [self._send(post.url, post.form, token)]
        if post.fault(Mode.DUPLICATE_WEBHOOK_AT_ONCE):
            sends.append(self._send(post.url, post.form, token))
        status, *_ = await asyncio.gather(*sends)
        taken = status is not None and 200 <= status < 300
        if post.fault(Mode.DUPLICATE_WEBHOOK) and taken:
            await self._send(post.url, post.form, token)
        self._storage.write(
            "UPDATE webhooks SET attempts = 1, status = ?, state = ? WHERE id = ?",
            (status, "taken" if taken else "lost", post.id),
        )
        if not taken:
            log.warning("a webhook of number %s got %s, and is lost", post.number, status or "no answer")
        post.settled(taken)
        _tell(post, status)

    async def _send(self, url: str, form: dict[str, str], token: str) -> int | None:
        body = urlencode(form)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": signature(token, url, form),
            "I-Twilio-Idempotency-Token": str(uuid5(NAMESPACE_URL, body)),
        }
        try:
            async with asyncio.timeout(TIMEOUT.read):
                answer = await self._http.post(url, content=body.encode(), headers=headers, timeout=TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
            return None
        return answer.status_code

    def _ended(self, lane: str, run: asyncio.Task[None]) -> None:
        self._runs.discard(run)
        if self._last.get(lane) is run:
            del self._last[lane]
        if not run.cancelled() and (error := run.exception()) is not None:
            log.error("posting for Twilio failed", exc_info=error)


def _tell(post: Post, status: int | None) -> None:
    if not post.first.done():
        post.first.set_result(status)
