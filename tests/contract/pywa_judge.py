"""pywa, a client of the Cloud API that others wrote: it sends to our sandbox and reads what we take for Meta's words.

It is left as it is: requests to Meta's address are carried to the sandbox's by the transport below it.
"""

from __future__ import annotations

from typing import Any

import httpx
from pywa.handlers import Handler
from pywa_async import handlers
from pywa_async.client import WhatsApp

META = "https://graph.facebook.com/"
EARS = [
    kind
    for name, kind in vars(handlers).items()
    if name.endswith("Handler") and isinstance(kind, type) and issubclass(kind, Handler)
    if kind not in (Handler, handlers.RawUpdateHandler) and not name.startswith("_")
]
"""of every kind of update it knows"""


class Diverted(httpx.AsyncHTTPTransport):
    """Carries what is for Meta to the sandbox, and everything else where it is to go."""

    def __init__(self, sandbox: str) -> None:
        super().__init__()
        self._graph = httpx.URL(f"{sandbox}/graph/")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if str(request.url).startswith(META):
            path = self._graph.raw_path + request.url.raw_path.removeprefix(b"/")
            request.url = self._graph.copy_with(raw_path=path)
            request.headers["Host"] = request.url.netloc.decode()
        return await super().handle_async_request(request)


class Judge:
    """pywa as a business would use it, with an ear for every kind of update."""

    def __init__(self, sandbox: str, number: str, token: str, app_secret: str) -> None:
        self._session = httpx.AsyncClient(transport=Diverted(sandbox), timeout=30)
        self.whatsapp = WhatsApp(
            number, token, session=self._session, app_secret=app_secret, filter_updates=False, server=None
        )
        self.heard: list[Any] = []
        for kind in EARS:
            self.whatsapp.add_handlers(kind(self._hear))

    async def _hear(self, _: Any, update: Any) -> None:
        self.heard.append(update)

    async def read(self, raw: bytes) -> Any:
        """What it takes this webhook for. Raises ValueError where it hears nothing, or more than one thing."""
        self.heard.clear()
        await self.whatsapp.webhook_update_handler(raw)
        [update] = self.heard
        return update

    async def trusts(self, raw: bytes, signature: str) -> bool:
        """Whether it takes this for signed by Meta."""
        return await self.whatsapp.webhook_update_validator(raw, signature) is None

    async def close(self) -> None:
        """Close its connections."""
        await self._session.aclose()
