"""The queue of webhooks: posted in order, kept until the product takes them.

Webhooks of one lane (one person's messages) go one after another; lanes do not wait for each other. A webhook that is
not answered with 200 is tried again after a growing delay, for up to seven days (Meta, "Webhooks": retries). Faults
strike its first attempt alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from sandbox.clock import Clock
from sandbox.config import Settings
from sandbox.faults.modes import Mode, Strike
from sandbox.later import Later
from sandbox.storage import Storage
from sandbox.webhooks.envelopes import signature

log = logging.getLogger(__name__)

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
GIVE_UP_AFTER = 7 * 24 * 3600.0
TIMEOUT = httpx.Timeout(10.0, connect=2.0)
WRONG_SECRET = b"not the app secret"
HEADERS = {"User-Agent": "facebookexternalua", "Content-Type": "application/json"}


@dataclass(slots=True, eq=False)
class Webhook:
    """One body to post; `first` tells how the first attempt went.

    `message` is the wamid of the message that it delivers, or several with spaces between; their lane is their
    sender's id. `faults` strike at its first attempt.
    """

    id: int
    number: str
    lane: str
    body: bytes
    created: float
    message: str | None
    attempts: int
    first: asyncio.Future[int | None]
    faults: tuple[Strike, ...] = ()

    def fault(self, mode: Mode) -> Strike | None:
        """The fault of this mode, if it strikes this webhook."""
        return next((strike for strike in self.faults if strike.mode is mode), None)


@dataclass(slots=True, eq=False)
class Lane:
    """Webhooks that must stay in order; `wake` cuts the delay before the next attempt short."""

    waiting: deque[Webhook] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    blocked: bool = False


class Deliveries:
    """Posts webhooks. `settled(webhook, taken)` is called once each: taken by the product, or given up."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        storage: Storage,
        http: httpx.AsyncClient,
        later: Later,
        settled: Callable[[Webhook, bool], None],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._storage = storage
        self._settled = settled
        self._secret = settings.meta_app_secret.get_secret_value().encode()
        self._http = http
        self._later = later
        self._aside: dict[str, Webhook] = {}
        self._lanes: dict[str, Lane] = {}
        self._runs: set[asyncio.Task[None]] = set()
        self._unreachable: set[str] = set()

    def resume(self) -> None:
        """Take up what an earlier process could not deliver."""
        rows = self._storage.rows(
            "SELECT id, number, lane, body, created, message, attempts FROM webhooks"
            " WHERE state = 'waiting' ORDER BY id"
        )
        for webhook_id, number, lane, body, created, message, attempts in rows:
            name = lane or f"alone-{webhook_id}"
            self._line_up(Webhook(webhook_id, number, name, body, created, message, attempts, _future()))

    def post(
        self,
        number: str,
        lane: str,
        kind: str,
        body: bytes,
        users: Sequence[str],
        message: str | None = None,
        faults: tuple[Strike, ...] = (),
    ) -> Webhook:
        """Keep this webhook and post it when its turn in the lane comes; with an empty lane, at once.

        A lane belongs to one number. `users` are the ids of those whom it is about.
        """
        created = self._clock.now()
        webhook_id = self._storage.write(
            "INSERT INTO webhooks (number, lane, kind, body, created, message) VALUES (?, ?, ?, ?, ?, ?)",
            (number, lane, kind, body, created, message),
        )
        for user in users:
            self._storage.write("INSERT OR IGNORE INTO webhook_users VALUES (?, ?)", (user, webhook_id))
        name = lane or f"alone-{webhook_id}"
        webhook = Webhook(webhook_id, number, name, body, created, message, 0, _future(), faults)
        overtaken = self._aside.pop(name, None)
        if overtaken is None and (swap := webhook.fault(Mode.REORDER_WEBHOOKS)) is not None:
            self._put_aside(webhook, swap.seconds)
            return webhook
        self._line_up(webhook)
        if overtaken is not None:
            self._line_up(overtaken)
        return webhook

    async def post_once(self, number: str, body: bytes, secret: bytes | None = None) -> int | None:
        """Post a body right now, out of turn and without retries; the HTTP status, or None if nobody answered.

        `secret` is what it is signed with in place of the app secret.
        """
        headers = HEADERS | {"X-Hub-Signature-256": signature(secret or self._secret, body)}
        try:
            answer = await self._http.post(
                self._settings.webhook(number), content=body, headers=headers, timeout=TIMEOUT
            )
        except httpx.HTTPError:
            return None
        return answer.status_code

    def forget(self, lane: str) -> None:
        """Deliver nothing more of this lane."""
        self._storage.write("UPDATE webhooks SET state = 'dropped' WHERE lane = ? AND state = 'waiting'", (lane,))
        self._aside.pop(lane, None)
        if lane in self._lanes:
            self._lanes[lane].waiting.clear()
            self._lanes[lane].wake.set()

    async def close(self) -> None:
        """Stop posting; what waits is in the database and is taken up at the next start."""
        for run in self._runs:
            run.cancel()
        await asyncio.gather(*self._runs, return_exceptions=True)

    def _put_aside(self, webhook: Webhook, seconds: float) -> None:
        """Let the next webhook of the lane go first, or this one alone where none comes in that time."""
        self._aside[webhook.lane] = webhook
        _tell(webhook, None)

        def bring_back() -> None:
            if self._aside.get(webhook.lane) is webhook:
                self._line_up(self._aside.pop(webhook.lane))

        self._later.after(seconds, bring_back)

    def _line_up(self, webhook: Webhook) -> None:
        lane = self._lanes.get(webhook.lane)
        if lane is None:
            lane = self._lanes[webhook.lane] = Lane()
            lane.waiting.append(webhook)
            run = asyncio.get_running_loop().create_task(self._run(webhook.lane, lane))
            self._runs.add(run)
            run.add_done_callback(self._ended)
            return
        lane.waiting.append(webhook)
        if lane.blocked:
            _tell(webhook, None)

    async def _run(self, name: str, lane: Lane) -> None:
        try:
            while lane.waiting:
                webhook = lane.waiting[0]
                if webhook.faults and webhook.attempts == 0:
                    status = await self._post_with_faults(webhook, lane)
                else:
                    status = await self.post_once(webhook.number, webhook.body)
                webhook.attempts += 1
                self._note_reachability(webhook.number, status)
                if status == httpx.codes.OK or self._clock.now() - webhook.created > GIVE_UP_AFTER:
                    self._finish(webhook, status)
                    if lane.waiting:
                        lane.waiting.popleft()
                else:
                    await self._pause(lane, self._put_off(webhook, lane, status))
        finally:
            del self._lanes[name]

    async def _post_with_faults(self, webhook: Webhook, lane: Lane) -> int | None:
        if (held := webhook.fault(Mode.HOLD_WEBHOOK)) is not None:
            for told in lane.waiting:
                _tell(told, None)
            lane.blocked = True
            await self._clock.sleep(held.seconds)
            lane.blocked = False
        if webhook.fault(Mode.WRONG_SIGNATURE):
            return await self.post_once(webhook.number, webhook.body, WRONG_SECRET)
        posts = [self.post_once(webhook.number, webhook.body)]
        if webhook.fault(Mode.DUPLICATE_WEBHOOK_AT_ONCE):
            posts.append(self.post_once(webhook.number, webhook.body))
        status, *_ = await asyncio.gather(*posts)
        if webhook.fault(Mode.DUPLICATE_WEBHOOK) and status == httpx.codes.OK:
            await self.post_once(webhook.number, webhook.body)
        return status

    def _put_off(self, webhook: Webhook, lane: Lane, status: int | None) -> float:
        """Note that it was not taken, tell whoever waits for the lane, and say in how many seconds to try again."""
        self._storage.write(
            "UPDATE webhooks SET attempts = ?, status = ? WHERE id = ?", (webhook.attempts, status, webhook.id)
        )
        for told in (webhook, *lane.waiting):
            _tell(told, status if told is webhook else None)
        delay: float = min(LONGEST_DELAY, FIRST_DELAY * 2 ** (webhook.attempts - 1))
        log.warning("a webhook of number %s got %s; next try in %g s", webhook.number, status or "no answer", delay)
        return delay

    def _finish(self, webhook: Webhook, status: int | None) -> None:
        taken = status == httpx.codes.OK
        self._storage.write(
            "UPDATE webhooks SET attempts = ?, status = ?, state = ? WHERE id = ?",
            (webhook.attempts, status, "taken" if taken else "given up", webhook.id),
        )
        _tell(webhook, status)
        self._settled(webhook, taken)

    def _ended(self, run: asyncio.Task[None]) -> None:
        self._runs.discard(run)
        if not run.cancelled() and (error := run.exception()) is not None:
            log.error("posting webhooks failed", exc_info=error)

    def _note_reachability(self, number: str, status: int | None) -> None:
        """When a product that nobody could reach answers again, what waits for it need not wait longer."""
        url = self._settings.webhook(number)
        if status is None:
            self._unreachable.add(url)
        elif url in self._unreachable:
            self._unreachable.discard(url)
            for lane in self._lanes.values():
                if lane.waiting and self._settings.webhook(lane.waiting[0].number) == url:
                    lane.wake.set()

    async def _pause(self, lane: Lane, delay: float) -> None:
        lane.blocked = True
        lane.wake.clear()
        ends = [asyncio.ensure_future(self._clock.sleep(delay)), asyncio.ensure_future(lane.wake.wait())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*ends, return_exceptions=True)
            lane.blocked = False


def _future() -> asyncio.Future[int | None]:
    return asyncio.get_running_loop().create_future()


def _tell(webhook: Webhook, status: int | None) -> None:
    if not webhook.first.done():
        webhook.first.set_result(status)
