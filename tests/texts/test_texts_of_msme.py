"""The msme bot says the same in both languages, with labels that can be tapped and examples that are taken."""

from __future__ import annotations

import re
from typing import Any

import pytest

from channels.limits import length
from channels.meta.limits import BUTTON_TITLE, LIST_OPENER, MOST_BUTTONS, ROW_TITLE
from dialogue import Question, Said
from dialogue.parsers import full_name, indian_mobile, pincode
from domain.onboarding import NumberFound
from journeys.msme import Msme
from tests.texts.ftl import file_texts, languages, texts_of
from texts import Catalogue

CATALOGUE = Catalogue("msme")
LANGUAGES = ("en", "hi")
REF = "0123456789ab"
VALUES = {
    "name": "Venkatanarasimharajuvaripeta Subrahmanya Chidambaram Ramaswamy",
    "sector": "food",
    "pincode": "396230",
    "district": "Dadra and Nagar Haveli / Daman",
    "state": "Dadra and Nagar Haveli and Daman and Diu",
    "phone": "+91 98450 12345",
    "own": "+91 98450 12345",
    "reason": "too_many",
}
EXAMPLE = {"en": r"[Ff]or example:? (.+)", "hi": r"जैसे:? (.+)"}


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    assert languages("msme") == list(LANGUAGES)
    english, hindi = file_texts("msme", "en"), file_texts("msme", "hi")
    assert english.patterns.keys() == hindi.patterns.keys()
    english, hindi = texts_of("msme", "en"), texts_of("msme", "hi")
    for text in english.patterns:
        assert english.mentions(*text).values == hindi.mentions(*text).values, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_said_in_the_bots_own_way_keeps_all_that_was_there(language: str) -> None:
    shared, own = file_texts("shared", language), file_texts("msme", language)
    for key in shared.keys & own.keys:
        assert shared.attributes(key) <= own.attributes(key), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", Msme.questions, ids=lambda question: question.name)
def test_what_is_tapped_fits_a_button_or_a_row(question: Question[Any], language: str) -> None:
    options = question.alternatives(NumberFound("+919845012345"))[:9]
    message = CATALOGUE.render(Said(question.name, VALUES, REF if options else "", options), language, support="")
    for option in getattr(message, "options", ()):
        assert 0 < length(option.label) <= (BUTTON_TITLE if len(options) <= MOST_BUTTONS else ROW_TITLE)
    assert length(getattr(message, "opener", "-")) <= LIST_OPENER


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_for_own_words_shows_an_answer_that_is_taken(language: str) -> None:
    for question, values, read in (
        ("full_name", {}, full_name),
        ("pincode", {}, pincode),
        ("phone", {"own": "none"}, indian_mobile),
    ):
        found = re.search(EXAMPLE[language], CATALOGUE.render(Said(question, values), language).body)
        assert found is not None
        assert read(found[1].strip(".।"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", ["wrong", "expired", "locked"])
def test_each_refusal_of_a_code_has_words_of_its_own(reason: str, language: str) -> None:
    said = {
        one: CATALOGUE.render(Said("code_refused", {"reason": one}), language).body
        for one in ("wrong", "expired", "locked")
    }
    assert len(set(said.values())) == len(said)
    assert said[reason]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_web_app_no_link_is_promised(language: str) -> None:
    for key in ("completed", "login_again"):
        without = CATALOGUE.render(Said(key, {"url": "none"}), language).body
        with_one = CATALOGUE.render(Said(key, {"url": "https://app.example/login?token=a_b_c"}), language).body
        assert "none" not in without
        assert "24" not in without
        assert "https://app.example/login?token=a_b_c" in with_one
