"""What the auth API is asked, as a partner checks it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
PhoneNumber = Annotated[str, Field(min_length=1, max_length=20, description="E.164", examples=["+919812345678"])]


class OnboardingData(BaseModel):
    """What was told of the business."""

    name: Word
    sector: Word
    pincode: Annotated[str, Field(pattern=r"^[1-9]\d{5}$")]


class Metadata(BaseModel):
    """Where somebody comes from, and what was told."""

    source: Word
    onboarding_data: OnboardingData


class CodeRequest(BaseModel):
    """A code is to be sent to this phone."""

    phone_number: PhoneNumber
    user_type: Literal["MSME"]
    metadata: Metadata


class CodeCheck(BaseModel):
    """A code that was typed for this request."""

    request_id: Word
    phone_number: PhoneNumber
    otp: Annotated[str, Field(min_length=1, max_length=20)]


class Requested(BaseModel):
    """A code was sent."""

    request_id: str


class Verified(BaseModel):
    """The code was right; the token logs in, once."""

    user_id: str
    login_token: str
