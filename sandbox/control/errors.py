"""Errors of the control API, in the one form that all of the platform's own APIs have."""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse


class ControlError(Exception):
    """The control API cannot do this: an HTTP status, a code for programs, and the reason with the way out."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


async def answer_control_error(_: Request, error: Exception) -> JSONResponse:
    """The answer to a ControlError."""
    if not isinstance(error, ControlError):
        raise error
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, error.status)


async def answer_invalid_body(_: Request, error: Exception) -> JSONResponse:
    """The answer to a body of the wrong shape: the fields are named, their values are not."""
    if not isinstance(error, RequestValidationError):
        raise error
    said = "; ".join(f"{'.'.join(map(str, item['loc'][1:])) or 'body'}: {item['msg']}" for item in error.errors())
    return JSONResponse({"error": {"code": "invalid_body", "message": said}}, 422)
