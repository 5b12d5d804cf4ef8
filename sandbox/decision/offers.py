"""Loan offers made up from an application: the same applicant is always offered the same."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from sandbox.decision.application import Application
from sandbox.decision.profiles import Profile

LENDERS = (
    "Morpankh Credit",
    "Gulmohar Finserv",
    "Peepal Street Finance",
    "Saptarang Loans",
    "Hornbill Capital",
    "Kasturi Lending",
    "Tamarind Credit",
    "Neeldhara Finance",
    "Banyan Lane Loans",
    "Chandrakor Capital",
    "Konkan Tide Finance",
    "Deepmala Credit",
)
"""Names of lenders that do not exist."""

TENURES = (12, 18, 24, 36, 48, 60)
SMALLEST = Decimal(25_000)
LARGEST = Decimal(2_500_000)
STEP = Decimal(5_000)
GST = Decimal("0.18")
DECLINED_REASONS = ("income_too_low_for_request", "recent_missed_payments")
REFERRED_REASONS = ("manual_review_needed",)
VALID_WORKING_DAYS = 3
"""A Key Fact Statement is valid for at least three working days (RBI, 2024-04-15)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer. Money is in rupees; `annual_rate` is a percentage."""

    offer_id: str
    lender: str
    amount: Decimal
    annual_rate: Decimal
    tenure_months: int
    processing_fee: Decimal
    charges: tuple[tuple[str, Decimal], ...]
    valid_until: date

    def to_json(self) -> dict[str, Any]:
        """The offer as the partner sends it: money and rates as decimal strings."""
        return {
            "offer_id": self.offer_id,
            "lender": self.lender,
            "amount": f"{self.amount:.2f}",
            "annual_rate": f"{self.annual_rate:.2f}",
            "tenure_months": self.tenure_months,
            "processing_fee": f"{self.processing_fee:.2f}",
            "charges": [{"name": name, "amount": f"{amount:.2f}"} for name, amount in self.charges],
            "valid_until": self.valid_until.isoformat(),
        }


def decide(application: Application, profile: Profile, now: float) -> dict[str, Any]:
    """The decision on an application; `now`, seconds since the epoch, dates the offers."""
    answer: dict[str, Any] = {"application_id": application.application_id, "decision": profile.outcome}
    if profile.outcome == "declined":
        return answer | {"reasons": list(DECLINED_REASONS), "offers": []}
    if profile.outcome == "referred":
        return answer | {"reasons": list(REFERRED_REASONS), "offers": []}
    offers = make_offers(application, profile.offers, datetime.fromtimestamp(now, UTC).date())
    return answer | {"reasons": [], "offers": [offer.to_json() for offer in offers]}


def make_offers(application: Application, count: int, today: date) -> list[Offer]:
    """That many offers of different lenders, the cheapest first.

    The figures are drawn from age, work and income, so that a person is always offered the same. Not from the name:
    profiles go by it, and whoever needs one of their own needs another name for the same applicant. The ids are the
    application's.
    """
    applicant = application.applicant
    told = f"{applicant.date_of_birth}|{applicant.employment}|{applicant.monthly_income.normalize()}"
    chance = random.Random(hashlib.sha256(told.encode()).digest())
    seed = hashlib.sha256(application.application_id.encode()).digest()
    lenders = [
        f"{lender} {'' if round_ == 0 else round_ + 1}".strip()
        for round_ in range(count // len(LENDERS) + 1)
        for lender in chance.sample(LENDERS, len(LENDERS))
    ]
    valid_until = _working_days_later(today, VALID_WORKING_DAYS)
    income = applicant.monthly_income
    offers = [
        _offer(chance, f"{seed.hex()[:12]}-{place + 1}", lenders[place], income, valid_until) for place in range(count)
    ]
    return sorted(offers, key=lambda offer: (offer.annual_rate, offer.offer_id))


def _offer(chance: random.Random, offer_id: str, lender: str, income: Decimal, valid_until: date) -> Offer:
    wanted = income * Decimal(chance.randint(40, 150)) / 10
    amount = min(LARGEST, max(SMALLEST, (wanted / STEP).to_integral_value(ROUND_DOWN) * STEP))
    fee = _rupees(amount * Decimal(chance.randint(4, 12) * 25) / 10_000)
    charges = (("GST on processing fee", _rupees(fee * GST)), ("Stamp duty", Decimal(chance.choice((200, 300, 500)))))
    return Offer(
        offer_id=offer_id,
        lender=lender,
        amount=amount,
        annual_rate=Decimal(chance.randint(42, 92)) / 4,
        tenure_months=chance.choice(TENURES),
        processing_fee=fee,
        charges=charges,
        valid_until=valid_until,
    )


def _rupees(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def _working_days_later(day: date, days: int) -> date:
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
