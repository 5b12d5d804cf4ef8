"""The loan bot's story: from the first word to a chosen offer, and the wait for identity verification."""

from __future__ import annotations

import pytest

from tests.dialogue.loan import (
    ASHA,
    TO_KYC,
    TO_THE_CONSENT,
    TO_THE_INCOME,
    TO_THE_NAME,
    applicants,
    applying,
    last,
    options,
)


def test_from_the_first_word_to_a_chosen_offer_by_taps() -> None:
    world = applying()
    assert world.play(*TO_KYC) == [
        ["language"],
        ["intent"],
        ["full_name"],
        ["date_of_birth"],
        ["born_understood", "employment"],
        ["monthly_income"],
        ["income_understood", "purpose"],
        ["consent"],
        ["summary"],
        ["looking_for_offers", "offer"],
        ["offer_chosen", "kyc_later"],
    ]
    assert applicants(world) == [ASHA]
    assert world.waiting_for == "kyc"


def test_the_same_in_words() -> None:
    """Whoever types what they read gets as far as who taps."""
    world = applying()
    said = world.play(
        "hello", "English", "get a loan", "my name is asha patil", "05/11/1990", "I am salaried", "₹45,000 per month",
        "home and repairs", "yes, i agree", "all correct", "2",
    )  # fmt: skip
    assert said[-1] == ["offer_chosen", "kyc_later"]
    assert applicants(world) == [ASHA]
    assert last(world, "offer_chosen")["lender"] == "Lender B Finance"


def test_the_same_in_hindi() -> None:
    world = applying()
    said = world.play(
        "नमस्ते", "हिन्दी", "लोन चाहिए", "आशा पाटिल", "५ नवंबर १९९०", "नौकरी", "४५ हज़ार", "घर और मरम्मत",
        "हाँ, मैं सहमत हूँ", "सब सही है", "३",
    )  # fmt: skip
    assert said[-1] == ["offer_chosen", "kyc_later"]
    assert applicants(world) == [{**ASHA, "full_name": "आशा पाटिल"}]
    assert world.done("fetch_offers")[0]["language"] == "hi"
    assert world.state.language == "hi"


def test_what_was_understood_is_read_back() -> None:
    world = applying()
    world.play(*TO_KYC)
    assert last(world, "born_understood") == {"born": {"day": "1990-11-05"}}
    assert last(world, "income_understood") == {"income": {"rupees": "45000.00"}}


def test_the_stages_follow_each_other() -> None:
    world = applying()
    stages = []
    for line in TO_KYC:
        world.line(line)
        stages.append(world.state.stage)
    assert list(dict.fromkeys(stages)) == ["language", "intent", "application", "offers", "kyc"]


def test_a_greeting_tells_the_stage() -> None:
    world = applying(*TO_THE_INCOME)
    assert world.types("hi") == ["where_we_are", "monthly_income"]
    assert last(world, "where_we_are") == {"stage": "application"}


class TestLanguage:
    def test_is_asked_first_and_greetings_do_not_answer_it(self) -> None:
        """The code of Hindi is a greeting too: here it greets."""
        world = applying("hi")
        assert world.types("hi") == ["where_we_are", "language"]
        assert world.types("नमस्ते") == ["where_we_are", "language"]
        assert world.state.language == "en"

    @pytest.mark.parametrize("words", ["हिन्दी", "हिंदी", "hindi", "2", "[hi]", "hindi please"])
    def test_hindi_is_hindi_however_it_is_said(self, words: str) -> None:
        world = applying("hello", words)
        assert world.state.language == "hi"
        assert world.asked.key == "intent"

    @pytest.mark.parametrize("words", ["English", "english", "1", "[en]", "eng", "अंग्रेज़ी"])
    def test_english_is_english(self, words: str) -> None:
        world = applying("hello", words)
        assert world.state.language == "en"
        assert world.asked.key == "intent"

    def test_switched_in_mid_question_asks_it_again_in_the_new_one(self) -> None:
        world = applying(*TO_THE_INCOME)
        assert world.types("भाषा हिंदी") == ["language_is", "monthly_income"]
        assert world.decision.language == "hi"
        assert world.types("४५०००") == ["income_understood", "purpose"]

    def test_switched_later_holds_against_the_first_answer(self) -> None:
        world = applying(*TO_THE_INCOME, "hindi", "45000")
        assert world.state.language == "hi"


class TestIntent:
    def test_support_is_told_the_truth_and_asks_again(self) -> None:
        world = applying("hi", "[en]")
        assert world.play("[support]", "[support]", "[loan]") == [
            ["no_support_yet", "intent"],
            ["no_support_yet", "intent"],
            ["full_name"],
        ]

    def test_a_person_is_told_the_truth_and_keeps_the_place(self) -> None:
        world = applying(*TO_THE_INCOME)
        assert world.types("talk to a person") == ["no_agent_yet", "monthly_income"]
        assert world.types("45000") == ["income_understood", "purpose"]

    def test_back_from_the_name_asks_it_again(self) -> None:
        assert applying(*TO_THE_NAME).types("back") == ["intent"]


class TestKyc:
    def test_keeps_the_place_without_a_deadline_and_without_a_nudge(self) -> None:
        world = applying(*TO_KYC)
        assert world.wake_at is None
        assert world.passes(hours=10_000) == []
        assert world.waiting_for == "kyc"

    def test_says_what_it_waits_for(self) -> None:
        world = applying(*TO_KYC)
        assert world.types("and now?") == ["please_wait"]
        assert last(world, "please_wait") == {"what": "kyc"}
        assert world.types("hi") == ["where_we_are", "please_wait"]
        assert last(world, "where_we_are") == {"stage": "kyc"}

    def test_is_no_success_that_nobody_had(self) -> None:
        """Nothing is verified, disbursed or ended by waiting."""
        world = applying(*TO_KYC)
        world.play("yes", "ok", "+1000", "done")
        assert not world.ended
        assert {effect for effect, _ in world.calls} == {"record_consent", "fetch_offers"}

    def test_back_chooses_another_offer(self) -> None:
        world = applying(*TO_KYC)
        assert world.play("back", "[offer-2]") == [["offer"], ["offer_chosen", "kyc_later"]]
        assert len(world.done("fetch_offers")) == 1

    def test_the_menu_helps_and_loses_nothing(self) -> None:
        world = applying(*TO_KYC)
        assert world.play("menu", "[resume]") == [["menu"], ["please_wait"]]
        assert world.play("help") == [["help", "please_wait"]]


def test_back_through_the_whole_application() -> None:
    """To the language, one answer at a time; and forward again by the same answers."""
    world = applying(*TO_THE_CONSENT)
    asked = [said[-1] for said in world.play(*["back"] * 8)]
    assert asked == [
        "purpose",
        "monthly_income",
        "employment",
        "date_of_birth",
        "full_name",
        "intent",
        "language",
        "language",
    ]
    assert world.play(*TO_THE_CONSENT[1:])[-1] == ["consent"]


def test_restart_in_the_middle_begins_with_the_language_and_makes_a_new_application() -> None:
    world = applying(*TO_KYC)
    said = world.play("restart", "[restart_yes]", *TO_KYC[1:])
    assert said[:2] == [["restart_sure"], ["language"]]
    assert said[-1] == ["offer_chosen", "kyc_later"]
    assert len(world.done("fetch_offers")) == 2
    assert len(world.done("record_consent")) == 2


def test_silence_nudges_parks_and_goes_on() -> None:
    world = applying(*TO_THE_INCOME)
    assert world.play("+1", "+30", "hi", "[resume]", "45000") == [
        ["nudge", "monthly_income"],
        [],
        ["welcome_back"],
        ["monthly_income"],
        ["income_understood", "purpose"],
    ]


def test_a_double_tap_and_a_stale_tap_change_nothing() -> None:
    world = applying(*TO_THE_INCOME)
    work = world.ref_of("employment")
    assert world.taps("salaried", work) == ["one_at_a_time", "monthly_income"]
    assert world.taps("other", work) == ["one_at_a_time", "monthly_income"]
    world.play("45000", "[home]", "[agree]", "[right]")
    assert applicants(world) == [ASHA]


@pytest.mark.parametrize("kind", ["image", "audio", "document"])
def test_what_no_question_wants_keeps_the_place(kind: str) -> None:
    world = applying(*TO_THE_INCOME)
    assert world.attaches(kind) == ["cannot_use", "monthly_income"]


def test_the_menu_offers_another_language() -> None:
    world = applying(*TO_THE_INCOME)
    world.types("menu")
    assert options(world) == ["resume", "restart", "language", "support", "agent"]
    assert world.play("change language", "हिन्दी") == [["which_language"], ["language_is", "monthly_income"]]
