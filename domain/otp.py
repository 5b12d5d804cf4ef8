"""One-time codes that an auth API sends to a phone and checks: the words of it, and the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.effects import Effect
from domain.vault import Kept


@dataclass(frozen=True)
class CodeWanted:
    """A code is to be sent to this phone, with what was told of the business. Personal data."""

    phone_number: str
    """E.164"""
    name: str
    sector: str
    pincode: str


@dataclass(frozen=True)
class CodeRequested:
    """The auth API has sent a code."""

    request_id: str


@dataclass(frozen=True)
class CodeCheck:
    """A code that somebody typed. The code itself is in the vault."""

    request_id: str
    phone_number: str
    """E.164"""
    code: Kept


@dataclass(frozen=True)
class Verified:
    """The code was right: the phone is theirs."""

    user_id: str
    login_token: str
    """Secret: whoever has it is logged in, once."""


REQUEST_CODE = Effect("request_code", CodeWanted, CodeRequested, refusals=("locked", "too_many", "bad_number"))
"""Have the auth API send a code (`POST /otp/request`)."""

VERIFY_CODE = Effect(
    "verify_code",
    CodeCheck,
    Verified,
    final=True,
    attempt=timedelta(seconds=10),
    refusals=("wrong", "expired", "locked"),
)
"""Have the auth API check a code (`POST /otp/verify`); the vault's copy goes when it was checked."""
