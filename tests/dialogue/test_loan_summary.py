"""All answers at a glance; any one can be changed, then and later, and what depended on it is void by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dialogue.loan import (
    ASHA,
    TO_KYC,
    TO_THE_OFFERS,
    TO_THE_SUMMARY,
    applicants,
    applying,
    options,
    rupees,
)

CHANGES = [
    ("full_name", "Asha Deshpande", {"full_name": "Asha Deshpande"}, ["summary"]),
    ("date_of_birth", "6/11/1990", {"date_of_birth": "1990-11-06"}, ["born_understood", "summary"]),
    ("employment", "[self_employed]", {"employment": "self_employed"}, ["summary"]),
    ("monthly_income", "60k", {"monthly_income": "60000.00"}, ["income_understood", "summary"]),
    ("purpose", "a harmonium", {"purpose": "a harmonium"}, ["summary"]),
]


def test_shows_every_answer() -> None:
    world = applying(*TO_THE_SUMMARY)
    assert world.asked.values == {
        "full_name": "Asha Patil",
        "date_of_birth": {"day": "1990-11-05"},
        "employment": "salaried",
        "monthly_income": rupees("45000.00"),
        "purpose": "home",
        "total": 2,
    }


@pytest.mark.parametrize(("field", "line", "changed", "said"), CHANGES)
def test_each_answer_can_be_changed(field: str, line: str, changed: dict[str, Any], said: list[str]) -> None:
    """One question, then the summary again; nothing else is asked again."""
    world = applying(*TO_THE_SUMMARY)
    assert world.play("[change]", f"[{field}]", line) == [["change_which"], [field], said]
    assert world.types("all correct") == ["looking_for_offers", "offer"]
    assert applicants(world) == [{**ASHA, **changed}]


@pytest.mark.parametrize(("field", "line", "changed", "said"), CHANGES)
def test_each_answer_can_be_changed_in_words(field: str, line: str, changed: dict[str, Any], said: list[str]) -> None:
    called = {
        "full_name": "name",
        "date_of_birth": "जन्म तिथि बदलें",
        "employment": "Work",
        "monthly_income": "change salary",
        "purpose": "change reason",
    }
    world = applying(*TO_THE_SUMMARY)
    assert world.play("no", called[field], line, "yes")[1:3] == [[field], said]
    assert applicants(world) == [{**ASHA, **changed}]


@pytest.mark.parametrize(("field", "line", "changed", "said"), CHANGES)
def test_changed_after_an_offer_was_chosen_it_is_a_new_application(
    field: str, line: str, changed: dict[str, Any], said: list[str]
) -> None:
    """Other offers: the chosen one is void, without anybody having to say so."""
    world = applying(*TO_KYC)
    name = "work" if field == "employment" else field.replace("_", " ")
    assert world.play(f"change {name}", line, "[right]") == [[field], said, ["looking_for_offers", "offer"]]
    assert applicants(world) == [ASHA, {**ASHA, **changed}]
    assert world.waiting_for == "answer:offer"


def test_changed_to_the_same_it_is_the_same_application() -> None:
    """The offers are still there, and so is the choice."""
    world = applying(*TO_KYC)
    assert world.play("change name", "Asha Patil") == [["full_name"], ["please_wait"]]
    assert applicants(world) == [ASHA]
    assert world.waiting_for == "kyc"


def test_another_language_is_no_new_application() -> None:
    world = applying(*TO_KYC)
    world.play("hindi", "hi", "english")
    assert applicants(world) == [ASHA]
    assert world.waiting_for == "kyc"


def test_several_answers_one_after_the_other() -> None:
    world = applying(*TO_THE_SUMMARY)
    world.play("[change]", "[full_name]", "Ravi Patil")
    world.play("[change]", "[monthly_income]", "50000")
    assert world.play("[change]", "[full_name]", "Ravi Rao")[-1] == ["summary"]
    assert world.asked.values["full_name"] == "Ravi Rao"
    assert world.asked.values["monthly_income"] == rupees("50000.00")


def test_back_from_which_shows_the_summary_again() -> None:
    world = applying(*TO_THE_SUMMARY, "[change]")
    assert options(world) == ["full_name", "date_of_birth", "employment", "monthly_income", "purpose"]
    assert world.types("back") == ["summary"]


def test_back_from_the_summary_asks_for_consent_again() -> None:
    """It was the last answer."""
    assert applying(*TO_THE_SUMMARY).types("back") == ["consent"]


def test_back_from_the_offers_shows_the_summary_again() -> None:
    world = applying(*TO_THE_OFFERS)
    assert world.play("back", "[right]") == [["summary"], ["looking_for_offers", "offer"]]
    assert applicants(world) == [ASHA]


def test_a_field_can_be_changed_before_the_summary_is_reached() -> None:
    world = applying("hi", "[en]", "[loan]", "Asha Patil", "5 November 1990")
    assert world.play("change name", "Ravi Patil") == [["full_name"], ["employment"]]


def test_a_field_that_was_not_asked_yet_cannot_be_changed() -> None:
    world = applying("hi", "[en]", "[loan]", "Asha Patil")
    assert world.types("change income") == ["nothing_to_go_back_to", "date_of_birth"]


def test_wrong_answers_while_changing_keep_the_place() -> None:
    world = applying(*TO_THE_SUMMARY, "[change]", "[monthly_income]")
    assert world.play("lots", "60000") == [["amount_unreadable", "monthly_income"], ["income_understood", "summary"]]


def test_a_stale_tap_on_an_old_summary_is_not_taken() -> None:
    """What it showed is no longer what we have."""
    world = applying(*TO_THE_SUMMARY)
    old = world.shown
    world.play("[change]", "[full_name]", "Ravi Patil")
    assert world.taps("right", old) == ["one_at_a_time", "summary"]


def test_a_change_of_mind_in_the_middle_of_a_change() -> None:
    """Back while the name is asked again goes to the question before it."""
    world = applying(*TO_THE_SUMMARY, "[change]", "[purpose]")
    assert world.play("back", "60000", "[travel]") == [
        ["monthly_income"],
        ["income_understood", "purpose"],
        ["summary"],
    ]
