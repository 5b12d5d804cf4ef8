"""Offers: all that the lenders make, however many; none, declined, referred; a backend that is down for a day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.dialogue.loan import (
    ASHA,
    TO_KYC,
    TO_THE_OFFERS,
    TO_THE_SUMMARY,
    Bank,
    applicants,
    applying,
    last,
    offer,
    options,
    rupees,
)


@pytest.mark.parametrize("count", [1, 3, 4, 10])
def test_all_are_shown_in_the_backends_order(count: int) -> None:
    world = applying(*TO_THE_OFFERS, bank=Bank(count))
    assert options(world) == [f"offer-{number}" for number in range(1, count + 1)]
    assert world.asked.values["total"] == count


def test_eleven_are_two_pages() -> None:
    world = applying(*TO_THE_OFFERS, bank=Bank(11))
    assert options(world) == [*(f"offer-{number}" for number in range(1, 10)), "page_1"]
    assert world.types("More") == ["offer"]
    assert options(world) == ["offer-10", "offer-11", "page_0"]
    assert world.asked.first == 10
    assert world.asked.values["total"] == 11


@pytest.mark.parametrize("words", ["11", "[offer-11]", "lender k finance", "Lender K"])
def test_the_eleventh_can_be_chosen_from_the_first_page(words: str) -> None:
    world = applying(*TO_THE_OFFERS, bank=Bank(11))
    assert world.line(words) == ["offer_chosen", "kyc_later"]
    assert last(world, "offer_chosen")["lender"] == "Lender K Finance"


def test_each_is_shown_with_all_its_figures() -> None:
    """The APR counts the fee and every charge; the instalment is that of the field's convention."""
    world = applying(*TO_THE_OFFERS)
    assert world.asked.alternatives[0].values == {
        "lender": "Lender A Finance",
        "amount": rupees("100000.00"),
        "rate": {"percent": "13.75"},
        "apr": {"percent": "15.01"},
        "months": 36,
        "emi": rupees("3405.63"),
        "fee": rupees("1770.00"),
    }


def test_the_one_chosen_is_read_back() -> None:
    world = applying(*TO_KYC)
    assert last(world, "offer_chosen") == dict(world.put[-1].alternatives[0].values)


@pytest.mark.parametrize("words", ["nothing", "12", "0", "Lender", "[offer-99]"])
def test_what_is_none_of_them_keeps_the_place(words: str) -> None:
    world = applying(*TO_THE_OFFERS)
    assert world.line(words)[-1] == "offer"
    assert world.waiting_for == "answer:offer"


@pytest.mark.parametrize("reason", ["income_too_low_for_request", "recent_missed_payments"])
def test_declined_says_why_and_ends(reason: str) -> None:
    bank = Bank(0, "declined", (reason, "another"))
    world = applying(*TO_THE_SUMMARY, bank=bank)
    assert world.taps("right") == ["looking_for_offers", "no_offers"]
    assert last(world, "no_offers") == {"reason": reason}
    assert world.ended == "no_offers"


def test_no_offers_without_a_reason_end_too() -> None:
    world = applying(*TO_THE_SUMMARY, bank=Bank(0))
    assert world.taps("right") == ["looking_for_offers", "no_offers"]
    assert last(world, "no_offers") == {"reason": "none"}


def test_after_a_rejection_a_greeting_begins_a_new_application() -> None:
    bank = Bank(0, "declined")
    world = applying(*TO_THE_OFFERS, bank=bank)
    bank.offers, bank.decision = 2, "offers"
    assert world.play("well?", "hi") == [["ended"], ["language"]]
    assert world.play(*TO_KYC[1:])[-1] == ["offer_chosen", "kyc_later"]
    assert len(world.done("fetch_offers")) == 2


class TestReferred:
    def test_is_told_and_waited_for(self) -> None:
        world = applying(*TO_THE_SUMMARY, bank=Bank(0, "referred"))
        assert world.taps("right") == ["looking_for_offers", "referred"]
        assert world.waiting_for == "decision"
        assert world.passes(hours=500) == []
        assert world.types("and now?") == ["please_wait"]
        assert last(world, "please_wait") == {"what": "decision"}

    def test_is_waited_for_by_its_application(self) -> None:
        """The decision on an old application is not that on the new one."""
        bank = Bank(0, "referred")
        world = applying(*TO_THE_OFFERS, bank=bank)
        world.play("change income", "60000", "[right]")
        assert world.told("decision:application-1", "rejected") == []
        assert world.told("decision:application-2", "rejected") == ["no_offers"]

    def test_and_then_rejected_ends(self) -> None:
        world = applying(*TO_THE_OFFERS, bank=Bank(0, "referred", ("manual_review_needed",)))
        assert world.told("decision:application-1", "rejected") == ["no_offers"]
        assert world.ended == "no_offers"

    def test_with_offers_lets_choose_when_the_decision_is_there(self) -> None:
        world = applying(*TO_THE_OFFERS, bank=Bank(2, "referred"))
        assert world.told("decision:application-1", "approved") == ["offer"]

    def test_told_before_anybody_waits_is_there_when_they_do(self) -> None:
        world = applying(*TO_THE_SUMMARY, bank=Bank(2, "referred"))
        world.told("decision:application-1", "approved")
        assert world.taps("right") == ["looking_for_offers", "referred", "offer"]


class TestTheBackendIsDown:
    def test_for_a_day_is_told_once_and_goes_on_by_itself(self) -> None:
        world = applying(*TO_THE_SUMMARY)
        world.down = {"fetch_offers"}
        assert world.taps("right") == ["looking_for_offers", "backend_down"]
        assert last(world, "backend_down") == {"what": "fetch_offers"}
        assert world.passes(hours=24) == []
        assert world.waiting_for == "backend"
        world.down = set()
        assert world.passes(hours=1)[0] == "offer"
        assert applicants(world) == [ASHA]

    def test_meanwhile_it_answers(self) -> None:
        world = applying(*TO_THE_SUMMARY)
        world.down = {"fetch_offers"}
        assert world.play("[right]", "and now?", "hi", "help")[1:] == [
            ["please_wait"],
            ["where_we_are", "please_wait"],
            ["help", "please_wait"],
        ]
        assert last(world, "please_wait") == {"what": "backend"}

    def test_meanwhile_an_answer_may_be_changed(self) -> None:
        world = applying(*TO_THE_SUMMARY)
        world.down = {"fetch_offers"}
        world.play("[right]", "change income", "60000")
        world.down = set()
        assert world.types("yes") == ["looking_for_offers", "offer"]
        assert applicants(world) == [{**ASHA, "monthly_income": "60000.00"}]

    def test_an_operators_retry_tries_at_once(self) -> None:
        world = applying(*TO_THE_SUMMARY)
        world.down = {"fetch_offers"}
        world.play("[right]", "+10")
        world.down = set()
        assert world.retried() == ["offer"]

    def test_an_answer_for_another_applicant_comes_late(self) -> None:
        """It is kept for who comes back to it, and chosen by nobody else."""
        world = applying(*TO_THE_SUMMARY)
        world.slow = {"fetch_offers"}
        world.play("[right]", "change income", "60000", "[right]")
        assert world.finishes("fetch_offers") == []
        assert world.waiting_for == "work:fetch_offers"
        assert world.finishes("fetch_offers") == ["offer"]

    def test_a_refusal_is_an_operators(self) -> None:
        """Our request was wrong: the person can do nothing about it."""
        world = applying(*TO_THE_SUMMARY)
        world.refusing = {"fetch_offers": "invalid_consent"}
        assert world.taps("right") == ["looking_for_offers", "we_look_at_it"]
        assert world.waiting_for == "operator"
        world.refusing = {}
        assert world.play("restart", "[restart_yes]", *TO_KYC[1:])[-1] == ["offer_chosen", "kyc_later"]


def test_forty_changes_of_mind_over_eleven_offers_leave_the_state_small() -> None:
    """Under 64 kB, as `promises` sees to at every event."""
    world = applying(*TO_THE_OFFERS, bank=Bank(11))
    for thousands in range(50, 90):
        world.play("change income", f"{thousands}000", "[right]", "[offer-3]")
    assert world.waiting_for == "kyc"
    assert len(applicants(world)) == 41


@pytest.mark.parametrize(
    "figures",
    [
        {"annual_rate": "0.00", "processing_fee": "0.00", "charges": [], "tenure_months": 12},
        {"annual_rate": "0.00", "processing_fee": "0.00", "charges": [], "tenure_months": 36},
        {"annual_rate": "36.00", "tenure_months": 1},
    ],
)
def test_an_unusual_offer_is_shown_like_any_other(figures: dict[str, object]) -> None:
    """Nothing asks for interest, and one month is a tenure."""
    bank = Bank(1)
    bank.fetch_offers = lambda wanted: {  # type: ignore[method-assign]
        "application_id": "a",
        "decision": "offers",
        "offers": [offer(1, **figures)],
    }
    world = applying(*TO_THE_OFFERS, bank=bank)
    assert options(world) == ["offer-1"]
    assert not world.trouble
    assert Decimal(world.asked.alternatives[0].values["apr"]["percent"]) >= 0
