"""Values as the journal keeps them: JSON, the same in every process and every release."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel, TypeAdapter

from dialogue.errors import JourneyError


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Pydantic's reader and writer of a type."""
    return TypeAdapter(kind)


def plain(value: Any) -> Any:
    """The value as the next walk will see it, so that this walk sees the same.

    Raises JourneyError for what has no stable form (a set, bytes, an object).
    """
    return json.loads(json.dumps(value, default=_known))


def digest(value: Any, salt: str) -> str:
    """Ten hex digits for what a key is about, keyed, so that nobody finds a birthday by trying them all."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), key=salt.encode(), digest_size=5).hexdigest()


def reference(key: str) -> str:
    """The short public name of a question put: what messages and buttons carry in place of its key."""
    return hashlib.blake2b(key.encode(), digest_size=6).hexdigest()


def _known(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        # Not `asdict`: it copies deeply what is written out at once.
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Decimal | date | UUID):
        return str(value)
    raise JourneyError(
        f"a {type(value).__name__} is no data: keep dataclasses, text, numbers, dates, lists or dictionaries"
    )
