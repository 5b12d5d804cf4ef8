"""The decision backend: offers for an application. Called as partners are told to be: `POST /offers`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from activities.effects import OutsideMisconfigured
from activities.partners import Partner
from domain.lending import Offers, OffersWanted

ANSWER = TypeAdapter(Offers)


class Decisions:
    """What the decision backend does for us."""

    def __init__(self, partner: Partner) -> None:
        self._partner = partner

    async def fetch_offers(self, conversation: UUID, key: UUID, wanted: OffersWanted) -> Offers:
        """The offers for this applicant with this consent. The key is the application's id: another one, another id."""
        applicant = wanted.applicant
        body = {
            "application_id": str(key),
            "applicant": {
                "full_name": applicant.full_name,
                "date_of_birth": applicant.date_of_birth.isoformat(),
                "employment": applicant.employment,
                "monthly_income": str(applicant.monthly_income),
                "purpose": applicant.purpose,
                "language": wanted.language,
            },
            "consent": {
                "reference": wanted.consent.reference,
                "wording_version": wanted.consent.wording,
                "at": wanted.consent.at,
            },
        }
        return _offers(str(key), await self._partner.post("/offers", body, key))


def _offers(application: str, answer: Any) -> Offers:
    try:
        return ANSWER.validate_python({**answer, "application_id": application})
    except (ValidationError, TypeError) as error:
        places = (
            [".".join(map(str, one["loc"])) for one in error.errors()] if isinstance(error, ValidationError) else []
        )
        raise OutsideMisconfigured(f"decision backend: an answer of another shape, at {', '.join(places)}") from None
