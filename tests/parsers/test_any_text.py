"""Whatever is typed, a parser answers with a value or with Invalid, quickly, and tells nobody what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogue.parsers import (
    Invalid,
    Label,
    country,
    date_of_birth,
    dollars,
    email_address,
    full_name,
    pick,
    rupees,
    yes_or_no,
)
from dialogue.parsers.calendar_words import AROUND, MONTHS, RELATIVE
from dialogue.parsers.number_words import ENGLISH, FRACTIONS, HINDI, LEADING

OPTIONS = [
    Label("salaried", ("Salaried", "नौकरीपेशा")),
    Label("self", ("Self-employed", "12 months")),
    Label("no", ("No", "नहीं")),
]
PARSERS: dict[str, Callable[[str], object]] = {
    "name": full_name,
    "date": lambda text: date_of_birth(text, today=date(2026, 11, 21)),
    "amount": lambda text: rupees(text, Decimal(0), Decimal(10) ** 30),
    "choice": lambda text: pick(text, OPTIONS),
    "yes or no": yes_or_no,
    "budget": lambda text: dollars(text, Decimal(0), Decimal(10) ** 30),
    "email": email_address,
    "country": country,
}

AROUND_AMOUNTS = """
    k l cr lakh hazar thousand crore hundred sau to se or ya and above minus per annum p.m. p.a. rs
    ₹ /- - – + % ½ . , ( ) : / '
"""
AROUND_BUDGETS = "$ usd dollars m mil grand up to at least € rupees 250k"
AROUND_PLACES = "@ . com asha@example.com mailto: my email is uae new delhi or , in"
AROUND_ANSWERS = "yes no haan not 👍 👎 salaried option no. ad st th my name is मेरा नाम"
WORDS = sorted(
    {
        *MONTHS,
        *AROUND,
        *RELATIVE,
        *ENGLISH,
        *HINDI,
        *FRACTIONS,
        *LEADING,
        *AROUND_AMOUNTS.split(),
        *AROUND_BUDGETS.split(),
        *AROUND_PLACES.split(),
        *AROUND_ANSWERS.split(),
    }
)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 10**12).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.sampled_from(["1,20,000", "०५", "11", "1987", "87", "0", "9" * 60, "٤٥", "²", "½", "１２"]),
    st.text(st.characters(exclude_categories=()), max_size=3),
)
SENTENCES = st.lists(PIECES, max_size=8).flatmap(
    lambda pieces: st.sampled_from(["", " ", "/", "-", ", "]).map(lambda between: between.join(pieces))
)
ANY_TEXT = st.one_of(st.text(st.characters(exclude_categories=()), max_size=200), SENTENCES)


@pytest.mark.parametrize("parser", PARSERS)
@settings(deadline=None, max_examples=400)
@given(text=ANY_TEXT)
@example("\ud800")
@example("\x00")
@example("९" * 4300)
@example("9" * 4301)
@example("1" + "0" * 110)
@example("0." + "0" * 100 + "1")
@example("²/³/¹⁹⁸⁷")
@example("5 AD 0 1987 x")
@example("\u0915\u094d" * 2048)
@example("İstanbul ǅ ŉ ﬃ")
def test_no_text_raises_anything_but_invalid(parser: str, text: str) -> None:
    refused = None
    try:
        PARSERS[parser](text)
    except Invalid as invalid:
        refused = invalid
    assert refused is None or (refused.reason and refused.__cause__ is None)


@pytest.mark.parametrize("parser", PARSERS)
def test_a_refusal_does_not_repeat_what_was_typed(parser: str) -> None:
    secret = "Zqxjkv 31/02/1987 Wfpgb"
    with pytest.raises(Invalid) as refused:
        PARSERS[parser](secret)
    told = repr(refused.value) + repr(refused.value.values)
    assert not any(part in told for part in secret.split())
