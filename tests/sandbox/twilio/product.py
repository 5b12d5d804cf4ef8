"""A product on Twilio's numbers: it takes forms, whose signature Twilio's own validator checks, and has files."""

from __future__ import annotations

import asyncio
import io
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from tests.sandbox.fake_product import FakeProduct

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
AUTH_TOKEN = "a-twilio-token-for-tests"


def _picture() -> bytes:
    """A picture of 40 by 30."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return file.getvalue()


PNG = _picture()
FILES = {"picture.png": ("image/png", PNG), "terms.pdf": ("application/pdf", b"%PDF-1.7 terms")}


@dataclass(frozen=True)
class Form:
    """One post as it came in."""

    path: str
    form: dict[str, str]
    token: str


@dataclass
class TwilioProduct(FakeProduct):
    """Keeps what it was sent and could be proved. `refusals` are the HTTP statuses of the next answers to webhooks."""

    app_secret: str = ""
    verify_token: str = ""
    url: str = ""
    webhooks: list[Form] = field(default_factory=list)
    statuses: list[Form] = field(default_factory=list)
    forged: int = 0
    refusals: deque[int] = field(default_factory=deque)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> Starlette:
        """The web application: Meta's routes too, for the clock."""
        app = super().app()
        app.router.routes[:0] = [
            Route("/webhook", self._take_form, methods=["POST"]),
            Route("/statuses", self._take_status, methods=["POST"]),
            Route("/files/{name}", self._file),
        ]
        return app

    @property
    def forms(self) -> list[dict[str, str]]:
        """All messages taken, in order."""
        return [received.form for received in self.webhooks]

    def statuses_told(self, sid: str) -> list[str]:
        """Which statuses came of one message, in order."""
        return [one.form["MessageStatus"] for one in self.statuses if one.form["MessageSid"] == sid]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something received makes this true."""
        async with asyncio.timeout(10):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    async def _take_form(self, request: Request) -> Response:
        if self.refusals:
            return Response(status_code=self.refusals.popleft())
        return await self._keep(request, self.webhooks)

    async def _take_status(self, request: Request) -> Response:
        return await self._keep(request, self.statuses)

    async def _keep(self, request: Request, where: list[Form]) -> Response:
        raw = (await request.body()).decode()
        form = dict(parse_qsl(raw, keep_blank_values=True))
        url = f"{self.url}{request.url.path}{f'?{request.url.query}' if request.url.query else ''}"
        signed = request.headers.get("x-twilio-signature", "")
        if RequestValidator(AUTH_TOKEN).validate(url, form, signed):
            where.append(Form(url.removeprefix(self.url), form, request.headers["i-twilio-idempotency-token"]))
            answer = Response("<Response/>", media_type="text/xml")
        else:
            self.forged += 1
            answer = Response(status_code=403)
        self.changed.set()
        return answer

    async def _file(self, request: Request) -> Response:
        found = FILES.get(request.path_params["name"])
        return Response(status_code=404) if found is None else Response(found[1], media_type=found[0])
