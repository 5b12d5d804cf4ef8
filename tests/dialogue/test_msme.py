"""The msme bot's story: five answers, a one-time code, a login link."""

from __future__ import annotations

import pytest

from journeys.msme import MOST_CODES
from tests.dialogue.msme import (
    OWN,
    TO_THE_CODE,
    TO_THE_END,
    TO_THE_PHONE,
    TO_THE_PINCODE,
    TO_THE_SUMMARY,
    TOLD,
    Office,
    onboarding,
)


def test_from_the_first_word_to_the_login_link() -> None:
    world = onboarding()
    assert world.play(*TO_THE_END) == [
        ["language"],
        ["full_name"],
        ["sector"],
        ["pincode"],
        ["place_is", "phone"],
        ["summary"],
        ["code"],
        ["completed"],
    ]
    assert world.done("keep_onboarding") == [TOLD]
    assert world.done("request_code") == [
        {"phone_number": OWN, "name": "Asha Patil", "sector": "textile", "pincode": "560001"}
    ]
    assert world.state.stage == "completed"


def test_the_code_is_in_the_vault_and_nowhere_else() -> None:
    world = onboarding(*TO_THE_END)
    [check] = world.done("verify_code")
    assert check == {"request_id": "request-1", "phone_number": OWN, "code": {"ref": "code-1"}}
    assert world.vault == {"code-1": "123456"}
    assert "123456" not in world.raw


def test_each_step_is_a_stage_of_its_own() -> None:
    world, stages = onboarding(), []
    for line in TO_THE_END:
        world.line(line)
        stages.append(world.state.stage)
    assert stages == ["language", "name", "sector", "pincode", "phone", "confirmation", "code", "completed"]


@pytest.mark.parametrize("said", ["[same]", "same number", "this number", "यही नंबर", "yahi number", "yes", "haan", "1"])
def test_the_number_one_writes_from_can_be_named_without_typing_it(said: str) -> None:
    world = onboarding(*TO_THE_PHONE, said)
    assert world.asked.values["phone"] == "+91 98450 12345"


def test_without_a_known_number_there_is_none_to_choose() -> None:
    world = onboarding(*TO_THE_PHONE, office=Office(own=""))
    assert world.asked.alternatives == ()
    assert world.line("same number") == ["phone_digits", "phone"]
    assert world.line("98450 54321") == ["summary"]


def test_a_pincode_that_no_directory_has_is_taken_when_it_is_said_to_be_right() -> None:
    world = onboarding(*TO_THE_PINCODE)
    assert world.play("999999", "[no]", "999999", "[yes]", "[same]", "[right]") == [
        ["pincode_sure"],
        ["pincode"],
        ["pincode_sure"],
        ["phone"],
        ["summary"],
        ["code"],
    ]
    assert world.done("keep_onboarding") == [{**TOLD, "pincode": "999999", "district": "", "state": ""}]


@pytest.mark.parametrize("answer", ["full_name", "sector", "pincode", "phone"])
def test_one_answer_is_changed_and_no_other_asked_again(answer: str) -> None:
    new = {"full_name": "Ravi", "sector": "food", "pincode": "400001", "phone": "98450 54321"}[answer]
    world = onboarding(*TO_THE_SUMMARY)
    assert world.play("[change]", f"[{answer}]")[-1] == [answer]
    assert world.line(new)[-1] == "summary"
    assert world.line("[right]") == ["code"]


def test_with_other_answers_another_code_is_sent() -> None:
    """The auth API is told what was confirmed."""
    world = onboarding(*TO_THE_CODE)
    assert world.play("change sector", "food", "[right]")[-1] == ["code"]
    assert [wanted["sector"] for wanted in world.done("request_code")] == ["textile", "food"]


def test_a_code_is_checked_for_the_request_that_was_sent_last() -> None:
    world = onboarding(*TO_THE_CODE)
    world.refusing["verify_code"] = "wrong"
    assert world.play("111111", "[resend]", "222222") == [
        ["code_refused", "code"],
        ["new_code", "code"],
        ["code_refused", "code"],
    ]
    del world.refusing["verify_code"]
    assert world.line("333333") == ["completed"]
    assert [check["request_id"] for check in world.done("verify_code")][-1] == "request-2"


def test_going_back_neither_sends_another_code_nor_forgets_the_newest() -> None:
    world = onboarding(*TO_THE_CODE, "[resend]")
    assert world.play("back", "[right]", "123456") == [["summary"], ["code"], ["completed"]]
    assert len(world.done("request_code")) == 2
    assert [check["request_id"] for check in world.done("verify_code")] == ["request-2"]


def test_going_back_from_a_wrong_code_leads_to_the_summary() -> None:
    world = onboarding(*TO_THE_CODE)
    world.refusing["verify_code"] = "wrong"
    world.play("111111", "222222")
    assert world.line("back") == ["summary"]


@pytest.mark.parametrize("reason", ["too_many", "locked"])
def test_while_no_code_can_be_sent_the_person_says_when_to_try_again(reason: str) -> None:
    world = onboarding(*TO_THE_SUMMARY)
    world.refusing["request_code"] = reason
    assert world.play("[right]", "[again]", "[again]") == [["no_code"], ["no_code"], ["no_code"]]
    assert world.asked.values["reason"] == reason
    world.refusing.clear()
    assert world.line("[again]") == ["code"]


def test_a_number_that_no_code_goes_to_is_asked_for_again_and_may_be_given_again() -> None:
    world = onboarding(*TO_THE_SUMMARY)
    world.refusing["request_code"] = "bad_number"
    assert world.line("[right]") == ["number_refused", "phone"]
    assert world.line("[same]") == ["number_refused", "phone"]
    world.refusing.clear()
    assert world.line("[same]") == ["code"]


def test_a_code_that_is_asked_for_again_and_again_costs_nothing() -> None:
    world = onboarding(*TO_THE_CODE)
    world.refusing["request_code"] = "too_many"
    world.line("[resend]")
    size = len(world.raw)
    for _ in range(300):
        assert world.line("[resend]") == ["no_new_code", "code"]
    assert len(world.raw) < size + 500
    assert world.line("123456") == ["completed"]


def test_after_many_codes_the_number_is_looked_at_once_more() -> None:
    world = onboarding(*TO_THE_CODE)
    world.refusing["verify_code"] = "locked"
    for _ in range(MOST_CODES - 1):
        assert world.line("111111") == ["code_refused", "code"]
    assert world.line("111111") == ["code_refused", "many_codes", "phone"]
    world.refusing.clear()
    assert world.play("[same]", "123456") == [["code"], ["completed"]]


def test_what_was_verified_is_not_undone() -> None:
    world = onboarding(*TO_THE_END)
    for words in ("back", "change sector", "change phone"):
        assert world.line(words)[0] == "too_late", words
    assert len(world.done("verify_code")) == 1


def test_restart_asks_nothing_and_begins_afresh() -> None:
    world = onboarding(*TO_THE_CODE)
    assert world.line("restart") == ["language"]
    assert world.play(*TO_THE_END[1:])[-1] == ["completed"]


def test_an_outage_is_told_once_and_the_code_comes_when_it_is_over() -> None:
    world = onboarding(*TO_THE_SUMMARY)
    world.down.add("request_code")
    assert world.line("[right]") == ["backend_down"]
    assert world.passes(hours=3) == []
    world.down.clear()
    assert world.passes(hours=1) == ["code"]


def test_who_comes_back_gets_a_link_again() -> None:
    world = onboarding(*TO_THE_END)
    assert world.line("hi")[-1] == "login_again"
    assert world.line("thanks")[-1] == "login_again"
    assert len(world.done("make_login_link")) == 3
