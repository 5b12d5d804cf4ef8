"""Every text renders in both languages with the longest values that are plausible, and fits what WhatsApp shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.limits import OPTION_ID, is_blank, length
from channels.meta import ButtonsMessage, ListMessage, fit, render
from channels.meta.limits import (
    BUTTON_TITLE,
    BUTTONS_BODY,
    LIST_OPENER,
    MOST_BUTTONS,
    ROW_DESCRIPTION,
    ROW_TITLE,
    TEXT_BODY,
)
from dialogue import Alternative, Said
from domain.messages import Choice, Message, Text
from journeys.loan import each_offer
from tests.texts.ftl import texts_of
from tests.texts.samples import (
    CATALOGUE,
    LANGUAGES,
    LONGEST_OFFER,
    REF,
    STANDING,
    TYPICAL_OFFER,
    everything_said,
)

SAID = [(said, language) for language in LANGUAGES for said in everything_said(texts_of("loan", language))]


def rendered(said: Said, language: str) -> Message:
    return CATALOGUE.render(said, language, **STANDING)


@pytest.mark.parametrize(("said", "language"), SAID, ids=[f"{language}-{said.key}" for said, language in SAID])
@pytest.mark.parametrize("support", [STANDING["support"], ""], ids=["support", "no-support"])
def test_every_text_fits(said: Said, language: str, support: str) -> None:
    """What is tapped is neither cut nor turned into numbered text, and goes out in one message."""
    message = CATALOGUE.render(said, language, support=support)
    assert message.body == message.body.strip()
    assert not is_blank(message.body)
    assert "{" not in message.body
    assert "none" not in message.body
    assert "\n\n\n" not in message.body
    if isinstance(message, Text):
        assert length(message.body) <= TEXT_BODY
        return
    buttons = len(message.options) <= MOST_BUTTONS and not any(option.description for option in message.options)
    for option in message.options:
        assert 0 < length(option.label) <= (BUTTON_TITLE if buttons else ROW_TITLE)
        assert "\n" not in option.label + option.description
        assert length(option.description) <= ROW_DESCRIPTION
        assert length(option.id) <= OPTION_ID
    assert 0 < length(message.opener) <= LIST_OPENER
    assert length(message.body) <= BUTTONS_BODY
    (only,) = fit(message)
    assert isinstance(render(only), ButtonsMessage if buttons else ListMessage)


@pytest.mark.parametrize("language", LANGUAGES)
class TestOffers:
    def test_a_full_page_of_offers_is_one_list(self, language: str) -> None:
        """Nine lines with every figure are within the body of one message."""
        offers = each_offer([replace(TYPICAL_OFFER, offer_id=f"o{at}", tenure_months=24 + at) for at in range(9)])
        page = rendered(Said("offer", {"total": 11}, REF, (*offers, Alternative("page_1", "more"))), language)
        (only,) = fit(page)
        assert isinstance(render(only), ListMessage)

    def test_offers_of_one_amount_and_tenure_can_still_be_tapped(self, language: str) -> None:
        """Rows that read alike get their numbers as titles, with label and description together below."""
        one = replace(LONGEST_OFFER, offer_id="a", lender="Peepal Street Home Finance")
        offers = each_offer([one, replace(one, offer_id="b", lender="Chandrakor Capital")])
        page = rendered(Said("offer", {"total": 2}, REF, tuple(offers)), language)
        assert isinstance(page, Choice)
        graph = render(fit(page)[-1])
        assert isinstance(graph, ListMessage)
        assert [row.title for row in graph.rows] == ["1", "2"]

    def test_rows_that_turn_the_page_fit(self, language: str) -> None:
        for turn in (Alternative("page_1", "more"), Alternative("page_0", "from_the_start")):
            page = rendered(Said("offer", {"total": 11}, REF, (*each_offer([LONGEST_OFFER]), turn)), language)
            assert isinstance(page, Choice)
            assert 0 < length(page.options[-1].label) <= ROW_TITLE
