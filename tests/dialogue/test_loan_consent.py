"""Consent to the credit check: recorded once with wording, language and time; without it there is no application."""

from __future__ import annotations

import pytest

from tests.dialogue.loan import (
    TO_KYC,
    TO_THE_CONSENT,
    TO_THE_OFFERS,
    TO_THE_PURPOSE,
    TO_THE_SUMMARY,
    applying,
)


def test_is_recorded_with_its_wording_language_and_time() -> None:
    world = applying(*TO_THE_CONSENT)
    world.passes(minutes=10)
    given_at = world.now
    world.types("yes, I agree")
    assert world.done("record_consent") == [{"wording": "consent_wording_1", "language": "en", "at": given_at}]


def test_is_recorded_in_the_language_it_was_given_in() -> None:
    """The one in which the wording was read last."""
    world = applying(*TO_THE_CONSENT, "हिंदी", "हाँ")
    assert [given["language"] for given in world.done("record_consent")] == ["hi"]


@pytest.mark.parametrize("yes", ["yes", "I agree", "1", "👍", "हाँ जी", "सहमत हूँ", "ok", "[agree]"])
def test_yes_is_yes(yes: str) -> None:
    assert applying(*TO_THE_CONSENT).line(yes) == ["summary"]


@pytest.mark.parametrize("no", ["no", "I do not agree", "2", "👎", "नहीं", "रहने दीजिए", "[disagree]"])
def test_no_is_no(no: str) -> None:
    world = applying(*TO_THE_CONSENT)
    assert world.line(no) == ["why_consent", "consent"]
    assert world.done("record_consent") == []


def test_declined_once_is_explained_and_asked_once_more() -> None:
    world = applying(*TO_THE_CONSENT)
    assert world.play("[disagree]", "[agree]") == [["why_consent", "consent"], ["summary"]]
    assert len(world.done("record_consent")) == 1


def test_declined_twice_ends_the_application_and_nothing_was_checked() -> None:
    world = applying(*TO_THE_CONSENT)
    assert world.play("[disagree]", "[disagree]") == [["why_consent", "consent"], ["no_consent"]]
    assert world.ended == "no_consent"
    assert world.calls == []
    assert world.passes(hours=1000) == []


def test_declined_in_words_and_then_by_tap() -> None:
    assert applying(*TO_THE_CONSENT).play("no", "[disagree]")[-1] == ["no_consent"]


def test_a_greeting_after_that_begins_anew() -> None:
    world = applying(*TO_THE_CONSENT, "no", "no")
    assert world.play("well?", "hi") == [["ended"], ["language"]]
    assert world.play(*TO_THE_SUMMARY[1:])[-1] == ["summary"]


def test_back_between_two_noes_gives_no_more_of_them() -> None:
    world = applying(*TO_THE_CONSENT, "[disagree]", "back")
    assert world.play("[home]", "[disagree]") == [["consent"], ["no_consent"]]


def test_a_tap_on_the_first_no_again_is_no_second_no() -> None:
    world = applying(*TO_THE_CONSENT)
    first = world.shown
    world.taps("disagree", first)
    assert world.taps("disagree", first) == ["one_at_a_time", "consent"]
    assert not world.ended


def test_is_recorded_once_whatever_is_changed_afterwards() -> None:
    world = applying(*TO_THE_SUMMARY)
    world.play(
        "change income", "50000", "[change]", "[purpose]", "[travel]", "[right]", "[offer-1]", "back", "[offer-2]"
    )
    assert len(world.done("record_consent")) == 1


def test_taken_back_by_back_and_given_again_is_recorded_again() -> None:
    """The register is append-only: two times yes are two entries."""
    world = applying(*TO_THE_SUMMARY)
    assert world.play("back", "[agree]") == [["consent"], ["summary"]]
    assert len(world.done("record_consent")) == 2


def test_given_again_makes_a_new_application() -> None:
    """Another consent, other offers, another choice."""
    world = applying(*TO_KYC)
    assert world.play("change consent", "[agree]") == [["consent"], ["looking_for_offers", "offer"]]
    references = [wanted["consent"]["reference"] for wanted in world.done("fetch_offers")]
    assert references == ["consent-1", "consent-2"]


def test_the_register_is_down() -> None:
    """Nothing is checked before the consent is on record."""
    world = applying(*TO_THE_CONSENT)
    world.down = {"record_consent"}
    assert world.play("[agree]", "and now?") == [["backend_down"], ["please_wait"]]
    assert world.waiting_for == "backend"
    assert world.done("fetch_offers") == []
    world.down = set()
    assert world.passes(minutes=5) == ["summary"]
    assert len(world.done("record_consent")) == 1


def test_the_time_of_consent_is_when_it_was_given_not_when_it_was_recorded() -> None:
    world = applying(*TO_THE_CONSENT)
    world.down = {"record_consent"}
    given_at = world.now
    world.play("[agree]", "+5")
    world.down = set()
    world.passes(hours=1)
    assert [given["at"] for given in world.done("record_consent")] == [given_at]


def test_going_back_while_it_is_recorded_asks_it_again() -> None:
    world = applying(*TO_THE_CONSENT)
    world.slow = {"record_consent"}
    assert world.play("[agree]", "back") == [[], ["consent"]]
    assert world.finishes("record_consent") == []
    world.slow = set()
    assert world.types("yes") == ["summary"]


def test_is_asked_before_the_summary_and_after_every_answer() -> None:
    world = applying(*TO_THE_PURPOSE)
    assert world.play("[home]", "[agree]") == [["consent"], ["summary"]]


def test_offers_are_asked_for_with_the_consent_on_record() -> None:
    world = applying(*TO_THE_OFFERS)
    assert world.done("fetch_offers")[0]["consent"] == {
        "reference": "consent-1",
        "wording": "consent_wording_1",
        "at": "2026-11-16T04:30:00+00:00",
    }
