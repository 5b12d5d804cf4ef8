"""Errors as the REST contract has them: `{"error": {"code", "message", "trace_id"}}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from store.sealing import KeyMissing
from telemetry import traces

log = structlog.get_logger()


class Problem(HTTPException):
    """Answered as an error of the contract."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message, headers)
        self.code = code


def answer(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error's answer, with the request's trace id to find it by: the log lines of the request have the same."""
    trace = traces.current() or traces.new()
    return JSONResponse({"error": {"code": code, "message": message, "trace_id": trace}}, status, headers)


def install(app: FastAPI) -> None:
    """Have every error of the application answered so."""

    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> JSONResponse:
        return answer(error.status_code, error.code, str(error.detail), error.headers)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        code = str(error.detail).lower().replace(" ", "_")
        headers = {"Allow": _methods_of(request)} if error.status_code == 405 else error.headers
        return answer(error.status_code, code, str(error.detail), headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # The value is left out: it may be a phone number.
        fields = "; ".join(f"{'.'.join(map(str, one['loc']))}: {_reason(one)}" for one in error.errors())
        return answer(422, "invalid", fields)

    @app.exception_handler(psycopg.OperationalError)
    @app.exception_handler(PoolTimeout)
    async def away(request: Request, error: Exception) -> JSONResponse:
        log.warning("the database is away", error=type(error).__name__)
        return answer(503, "unavailable", "nothing was done: ask again in a moment")

    @app.exception_handler(KeyMissing)
    async def unreadable(request: Request, error: KeyMissing) -> JSONResponse:
        log.error("what is sealed cannot be opened", reason=str(error))
        return answer(503, "unavailable", "what is kept cannot be opened here: an operator must put a key back")

    @app.exception_handler(ClientDisconnect)
    async def incomplete(request: Request, error: ClientDisconnect) -> JSONResponse:
        # Nobody is there to read it. But anybody can do it, so it is no error of ours, to be logged.
        return answer(400, "incomplete", "the connection was closed before all of the request had come")

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> JSONResponse:
        # Its words may quote what was sent; they are in the log, under the trace.
        return answer(500, "internal", "something went wrong here: the log tells more, under this trace id")


def _reason(error: Any) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


def _methods_of(request: Request) -> str:
    """All methods of a path, for `Allow` (RFC 9110, 15.5.6): Starlette names those of its first route alone."""
    routes = [route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE]
    return ", ".join(sorted({method for route in routes for method in getattr(route, "methods", None) or ()}))
