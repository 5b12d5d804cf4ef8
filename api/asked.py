"""What callers write in their requests: phone numbers, names of bots, places in a list."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Header, Query
from pydantic import AfterValidator, Field, StringConstraints

from api.errors import Problem
from domain.phones import e164

Phone = Annotated[
    str,
    AfterValidator(e164),
    Field(
        description="A phone number with its country code, in any common form.",
        examples=["+919800000001"],
        json_schema_extra={"format": "phone"},
    ),
]
Name = Annotated[str, StringConstraints(pattern=r"^[!-~]+$", max_length=200)]
"""as bots and numbers are called"""
Bot = Annotated[Name | None, Query(description="Of one bot only.", examples=["orders"])]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.", examples=[50])]

IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        description="Any text of yours. The same call under the same key is done once, and answered alike.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]


def cursor(*place: datetime | UUID | int) -> str:
    """A place in a list, as callers get it and bring it back; they need not know what is in it."""
    told = [
        one.isoformat() if isinstance(one, datetime) else one if isinstance(one, int) else str(one) for one in place
    ]
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def placed(text: str, *kinds: type[datetime | UUID | int]) -> Any:
    """The place that a cursor is: a tuple of these kinds. Raises Problem 422 for what is no cursor of ours."""
    try:
        told = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        if not isinstance(told, list) or len(told) != len(kinds):
            raise ValueError("a cursor has other parts")
        return tuple(_read(one, kind) for one, kind in zip(told, kinds, strict=True))
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise Problem(422, "invalid", "query.before: not the `next_before` of an earlier page") from None


def _read(told: Any, kind: type[datetime | UUID | int]) -> datetime | UUID | int:
    if kind is int:
        if not isinstance(told, int) or not 0 <= told < 2**63:
            raise ValueError("a cursor has no such number")
        return told
    if kind is UUID:
        return UUID(told)
    at = datetime.fromisoformat(told)
    if at.tzinfo is None:
        raise ValueError("a cursor's time has a zone")
    return at
