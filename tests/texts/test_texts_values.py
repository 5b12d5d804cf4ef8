"""Values are written by CLDR, in both languages; a person's own words stay as they were typed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from dialogue import Alternative, Said
from domain import values
from tests.texts.samples import CATALOGUE, LANGUAGES, SHOWN, STANDING
from texts import MissingText, TextError, UnwritableValue
from texts.writing import LONGEST

OPTIONS = (Alternative("right"), Alternative("change"))
# How a bridge to another messenger reads WhatsApp's bold.
BOLD = re.compile(r"(?:(?<=[\s>_~])|^)\*(.+?)\*(?=[^a-zA-Z\d]|$)", re.MULTILINE)


def income(amount: str, language: str) -> str:
    return CATALOGUE.render(Said("income_understood", {"income": {"rupees": amount}}), language).body


def birth(day: date, language: str) -> str:
    return CATALOGUE.render(Said("born_understood", {"born": values.day(day)}), language).body


def summary(**changed: Any) -> str:
    shown = {name: SHOWN[name] for name in ("full_name", "date_of_birth", "monthly_income")}
    said = Said("summary", {**shown, "employment": "other", "purpose": "other", **changed}, "ref", OPTIONS)
    return CATALOGUE.render(said, "en", **STANDING).body


class TestAmounts:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("amount", "shown"),
        [
            ("45000", "₹45,000"),
            ("45000.00", "₹45,000"),
            ("45000.5", "₹45,000.50"),
            ("123456789", "₹12,34,56,789"),
            ("100000", "₹1,00,000"),
            ("0", "₹0"),
            ("1E+5", "₹1,00,000"),
            ("99.995", "₹100"),
        ],
    )
    def test_rupees_are_grouped_as_in_india(self, amount: str, shown: str, language: str) -> None:
        """Whole rupees have no decimals, others two."""
        assert re.findall(r"₹[\d,.]*\d", income(amount, language)) == [shown]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_rate_has_two_decimals_at_most(self, language: str) -> None:
        for rate, shown in (("12.50", "12.5%"), ("14", "14%"), ("14.255", "14.26%"), ("9.99", "9.99%")):
            offer = {**SHOWN, "rate": values.percent(Decimal(rate))}
            body = CATALOGUE.render(Said("offer_chosen", offer), language).body
            assert re.findall(r"[\d.]+%", body)[0] == shown

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_cldr_has_latin_digits_for_both_languages(self, language: str) -> None:
        """Were this to change, so would what people read."""
        assert Locale(language, "IN").default_numbering_system == "latn"

    @given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(LANGUAGES))
    def test_an_amount_is_read_as_it_was_meant(self, amount: Decimal, language: str) -> None:
        (shown,) = re.findall(r"₹([\d,.]*\d)", income(str(amount), language))
        assert Decimal(shown.replace(",", "")) == amount

    def test_a_whole_number_is_written_as_it_is(self) -> None:
        """Months and years are no amounts: nothing groups them."""
        body = CATALOGUE.render(Said("date_too_long_ago", {"years": 1200}), "en").body
        assert "1200 years" in body


class TestDays:
    def test_a_day_is_written_out_in_each_language(self) -> None:
        assert birth(date(1987, 11, 5), "en").endswith("5 November 1987")
        assert birth(date(1987, 11, 5), "hi").endswith("5 नवंबर 1987")

    @given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(LANGUAGES))
    def test_two_days_never_read_alike(self, day: date, language: str) -> None:
        assert birth(day, language) != birth(day + timedelta(days=1), language)


class TestOwnWords:
    @pytest.mark.parametrize(
        "words", ["*home*", "_x_ and ~y~", "```loud```", "a *b", "`", "* a * b *", "**", "_*both*_"]
    )
    def test_signs_in_a_persons_words_format_nothing(self, words: str) -> None:
        """Only our own headings are bold, and the words are still there to be read and copied."""
        body = summary(purpose=words, full_name="Asha *Ji* Patil")
        assert BOLD.findall(body) == BOLD.findall(summary())
        assert body.replace("\u200c", "").endswith(words.strip())

    @pytest.mark.parametrize(
        "words", ["snake_case", "2*3=6", "https://example.org/_a_?b=*c*", "O’Neill-D'Souza", "घर_का_काम"]
    )
    def test_words_that_format_nothing_are_not_touched(self, words: str) -> None:
        assert summary(purpose=words).endswith(words)

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=80))
    @example("self_employed")
    @example("घर*क्*")
    @example("{ $purpose }")
    def test_any_words_are_said_as_they_were_typed(self, words: str) -> None:
        """A joiner may be added, and nothing else: no part of them is taken for a command of the texts."""
        body = summary(full_name=words)
        line = body.splitlines()[2].removeprefix("• *Name:* ")
        assert line.replace("\u200c", "") == words.replace("\u200c", "")

    def test_an_option_is_shown_by_its_label_and_own_words_as_they_are(self) -> None:
        assert "Self-employed" in summary(employment="self_employed")
        assert "my _sister's_ wedding" in summary(purpose="my _sister's_ wedding").replace("\u200c", "")

    def test_a_support_contact_is_never_changed(self) -> None:
        """It must be there to be copied."""
        body = CATALOGUE.render(Said("help"), "en", support="_help_@flowless.example").body
        assert "_help_@flowless.example" in body


class TestMissing:
    def test_a_value_that_was_not_passed_is_an_error_that_names_it(self) -> None:
        with pytest.raises(MissingText, match=r"loan, hi, income_understood: the value \$income is missing") as raised:
            CATALOGUE.render(Said("income_understood"), "hi", **STANDING)
        missing = raised.value
        assert (missing.bot, missing.language, missing.key, missing.value) == (
            "loan",
            "hi",
            "income_understood",
            "income",
        )

    def test_none_is_a_missing_value(self) -> None:
        with pytest.raises(MissingText) as raised:
            CATALOGUE.render(Said("income_understood", {"income": None}), "en")
        assert raised.value.value == "income"

    def test_a_label_without_its_value_is_an_error(self) -> None:
        said = Said("offer", {"total": 1}, "ref", (Alternative("o1", "one", {"months": 12}),))
        with pytest.raises(MissingText) as raised:
            CATALOGUE.render(said, "en")
        assert (raised.value.key, raised.value.value) == ("offer.one", "amount")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_text_or_a_label_that_is_not_there_is_an_error(self, language: str) -> None:
        for said, key in (
            (Said("no_such_text"), "no_such_text"),
            (Said("intent", {}, "ref", (Alternative("gift"),)), "intent.gift"),
            (Said("offer", {"total": 11}, "ref", (Alternative("page_1", "no_such_page"),)), "no_such_page"),
        ):
            with pytest.raises(MissingText) as raised:
                CATALOGUE.render(said, language)
            assert raised.value.key == key

    def test_a_language_that_the_bot_does_not_speak_is_an_error(self) -> None:
        """Never another language instead."""
        with pytest.raises(MissingText, match="no such language"):
            CATALOGUE.render(Said("nudge"), "ta")

    @pytest.mark.parametrize(
        "value",
        [
            1.5, True, [], {}, {"rupees": "1", "percent": "1"}, {"euros": "1"}, {"rupees": "much"}, {"rupees": None},
            {"percent": []}, {"rupees": "NaN"}, {"day": "05/11/1987"}, {"day": 5}, "x" * (LONGEST + 1),
        ],
    )  # fmt: skip
    def test_a_value_of_no_known_kind_is_an_error_that_does_not_hold_it(self, value: Any) -> None:
        with pytest.raises(UnwritableValue) as raised:
            CATALOGUE.render(Said("income_understood", {"income": value}), "en")
        for secret in ("much", "05/11/1987", "xxx"):
            assert secret not in str(raised.value)
        assert "income_understood" in str(raised.value)
        assert isinstance(raised.value, TextError)
