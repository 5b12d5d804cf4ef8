"""MSME onboarding: what a business tells of itself, and the link by which it comes into the web app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.effects import Effect

SECTORS = (
    "manufacturing", "services", "technology", "healthcare", "education", "agriculture", "retail", "construction",
    "food", "textile", "automotive", "other",
)  # fmt: skip
LINK_LASTS = timedelta(hours=24)
"""how long a login link may be used, once"""


@dataclass(frozen=True)
class NumberWanted:
    """The number that the person writes from is wanted, if it is one that may be registered."""

    country: str = "IN"


@dataclass(frozen=True)
class NumberFound:
    """The number the person writes from, in E.164: personal data. Nothing where it is hidden or no mobile one there."""

    phone: str = ""


@dataclass(frozen=True)
class Onboarding:
    """What was told and confirmed. Personal data."""

    name: str
    sector: str
    """one of SECTORS"""
    pincode: str
    district: str
    """nothing where the directory does not know the pincode; the state then neither"""
    state: str
    phone_number: str
    """E.164"""


@dataclass(frozen=True)
class OnboardingKept:
    """It is in the table."""

    step: str = "confirmed"


@dataclass(frozen=True)
class LinkWanted:
    """A login link for who has shown that the phone is theirs."""

    user_id: str
    """as the auth API calls them"""
    login_token: str
    """the one the auth API gave. Secret; when it was used or is too old, the link has another one, of ours"""


@dataclass(frozen=True)
class LoginLink:
    """The link, which works once. Secret. Nothing where no web app is set."""

    url: str = ""


FIND_NUMBER = Effect("find_number", NumberWanted, NumberFound)
"""Look up which number the person writes from: so that it can be chosen by one tap."""

KEEP_ONBOARDING = Effect("keep_onboarding", Onboarding, OnboardingKept)
"""Keep what was confirmed."""

MAKE_LOGIN_LINK = Effect("make_login_link", LinkWanted, LoginLink)
"""A link that logs in once, made anew where the last one was used or is too old."""
