"""Every language says the same things, everything that is said has its text, and no text is left over."""

from __future__ import annotations

from itertools import combinations

import pytest

from dialogue import Words
from journeys.loan import CONSENT_WORDING
from tests.texts.ftl import STANDING, Texts, file_texts, languages, texts_of
from tests.texts.samples import CATALOGUE, FIGURES, LANGUAGES, QUESTIONS, alternatives, menus, values_passed
from tests.texts.sources import alternatives_named, mentions

OF_AN_OPTION = ("", "_also", "_detail", "_line")
OF_A_QUESTION = {"name", "name_also", "opener"}
WITH_EVERY_LIST = {"opener"}


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> Texts:
    return texts_of("loan", request.param)


class TestLanguages:
    @pytest.mark.parametrize("folder", ["shared", "loan"])
    def test_every_file_says_the_same_things_with_the_same_values(self, folder: str) -> None:
        """A translator can neither forget a text nor lose a value; a language more is a file more."""
        assert languages(folder) == list(LANGUAGES)
        for one, other in combinations(languages(folder), 2):
            left, right = file_texts(folder, one), file_texts(folder, other)
            assert left.patterns.keys() == right.patterns.keys()
        for one, other in combinations(languages(folder), 2):
            left, right = texts_of("loan", one), texts_of("loan", other)
            for text in left.patterns:
                assert left.mentions(*text).values == right.mentions(*text).values, text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_text_said_in_the_bots_own_way_keeps_all_that_was_there(self, language: str) -> None:
        """A menu that a bot says anew has all its labels still."""
        shared, own = file_texts("shared", language), file_texts("loan", language)
        for key in shared.keys & own.keys:
            assert shared.attributes(key) <= own.attributes(key), key

    def test_every_language_offers_every_language(self) -> None:
        """Whoever cannot read this one finds their own."""
        assert set(menus()["which_language"]) == {f"language_{code}" for code in CATALOGUE.languages}
        assert QUESTIONS["language"].options == CATALOGUE.languages


class TestSources:
    def test_every_key_that_the_sources_say_has_a_text(self, texts: Texts) -> None:
        """Nobody learns in a conversation that a text was forgotten."""
        for mention in mentions():
            assert any(mention.names(key) for key in texts.keys), mention
        for command in ("agent", "support"):
            assert f"no_{command}_yet" in texts.keys
        assert texts.keys >= QUESTIONS.keys()

    def test_every_option_has_a_label(self, texts: Texts) -> None:
        for name in QUESTIONS:
            assert texts.attributes(name) >= {option.label for option in alternatives(name)}, name
        for ids, label in alternatives_named():
            assert label in (texts.keys if ids == "page_*" else texts.attributes("offer")), label
        for menu in mentions():
            for option in menu.options:
                assert any(one.startswith(option.rstrip("*")) for one in texts.attributes(menu.pattern)), option

    def test_no_text_is_left_over(self, texts: Texts) -> None:
        said = {key for key in texts.keys if any(mention.names(key) for mention in mentions())}
        pages = {label for ids, label in alternatives_named() if ids == "page_*"}
        wordings = {key for key in texts.keys if key.startswith("consent_wording_")}
        assert texts.keys == said | pages | wordings | QUESTIONS.keys() | texts.referred_to() | WITH_EVERY_LIST

    def test_no_attribute_is_left_over(self, texts: Texts) -> None:
        for key in texts.keys:
            options = set(menus().get(key, ()))
            if key in QUESTIONS:
                options = {option.label for option in alternatives(key)}
            assert not options & OF_A_QUESTION, "an option of that name would have no label of its own"
            of_options = {f"{option}{suffix}" for option in options for suffix in OF_AN_OPTION}
            assert texts.attributes(key) <= of_options | (OF_A_QUESTION if options or key in QUESTIONS else set()), key

    def test_no_text_asks_for_a_value_that_is_not_passed(self, texts: Texts) -> None:
        """What is passed at one place and not at another is not there to be shown."""
        referred = texts.referred_to()
        for key in texts.keys - referred:
            assert texts.mentions(key).values <= values_passed(key) | STANDING, key
            for attribute in texts.attributes(key):
                passed = FIGURES if key == "offer" else frozenset()
                assert texts.mentions(key, attribute).values <= passed | STANDING, (key, attribute)

    def test_the_consent_question_holds_the_wording_that_is_recorded(self, texts: Texts) -> None:
        """Who agrees has read what the register says they agreed to."""
        assert (CONSENT_WORDING, "") in texts.mentions("consent").texts
        assert texts.mentions(CONSENT_WORDING).values <= STANDING

    def test_a_catalogue_is_what_journeys_take_their_words_from(self) -> None:
        words: Words = CATALOGUE
        assert words.names("monthly_income")
