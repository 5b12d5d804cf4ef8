"""The loan bot: personal loans over WhatsApp, in English and Hindi."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from dialogue import Alternative, Change, Chat, End, Journey, Question, Reply, choice, typed
from dialogue.parsers import Invalid, age_on, clean, date_of_birth, full_name, rupees
from domain import values
from domain.lending import (
    FETCH_OFFERS,
    RECORD_CONSENT,
    Applicant,
    ConsentGiven,
    ConsentRecord,
    Offer,
    OffersWanted,
)
from domain.loans import apr, emi

YOUNGEST, OLDEST = 21, 60
"""years, on the day of the application"""
LEAST_INCOME, MOST_INCOME = Decimal(1_000), Decimal(10_000_000)
"""rupees a month: less or more is a slip of the finger, and asked again"""
CONSENT_WORDING = "consent_wording_1"
"""the text agreed to; another wording gets another name, so that the register always tells which it was"""
CONSENT_TRIES = 2


class Loan(Journey):
    """Personal loans: language, intent, application, consent, offers; identity verification is awaited."""

    reopens = frozenset({"too_young_or_old", "no_consent", "no_offers"})
    outcomes: ClassVar = {"decision": ("approved", "rejected")}

    async def run(self, chat: Chat) -> str | None:
        chat.stage("language")
        await chat.choose_language(LANGUAGE)
        chat.stage("intent")
        await chat.part("intent", self.intent)
        chat.stage("application")
        applicant = await self.application(chat)
        consent = await chat.part("consent", self.consent, kind=ConsentRecord)
        await self.check(chat, applicant)
        chat.stage("offers")
        offer = await self.offers(chat, applicant, consent)
        chat.stage("kyc")
        return await self.kyc(chat, offer)

    async def intent(self, chat: Chat) -> str:
        """A loan, or help with one."""
        while True:
            with chat.round("intent"):
                if await chat.ask(INTENT) == "loan":
                    return "loan"
                chat.say("no_support_yet")

    async def application(self, chat: Chat) -> Applicant:
        """Who applies, and for what."""
        return Applicant(
            full_name=await chat.ask(FULL_NAME),
            date_of_birth=await self.birth(chat),
            employment=await chat.ask(EMPLOYMENT),
            monthly_income=await self.income(chat),
            purpose=await chat.ask(PURPOSE),
        )

    async def birth(self, chat: Chat) -> date:
        """The date of birth. Out of range it is read back once: a slip is put right, else no credit check is made."""
        born = await chat.ask(DATE_OF_BIRTH)
        if not YOUNGEST <= age_on(born, chat.today("application")) <= OLDEST:
            if await chat.ask(BIRTH_SURE, about=born, born=values.day(born)) == "no":
                raise Change("date_of_birth")
            chat.say("too_young_or_old", youngest=YOUNGEST, oldest=OLDEST)
            raise End("too_young_or_old")
        chat.say("born_understood", born=values.day(born))
        return born

    async def income(self, chat: Chat) -> Decimal:
        """The monthly income, read back as it was understood."""
        income = await chat.ask(MONTHLY_INCOME)
        chat.say("income_understood", income=values.rupees(income))
        return income

    async def consent(self, chat: Chat) -> ConsentRecord:
        """Consent to the credit check, recorded with its wording, language and time; without it, no application."""
        while True:
            with chat.round("consent") as declined:
                given = await chat.ask(CONSENT, wording=CONSENT_WORDING)
                if given is not None:
                    return await chat.do(RECORD_CONSENT, given)
                if declined + 1 == CONSENT_TRIES:
                    chat.say("no_consent")
                    raise End("no_consent")
                chat.say("why_consent")

    async def check(self, chat: Chat, applicant: Applicant) -> None:
        """All answers at a glance; any one can be changed."""
        await chat.confirm(
            SUMMARY,
            CHANGE_WHICH,
            about=applicant,
            full_name=applicant.full_name,
            date_of_birth=values.day(applicant.date_of_birth),
            employment=applicant.employment,
            monthly_income=values.rupees(applicant.monthly_income),
            purpose=applicant.purpose,
        )

    async def offers(self, chat: Chat, applicant: Applicant, consent: ConsentRecord) -> Offer:
        """Every offer the lenders make, and the one chosen. Another applicant or consent is another application."""
        application = [applicant, consent]
        chat.say("looking_for_offers", about=application)
        wanted = OffersWanted(applicant, consent, chat.language)
        found = await chat.do(FETCH_OFFERS, wanted, about=application)
        if found.decision == "referred":
            chat.say("referred")
            await chat.wait_for("decision", ref=found.application_id)
        if not found.offers:
            chat.say("no_offers", reason=next(iter(found.reasons), "none"))
            raise End("no_offers")
        # The same offers to another application are another choice.
        chosen = await chat.ask(OFFER, about=found)
        offer = next(offer for offer in found.offers if offer.offer_id == chosen)
        chat.say("offer_chosen", **figures(offer))
        return offer

    async def kyc(self, chat: Chat, offer: Offer) -> str | None:
        """Identity verification opens later: the place is kept, without a deadline."""
        chat.say("kyc_later")
        await chat.wait_for("kyc", ref=offer.offer_id)
        return None


@lru_cache(maxsize=512)
def figures(offer: Offer) -> dict[str, Any]:
    """An offer's figures for the texts; the APR counts the fee and all charges."""
    instalment = emi(offer.amount, offer.annual_rate, offer.tenure_months)
    charges = sum((charge.amount for charge in offer.charges), Decimal(0))
    # Without interest and fees, instalments rounded to the paisa may fall a few paise short of the amount.
    received = min(offer.amount - offer.processing_fee - charges, instalment * offer.tenure_months)
    return {
        "lender": offer.lender,
        "amount": values.rupees(offer.amount),
        "rate": values.percent(offer.annual_rate),
        "apr": values.percent(apr(received, instalment, offer.tenure_months)),
        "months": offer.tenure_months,
        "emi": values.rupees(instalment),
        "fee": values.rupees(offer.processing_fee + charges),
    }


def each_offer(offers: Sequence[Offer]) -> list[Alternative]:
    """One row an offer, in the backend's order: no ranking of ours."""
    return [Alternative(offer.offer_id, "one", figures(offer)) for offer in offers]


def _date_of_birth(reply: Reply) -> date:
    return date_of_birth(reply.text, today=reply.today)


def _purpose(reply: Reply) -> str:
    try:
        return reply.picked()
    except Invalid:
        words = clean(reply.text)
        if not 3 <= len(words) <= 80 or not any(letter.isalpha() for letter in words):
            raise
        return words


def _consent(reply: Reply) -> ConsentGiven | None:
    if reply.picked() == "disagree":
        return None
    return ConsentGiven(reply.values["wording"], reply.language, reply.now)


LANGUAGE = choice("language", "en", "hi")
INTENT = choice("intent", "loan", "support")
FULL_NAME = typed("full_name", str, full_name, example="Asha Patil")
DATE_OF_BIRTH = Question("date_of_birth", date, _date_of_birth, example="5 November 1987", others=("5 November 1937",))
BIRTH_SURE = choice("birth_sure", "yes", "no")
EMPLOYMENT = choice("employment", "salaried", "self_employed", "other")
MONTHLY_INCOME = typed("monthly_income", Decimal, lambda text: rupees(text, LEAST_INCOME, MOST_INCOME), example="45000")
PURPOSE = Question(
    "purpose",
    str,
    _purpose,
    ("home", "medical", "education", "wedding", "travel", "debt", "business", "other"),
    example="a harmonium",
)
CONSENT: Question[ConsentGiven | None] = Question("consent", ConsentGiven | None, _consent, ("agree", "disagree"))
SUMMARY = choice("summary", "right", "change")
CHANGE_WHICH = choice("change_which", "full_name", "date_of_birth", "employment", "monthly_income", "purpose")
OFFER = Question("offer", str, lambda reply: reply.picked(), lambda found: each_offer(found.offers))

Loan.questions = (
    LANGUAGE,
    INTENT,
    FULL_NAME,
    DATE_OF_BIRTH,
    BIRTH_SURE,
    EMPLOYMENT,
    MONTHLY_INCOME,
    PURPOSE,
    CONSENT,
    SUMMARY,
    CHANGE_WHICH,
    OFFER,
)
