"""The queue of webhooks: posted in order, kept until the product takes them.

Webhooks of one lane (one person's messages) go one after another; lanes do not wait for each other. A webhook that is
not answered with 200 is tried again after a growing delay, for up to seven days (Meta, "Webhooks": retries).
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
from sandbox.storage import Storage
from sandbox.webhooks.envelopes import signature

log = logging.getLogger(__name__)

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
GIVE_UP_AFTER = 7 * 24 * 3600.0
TIMEOUT = httpx.Timeout(10.0, connect=2.0)
HEADERS = {"User-Agent": "facebookexternalua", "Content-Type": "application/json"}


@dataclass(slots=True, eq=False)
class Webhook:
    """One body to post; `first` tells how the first attempt went.

    `message` is the wamid of the message that it delivers, or several with spaces between; their lane is their
    sender's id.
    """

    id: int
    number: str
    lane: str
    body: bytes
    created: float
    message: str | None
    attempts: int
    first: asyncio.Future[int | None]


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
        settled: Callable[[Webhook, bool], None],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._storage = storage
        self._settled = settled
        self._secret = settings.meta_app_secret.get_secret_value().encode()
        self._http = http
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
        self, number: str, lane: str, kind: str, body: bytes, users: Sequence[str], message: str | None = None
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
        webhook = Webhook(webhook_id, number, lane or f"alone-{webhook_id}", body, created, message, 0, _future())
        self._line_up(webhook)
        return webhook

    async def post_once(self, number: str, body: bytes) -> int | None:
        """Post a body right now, out of turn and without retries; the HTTP status, or None if nobody answered."""
        headers = HEADERS | {"X-Hub-Signature-256": signature(self._secret, body)}
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
        if lane in self._lanes:
            self._lanes[lane].waiting.clear()
            self._lanes[lane].wake.set()

    async def close(self) -> None:
        """Stop posting; what waits is in the database and is taken up at the next start."""
        for run in self._runs:
            run.cancel()
        await asyncio.gather(*self._runs, return_exceptions=True)

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
