"""Everything that is said, with the longest values that are plausible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import journeys.loan
from dialogue import Alternative, Question, Said
from domain import values
from domain.lending import Charge, Offer, Offers
from journeys.loan import Loan, figures
from tests.texts.ftl import Texts, texts_of
from tests.texts.sources import asked_with, mentions
from texts import Catalogue

CATALOGUE = Catalogue("loan")
LANGUAGES = ("en", "hi")
REF = "0123456789ab"
STANDING = {"support": "+91 98000 00001 · support@flowless.example · 9 am to 9 pm"}

LONGEST_OFFER = Offer(
    offer_id="f00dfeedbeef-11",
    lender="Peepal Street Home Finance Ltd",
    amount=Decimal("9995000"),
    annual_rate=Decimal("24.25"),
    tenure_months=120,
    processing_fee=Decimal("149925.50"),
    valid_until=date(2026, 12, 1),
    charges=(Charge("GST on processing fee", Decimal("26986.59")),),
)
TYPICAL_OFFER = Offer(
    "f00dfeedbeef-1",
    "Chandrakor Capital",
    Decimal("540000"),
    Decimal("13.75"),
    36,
    Decimal("8100"),
    date(2026, 12, 1),
    (Charge("GST on processing fee", Decimal("1458")), Charge("Stamp duty", Decimal("200"))),
)

SELECTED: Mapping[str, tuple[str, ...]] = {
    "stage": ("", "language", "intent", "application", "offers", "kyc"),
    "how": ("too_young_or_old", "no_consent", "no_offers", "done"),
    "what": ("kyc", "decision", "fetch_offers", "record_consent", "backend", "operator", "another"),
    "reason": ("income_too_low_for_request", "recent_missed_payments", "none", "another"),
    "kind": (
        "image", "document", "audio", "video", "sticker", "location", "contacts", "order", "reaction", "unsupported",
        "other",
    ),
    "why": ("nothing_heard", "too_long", "secret", "down"),
    "employment": ("salaried", "self_employed", "other"),
    "purpose": (
        "home", "medical", "education", "wedding", "travel", "debt", "business", "other", "मेरी बहन की शादी " * 5,
    ),
    "wording": ("consent_wording_1",),
}  # fmt: skip
"""Values that texts choose by: each of them shows another text."""

SHOWN: Mapping[str, Any] = {
    "full_name": "Venkatanarasimharajuvaripeta Subrahmanya Chidambaram Ramaswamy",
    "date_of_birth": values.day(date(1987, 9, 30)),
    "born": values.day(date(1987, 9, 30)),
    "monthly_income": values.rupees(Decimal("9999999.99")),
    "income": values.rupees(Decimal("9999999.99")),
    "youngest": 21,
    "oldest": 60,
    "total": 11,
    "words": "मेरी बहन की शादी के लिए " * 12,
    "years": 120,
    "minutes": 10,
    "count": 11,
    "matches": 3,
    "most": 100,
    "least": 2,
    **figures(LONGEST_OFFER),
}
FIGURES = frozenset(figures(LONGEST_OFFER))
QUESTIONS: Mapping[str, Question[Any]] = {question.name: question for question in Loan.questions}


def questions_asked() -> Iterator[tuple[Question[Any], frozenset[str]]]:
    """Every question of the journey with the names of the values it is shown with."""
    for constant, passed in asked_with().items():
        question = getattr(journeys.loan, constant)
        yield question, passed | ({"total"} if question.options else set())


def menus() -> dict[str, tuple[str, ...]]:
    """The platform's menus with their options, in the order of their texts."""
    texts = texts_of("loan", "en")
    return {
        menu.pattern: tuple(
            option
            for key, option in texts.patterns
            if key == menu.pattern and any(_fits(option, pattern) for pattern in menu.options)
        )
        for menu in mentions()
        if menu.call == "put_menu"
    }


def values_passed(key: str) -> frozenset[str]:
    """The names of the values that are there wherever this text is said."""
    passed = [names for question, names in questions_asked() if question.name == key]
    passed += [mention.values for mention in mentions() if mention.names(key)]
    return frozenset.intersection(*map(_spread, passed)) if passed else frozenset()


def alternatives(key: str) -> tuple[Alternative, ...]:
    """The options of a question or menu."""
    if key in QUESTIONS:
        return QUESTIONS[key].alternatives(Offers("a1", "offers", offers=(LONGEST_OFFER,)))
    return tuple(Alternative(option) for option in menus().get(key, ()))


def everything_said(texts: Texts) -> Iterator[Said]:
    """Every text that the sources name, once for each value that it chooses by."""
    named = {key for key in texts.keys if any(mention.names(key) for mention in mentions())}
    for key in sorted(named | QUESTIONS.keys()):
        passed = values_passed(key)
        chosen: list[dict[str, Any]] = [{}]
        for name in sorted(passed & SELECTED.keys()):
            chosen = [{**one, name: value} for one in chosen for value in SELECTED[name]]
        shown = {name: _sample(key, name) for name in passed - SELECTED.keys()}
        options = alternatives(key)
        for one in chosen:
            yield Said(key, shown | one, REF if options else "", options)


def _sample(key: str, name: str) -> Any:
    if key.startswith("amount_"):
        return values.rupees(Decimal(10_000_000))
    return SHOWN[name]


def _spread(passed: frozenset[str]) -> frozenset[str]:
    return passed - {"**figures"} | FIGURES if "**figures" in passed else passed


def _fits(option: str, pattern: str) -> bool:
    start, star, _ = pattern.partition("*")
    return option == pattern or bool(star and option.startswith(start) and not option.endswith("_also"))
