"""The sandbox as one web application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.types import Receive, Scope, Send

from sandbox.auth import routes as auth_api
from sandbox.clock import Clock, SystemClock
from sandbox.config import Settings
from sandbox.connection import DroppableConnections
from sandbox.control import auth, contents, faults, files, jobs, mails, outside, people, sends, speech, templates
from sandbox.control.errors import ControlError, answer_control_error, answer_invalid_body
from sandbox.decision import routes as decision
from sandbox.graph import objects
from sandbox.graph import routes as graph
from sandbox.jobs import routes as careerjet
from sandbox.orders import routes as orders
from sandbox.phone import routes as phone
from sandbox.speech import routes as recogniser
from sandbox.twilio import content_routes, media_routes
from sandbox.twilio import routes as twilio
from sandbox.twilio.access import Out, answer_out, answer_refusal
from sandbox.twilio.errors import TwilioError
from sandbox.world import World, build_world


class SandboxApp(FastAPI):
    """The application, with the one layer that must lie outside of all middleware."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await DroppableConnections(super().__call__)(scope, receive, send)


def create_app(settings: Settings, clock: Clock | None = None, environment: Mapping[str, str] | None = None) -> FastAPI:
    """The application. Its data folder is opened when it starts and closed when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        world = build_world(settings, clock or SystemClock(), *([] if environment is None else [environment]))
        app.state.world = world
        await world.start()
        try:
            yield
        finally:
            await world.stop()

    app = SandboxApp(title="Sutradhar sandbox", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_exception_handler(ControlError, answer_control_error)
    app.add_exception_handler(RequestValidationError, answer_invalid_body)
    app.add_exception_handler(TwilioError, answer_refusal)
    app.add_exception_handler(Out, answer_out)
    for part in (
        graph,
        objects,
        decision,
        careerjet,
        orders,
        auth_api,
        twilio,
        media_routes,
        content_routes,
        recogniser,
        people,
        files,
        faults,
        templates,
        contents,
        sends,
        outside,
        jobs,
        speech,
        mails,
        auth,
        phone,
    ):
        app.include_router(part.router)
    app.add_api_route("/healthz", _health, methods=["GET"], tags=["Health"])
    app.mount("/static", phone.PhoneFiles(directory=phone.FILES), name="static")
    return app


async def _health() -> dict[str, str]:
    """Whether the sandbox serves."""
    return {"status": "ok", "service": "sandbox"}


__all__ = ["World", "create_app"]
