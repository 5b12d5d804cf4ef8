"""The body of an application for offers, as a partner checks it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Applicant(BaseModel):
    """Who asks for a loan. `monthly_income` is in rupees."""

    full_name: Word
    date_of_birth: date
    employment: Word
    monthly_income: Decimal = Field(gt=0, le=Decimal("1000000000"))
    purpose: Word
    language: Word = "en"


class Consent(BaseModel):
    """What the applicant agreed to: the record's reference, the version of the wording, and when."""

    reference: Word
    wording_version: Word
    at: datetime


class Application(BaseModel):
    """An application; its id is new whenever applicant or consent change."""

    application_id: Word
    applicant: Applicant
    consent: Consent
