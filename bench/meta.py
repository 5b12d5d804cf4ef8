"""A process of its own that plays Meta: takes what the product sends, and posts webhooks at a fixed rate.

`python -m bench.meta` reads an order a line from its input, JSON, and answers each with a line:

    {"do": "listen"}                                             -> {"port": …}   the Graph API is there
    {"do": "meet", "people": 400}                                -> {"met": 400}  each says hi and is answered
    {"do": "post", "rate": 50, "seconds": 30}                    -> what came of it, see `Posted`

The rate is kept whatever the answers do (an open loop), and a webhook's time is counted from when it was due, so that
one slow answer does not hide the ones that should have been posted meanwhile. Everything is bare sockets and httptools:
what is measured shares the machine with this.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import os
import resource
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httptools

TOLD = ("sent", "delivered", "read")
ONE_IN = 4
"""so many webhooks bring one message; the others bring a status each"""
IDLE = 4.0
"""seconds for which a connection is kept without a request: uvicorn closes it after five, perhaps under a request"""
PATIENCE = 60.0
"""seconds until a webhook without an answer, or a message that was to come, is given up"""


@dataclass
class Posted:
    """What came of posting for a while."""

    webhooks: int
    messages: int
    seconds: float
    """from the first to the last answer"""
    by_status: dict[str, int]
    """answers by HTTP status; 0 where there was none"""
    took: list[float] = field(repr=False)
    """milliseconds of each, from when it was due"""
    late: float = 0.0
    """milliseconds that this process itself was late to post, at the 99th percentile"""
    cpu: float = 0.0
    """share of one core that this process used"""


class Answers(asyncio.Protocol):
    """One kept connection to the product: a request at a time."""

    def __init__(self, pool: list[Answers]) -> None:
        self._pool = pool
        self._parser: Any = None
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[int] | None = None
        self._idle_since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Open."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def usable(self) -> bool:
        """Whether the next request may use it; closes it where not."""
        if time.monotonic() - self._idle_since < IDLE:
            return True
        if self._transport is not None:
            self._transport.close()
        return False

    def data_received(self, data: bytes) -> None:
        """A part of an answer."""
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        """All of an answer."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(self._parser.get_status_code())
        self._waiter, self._idle_since = None, time.monotonic()
        self._pool.append(self)

    def connection_lost(self, error: Exception | None) -> None:
        """Closed, perhaps in the middle."""
        if self in self._pool:
            self._pool.remove(self)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(0)

    def ask(self, request: bytes) -> asyncio.Future[int]:
        """Send it; the status of its answer will be there."""
        assert self._transport is not None
        self._parser = httptools.HttpResponseParser(self)
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiter


class Calls(asyncio.Protocol):
    """One connection of the product to our Graph API."""

    def __init__(self, meta: Meta) -> None:
        self._meta = meta
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Open."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A part of a request."""
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """A part of its body."""
        self._body += body

    def on_message_complete(self) -> None:
        """All of a request."""
        asked, self._body = json.loads(self._body), b""
        body = json.dumps(self._meta.taken(asked)).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        assert self._transport is not None
        self._transport.write(head.encode() + body)


class Meta:
    """Both of Meta's ends."""

    def __init__(self, webhook: str, number: str, secret: str) -> None:
        parts = urlsplit(webhook)
        self._host, self._port, self._path = parts.hostname or "", parts.port or 80, parts.path
        self._number = number
        self._secret = secret.encode()
        self._idle: list[Answers] = []
        self._phones: list[str] = []
        self._untold: deque[tuple[str, str, str, str]] = deque()
        self._told: deque[tuple[str, str, str, str]] = deque(maxlen=500)
        self._answered: dict[str, asyncio.Event] = {}

    def taken(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer to a call: a message is taken, and its statuses are to be told."""
        if "biz_opaque_callback_data" not in asked:
            return {"success": True}
        phone = asked["to"].lstrip("+")
        id = f"wamid.{uuid4().hex}"
        self._untold += [(id, asked["biz_opaque_callback_data"], phone, status) for status in TOLD]
        self._answered[phone].set()
        return {"messaging_product": "whatsapp", "contacts": [{"wa_id": phone}], "messages": [{"id": id}]}

    async def listen(self) -> dict[str, Any]:
        """Be the Graph API."""
        server = await asyncio.get_running_loop().create_server(lambda: Calls(self), "127.0.0.1", 0)
        return {"port": server.sockets[0].getsockname()[1]}

    async def meet(self, people: int) -> dict[str, Any]:
        """Have so many people say hi, a few at a time, and be answered."""
        self._phones = [f"9199{number:08d}" for number in range(people)]
        self._answered = {phone: asyncio.Event() for phone in self._phones}
        few = asyncio.Semaphore(8)

        async def one(phone: str) -> None:
            async with few, asyncio.timeout(PATIENCE):
                await self._post(self._message(phone))
                await self._answered[phone].wait()

        await asyncio.gather(*(one(phone) for phone in self._phones))
        return {"met": people}

    async def post(self, rate: float, seconds: float) -> dict[str, Any]:
        """Post webhooks at this rate for so long, and wait for the last answer."""
        phones = itertools.cycle(self._phones)
        begun, cpu = time.perf_counter(), _cpu()
        count = int(rate * seconds)
        lateness: list[float] = []

        async def one(due: float, request: bytes) -> tuple[int, float]:
            status = await self._post(request)
            return status, (time.perf_counter() - due) * 1000

        running = []
        for number in range(count):
            due = begun + number / rate
            if (pause := due - time.perf_counter()) > 0:
                await asyncio.sleep(pause)
            lateness.append((time.perf_counter() - due) * 1000)
            request = self._message(next(phones)) if number % ONE_IN == 0 else self._status()
            running.append(asyncio.create_task(one(due, request)))
        answers = await asyncio.gather(*running)
        took = time.perf_counter() - begun
        by_status = Counter(str(status) for status, _ in answers)
        late = sorted(lateness)[int(len(lateness) * 0.99)]
        posted = Posted(count, -(-count // ONE_IN), took, dict(by_status), [each for _, each in answers], late)
        posted.cpu = (_cpu() - cpu) / took
        return asdict(posted)

    async def _post(self, request: bytes) -> int:
        try:
            async with asyncio.timeout(PATIENCE):
                while self._idle:
                    if (kept := self._idle.pop()).usable():
                        return await kept.ask(request)
                loop = asyncio.get_running_loop()
                _, fresh = await loop.create_connection(lambda: Answers(self._idle), self._host, self._port)
                return await fresh.ask(request)
        except (OSError, TimeoutError):
            return 0

    def _message(self, phone: str) -> bytes:
        now = str(int(time.time()))
        item = {"from": phone, "id": f"wamid.{uuid4().hex}", "timestamp": now, "type": "text", "text": {"body": "hi"}}
        return self._webhook({"messages": [item]})

    def _status(self) -> bytes:
        """What became of a message that was really sent: not told yet if there is one, else told again."""
        if self._untold:
            told = self._untold.popleft()
            self._told.append(told)
        else:
            told = self._told[0]
            self._told.rotate(-1)
        id, key, phone, status = told
        item = {"id": id, "status": status, "timestamp": str(int(time.time())), "recipient_id": phone}
        return self._webhook({"statuses": [{**item, "biz_opaque_callback_data": key}]})

    def _webhook(self, items: dict[str, Any]) -> bytes:
        metadata = {"display_phone_number": "919800000000", "phone_number_id": self._number}
        value = {"messaging_product": "whatsapp", "metadata": metadata, **items}
        entry = {"id": "200000000000001", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        signature = hmac.digest(self._secret, body, hashlib.sha256).hex()
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nContent-Type: application/json\r\n"
            f"X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _orders() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


async def main() -> None:
    """Do what is ordered until there are no more orders."""
    meta = Meta(os.environ["WEBHOOK"], os.environ["NUMBER"], os.environ["META_APP_SECRET"])
    orders = _orders()
    while (order := await asyncio.to_thread(next, orders, None)) is not None:
        match order.pop("do"):
            case "listen":
                answer = await meta.listen()
            case "meet":
                answer = await meta.meet(**order)
            case "post":
                answer = await meta.post(**order)
            case unknown:
                raise ValueError(f"there is no order {unknown!r}")
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
