"""The words of a loan application, and the work done for it outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from domain.effects import Effect


@dataclass(frozen=True)
class Applicant:
    """Who applies. Personal data."""

    full_name: str
    date_of_birth: date
    employment: str
    """salaried | self_employed | other"""
    monthly_income: Decimal
    """rupees"""
    purpose: str
    """an id of ours, or the person's own words"""


@dataclass(frozen=True)
class ConsentGiven:
    """A consent to be recorded: which wording, in which language."""

    wording: str
    """the wording's name in the texts; another wording has another name"""
    language: str
    at: float
    """seconds since the epoch, when the answer was given"""


@dataclass(frozen=True)
class ConsentRecord:
    """A consent on record."""

    reference: str
    wording: str
    at: str
    """ISO 8601"""


@dataclass(frozen=True)
class Charge:
    """A charge beside the processing fee, in rupees."""

    name: str
    amount: Decimal


@dataclass(frozen=True)
class Offer:
    """A lender's offer. Amounts in rupees, rate in percent a year."""

    offer_id: str
    lender: str
    amount: Decimal
    annual_rate: Decimal
    tenure_months: int
    processing_fee: Decimal
    valid_until: date
    charges: tuple[Charge, ...] = ()


@dataclass(frozen=True)
class OffersWanted:
    """What the decision backend is asked."""

    applicant: Applicant
    consent: ConsentRecord
    language: str


@dataclass(frozen=True)
class Offers:
    """What the decision backend said."""

    application_id: str
    decision: Literal["offers", "declined", "referred"]
    reasons: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = field(default=())


RECORD_CONSENT = Effect("record_consent", ConsentGiven, ConsentRecord)
"""Append a consent to the register: its wording, language and time."""


def _sampled(offers: int, decision: Literal["offers", "declined", "referred"] = "offers", *reasons: str) -> Offers:
    each = tuple(
        Offer(
            f"offer-{number}",
            f"Lender {number}",
            Decimal(100_000 * number),
            Decimal("13.75"),
            36,
            Decimal(1_500),
            date(2026, 12, 31),
            (Charge("GST", Decimal(270)),),
        )
        for number in range(1, offers + 1)
    )
    return Offers("application-1", decision, reasons, each)


FETCH_OFFERS = Effect(
    "fetch_offers",
    OffersWanted,
    Offers,
    attempt=timedelta(seconds=10),
    attempts=6,
    samples=(
        ("two offers", _sampled(2)),
        ("one offer", _sampled(1)),
        ("eleven offers", _sampled(11)),
        ("declined", _sampled(0, "declined", "income_too_low_for_request")),
        ("no offers", _sampled(0)),
        ("referred, with offers", _sampled(2, "referred")),
        ("referred, without", _sampled(0, "referred")),
    ),
)
"""Ask the decision backend for offers (`POST /offers`)."""
