"""The loan bot with all that is outside of it, and the stations of its story."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from journeys.loan import Loan
from tests.dialogue.world import MORNING, World
from texts import Catalogue

WORDS = Catalogue("loan")

TO_THE_NAME = ("hi", "[en]", "[loan]")
TO_THE_BIRTH = (*TO_THE_NAME, "Asha Patil")
TO_THE_WORK = (*TO_THE_BIRTH, "5 November 1990")
TO_THE_INCOME = (*TO_THE_WORK, "[salaried]")
TO_THE_PURPOSE = (*TO_THE_INCOME, "45000")
TO_THE_CONSENT = (*TO_THE_PURPOSE, "[home]")
TO_THE_SUMMARY = (*TO_THE_CONSENT, "[agree]")
TO_THE_OFFERS = (*TO_THE_SUMMARY, "[right]")
TO_KYC = (*TO_THE_OFFERS, "[offer-1]")

ASHA: dict[str, Any] = {
    "full_name": "Asha Patil",
    "date_of_birth": "1990-11-05",
    "employment": "salaried",
    "monthly_income": "45000.00",
    "purpose": "home",
}


class Bank:
    """The decision backend: what it is asked, and what it answers."""

    def __init__(self, offers: int = 3, decision: str = "offers", reasons: tuple[str, ...] = ()) -> None:
        self.offers = offers
        self.decision = decision
        self.reasons = reasons
        self.consents = 0
        self.applications = 0

    def fetch_offers(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Each time it is asked, it is another application."""
        self.applications += 1
        return {
            "application_id": f"application-{self.applications}",
            "decision": self.decision,
            "reasons": list(self.reasons),
            "offers": [offer(number) for number in range(1, self.offers + 1)],
        }

    def record_consent(self, given: dict[str, Any]) -> dict[str, Any]:
        """Each time another entry."""
        self.consents += 1
        return {"reference": f"consent-{self.consents}", "wording": given["wording"], "at": "2026-11-16T04:30:00+00:00"}


def offer(number: int, **figures: Any) -> dict[str, Any]:
    """An offer as the backend's answer has it."""
    return {
        "offer_id": f"offer-{number}",
        "lender": f"Lender {chr(64 + number)} Finance",
        "amount": f"{100_000 * number}.00",
        "annual_rate": "13.75",
        "tenure_months": 36,
        "processing_fee": "1500.00",
        "charges": [{"name": "GST", "amount": "270.00"}],
        "valid_until": "2026-11-20",
        **figures,
    }


def applying(*lines: str, bank: Bank | None = None, now: float = MORNING) -> World:
    """A conversation with the loan bot that has come so far."""
    bank = bank or Bank()
    outside = {"fetch_offers": bank.fetch_offers, "record_consent": bank.record_consent}
    world = World(Loan(WORDS), outside, now)
    world.play(*lines)
    return world


def options(world: World) -> list[str]:
    """The ids of the options shown last."""
    return [one.id for one in world.asked.alternatives]


def applicants(world: World) -> list[dict[str, Any]]:
    """Who applied, in order."""
    return [wanted["applicant"] for wanted in world.done("fetch_offers")]


def last(world: World, key: str) -> dict[str, Any]:
    """The values with which this was said last."""
    return dict(next(said.values for said in reversed(world.sent) if said.key == key))


def rupees(amount: str) -> dict[str, str]:
    """An amount as texts get it."""
    return {"rupees": str(Decimal(amount))}
