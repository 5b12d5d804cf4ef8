"""Each field of the application: what is taken, what is not, and what is said then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dialogue.loan import (
    ASHA,
    TO_THE_BIRTH,
    TO_THE_CONSENT,
    TO_THE_INCOME,
    TO_THE_NAME,
    TO_THE_PURPOSE,
    TO_THE_SUMMARY,
    TO_THE_WORK,
    applying,
    last,
)

LONG = "word " * 819
"""4,096 characters, as many as WhatsApp lets one type"""


def answered(question: str, journal: dict[str, Any]) -> Any:
    """What the journal holds for a question."""
    return next(value for key, value in journal.items() if key.startswith(f"0/ask:{question}"))


@pytest.mark.parametrize(
    ("text", "reason", "values"),
    [
        ("A", "name_too_short", {"least": 2}),
        ("Asha 2", "name_has_digits", {}),
        ("Asha <3", "name_has_digits", {}),
        ("see www.example.com", "name_has_link", {}),
        ("Asha & Ravi", "name_has_symbols", {}),
        ("A" * 101, "name_too_long", {"most": 100}),
        (LONG, "name_too_long", {"most": 100}),
        ("🙂🙂", "name_too_short", {"least": 2}),
        ("\u200b\u200b", "name_too_short", {"least": 2}),
    ],
)
def test_a_name_that_is_none(text: str, reason: str, values: dict[str, Any]) -> None:
    world = applying(*TO_THE_NAME)
    assert world.types(text) == [reason, "full_name"]
    assert last(world, reason) == values


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("asha d'souza", "Asha D'Souza"),
        ("  Asha   Patil ", "Asha Patil"),
        ("मेरा नाम आशा पाटिल है", "आशा पाटिल"),
        ("Dr. A. P. J. Abdul Kalam", "Dr. A. P. J. Abdul Kalam"),
        ("محمد علي", "محمد علي"),
        ("Asha\u200b Patil 🙂", "Asha Patil"),
        ("Ng", "Ng"),
    ],
)
def test_a_name_that_is_one(text: str, name: str) -> None:
    world = applying(*TO_THE_NAME)
    assert world.types(text) == ["date_of_birth"]
    assert answered("full_name", world.state.journal) == name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "date_unreadable"),
        ("31/02/1990", "date_impossible"),
        ("11/25/1990", "date_impossible"),
        ("November 1990", "date_day_missing"),
        ("5 November", "date_year_missing"),
        ("5/11/2030", "date_in_future"),
        ("5/11/1850", "date_too_long_ago"),
        ("36", "date_unreadable"),
        (LONG, "date_unreadable"),
    ],
)
def test_a_date_of_birth_that_is_none(text: str, reason: str) -> None:
    assert applying(*TO_THE_BIRTH).types(text) == [reason, "date_of_birth"]


@pytest.mark.parametrize("text", ["05/11/1990", "5-11-90", "5th Nov 1990", "५ नवंबर १९९०", "05111990", "1990-11-05"])
def test_a_date_of_birth_as_people_type_it(text: str) -> None:
    world = applying(*TO_THE_BIRTH)
    assert world.types(text) == ["born_understood", "employment"]
    assert last(world, "born_understood") == {"born": {"day": "1990-11-05"}}


@pytest.mark.parametrize(
    ("text", "reason"), [("pirate", "pick_one"), ("7", "pick_one"), ("", "pick_one"), (LONG, "pick_one")]
)
def test_work_that_is_not_on_the_list(text: str, reason: str) -> None:
    world = applying(*TO_THE_WORK)
    assert world.types(text) == [reason, "employment"]
    assert last(world, reason) == {"count": 3}


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("1", "salaried"),
        ("Salaried", "salaried"),
        ("naukri", "salaried"),
        ("self-employed", "self_employed"),
        ("b", "self_employed"),
        ("अपना काम", "self_employed"),
        ("३", "other"),
        ("I am retired", "other"),
    ],
)
def test_work_as_people_say_it(text: str, work: str) -> None:
    world = applying(*TO_THE_WORK)
    assert world.types(text) == ["monthly_income"]
    assert answered("employment", world.state.journal) == work


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a lot", "amount_unreadable"),
        ("-45000", "amount_negative"),
        ("6 lakh per year", "amount_other_period"),
        ("40-50k", "amount_is_range"),
        ("45000 or 50000", "amount_several"),
        ("45", "amount_too_small"),
        ("99 crore", "amount_too_large"),
        ("0", "amount_too_small"),
        (LONG, "amount_unreadable"),
    ],
)
def test_an_income_that_is_none(text: str, reason: str) -> None:
    assert applying(*TO_THE_INCOME).types(text) == [reason, "monthly_income"]


@pytest.mark.parametrize("text", ["45000", "₹45,000", "45k", "0.45 lakh", "४५०००", "forty five thousand", "45 hazaar"])
def test_an_income_as_people_type_it(text: str) -> None:
    world = applying(*TO_THE_INCOME)
    assert world.types(text) == ["income_understood", "purpose"]
    assert last(world, "income_understood") == {"income": {"rupees": "45000.00"}}


@pytest.mark.parametrize("text", ["x", "12345678901", "!!", LONG, "\u202e\u200b"])
def test_a_purpose_that_is_none(text: str) -> None:
    assert applying(*TO_THE_PURPOSE).types(text) == ["pick_one", "purpose"]


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("4", "wedding"),
        ("my sister's wedding", "wedding"),
        ("इलाज", "medical"),
        ("a second-hand harmonium", "a second-hand harmonium"),
        ("  कुआँ   खुदवाना  ", "कुआँ खुदवाना"),
        ("a harmonium\ud83d", "a harmonium"),
        ("a\u200b harmonium\x00", "a harmonium"),
    ],
)
def test_a_purpose_from_the_list_or_in_ones_own_words(text: str, purpose: str) -> None:
    """What cannot be seen, or cannot be stored, is not a part of the words."""
    world = applying(*TO_THE_PURPOSE)
    assert world.types(text) == ["consent"]
    assert answered("purpose", world.state.journal) == purpose
    world.state.dump().encode()
    assert world.play("[agree]", "[right]")[-1] == ["looking_for_offers", "offer"]


@pytest.mark.parametrize("text", ["maybe", "3", LONG])
def test_a_consent_that_is_none(text: str) -> None:
    """Neither yes nor no is neither."""
    world = applying(*TO_THE_CONSENT)
    assert world.types(text) == ["pick_one", "consent"]
    assert world.done("record_consent") == []


@pytest.mark.parametrize("text", ["maybe", "3", "45000"])
def test_a_summary_that_is_neither_right_nor_wrong(text: str) -> None:
    world = applying(*TO_THE_SUMMARY)
    assert world.types(text) == ["pick_one", "summary"]
    assert world.done("fetch_offers") == []


def test_three_wrong_incomes_offer_a_way_out_and_keep_all_answers() -> None:
    world = applying(*TO_THE_INCOME)
    assert world.play("much", "more", "most", "[resume]", "45000", "[home]", "[agree]", "[right]")[2:5] == [
        ["amount_unreadable", "three_wrong"],
        ["monthly_income"],
        ["income_understood", "purpose"],
    ]
    assert world.done("fetch_offers")[0]["applicant"] == ASHA
