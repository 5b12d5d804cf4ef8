"""What people are told to write is understood; what they can tap, they can type; a wording stays what it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from dialogue.commands import LANGUAGES as CALLED
from dialogue.commands import WORDS, Command, command_in
from dialogue.parsers import (
    Invalid,
    Label,
    country,
    date_of_birth,
    dollars,
    email_address,
    fold,
    full_name,
    indian_mobile,
    one_time_code,
    pick,
    pincode,
    rupees,
    yes_or_no,
)
from domain.said import Said
from journeys.loan import CONSENT_WORDING
from tests.texts.ftl import texts_of
from tests.texts.samples import (
    CATALOGUE,
    LANGUAGES,
    QUESTIONS,
    STANDING,
    alternatives,
    everything_said,
    menus,
)
from tests.texts.sources import mentions

PARSERS: dict[str, Callable[[str], Any]] = {
    "date_": lambda text: date_of_birth(text, today=date(2026, 11, 21)),
    "name_": full_name,
    "full_name": full_name,
    "amount_": lambda text: rupees(text, Decimal(1_000), Decimal(10_000_000)),
    "monthly_income": lambda text: rupees(text, Decimal(1_000), Decimal(10_000_000)),
    "pick_": lambda text: pick(text, [Label("a", ["Tea"]), Label("b", ["Coffee"])]),
    "yes_or_no": yes_or_no,
    "budget_": lambda text: dollars(text, Decimal(1_000), Decimal(10_000_000)),
    "email_": email_address,
    "country_": country,
    "pincode_": pincode,
    "phone_": indian_mobile,
    "code_": one_time_code,
}
"""How a text's key starts -> what reads the examples in it."""
EXAMPLES = {"en": r"[Ff]or example:? (.+)", "hi": r"जैसे:? (.+)"}
BOLD_WORD = re.compile(r"\*([^*\n:]+)\*")
REFUSALS = sorted({mention.pattern for mention in mentions() if mention.call == "Invalid"})

TAKEN_BY_MENUS = {
    ("resume", "resume"),
    ("restart", "restart"),
    ("restart", "restart_yes"),
    ("language", "language"),
    ("agent", "agent"),
    ("help", "help"),
    ("stop", "pause"),  # never reached: whoever writes stop is heard before any menu is
}
"""(command, option that its words may pick): the option does what the command does."""
TAKEN_BY_ONE_MENU = {
    "menu": {("start", "restart")},  # which asks first
    "restart_sure": {("start", "restart_yes")},
    "welcome_back": {("start", "resume")},
    "three_wrong": {("start", "resume")},
    "which_language": {("greet", "language_hi")},  # "hi" is how Hindi begins
}

RECORDED = {
    ("consent_wording_1", "en"): "e36bd0b4a65b9674",
    ("consent_wording_1", "hi"): "c88ccc3154f0709a",
}
"""Digests of wordings that people agreed to."""


def body(key: str, language: str) -> str:
    said = next(said for said in everything_said(texts_of("loan", language)) if said.key == key)
    return CATALOGUE.render(said, language, **STANDING).body


def examples_in(text: str, language: str) -> list[str]:
    found = re.search(EXAMPLES[language], text)
    if found is None:
        return [word for word in BOLD_WORD.findall(text)]
    return [one.strip("*.।") for one in re.split(r", | or | या ", found[1])]


def labels_of(key: str) -> list[Label]:
    return [Label(one.id, CATALOGUE.labels(key, one)) for one in alternatives(key)]


def questions_called() -> dict[str, str]:
    return {fold(name): question for question in QUESTIONS for name in CATALOGUE.names(question)}


WITH_OPTIONS = sorted(key for key in {*QUESTIONS, *menus()} if alternatives(key))


@pytest.mark.parametrize("language", LANGUAGES)
class TestWhatToWrite:
    @pytest.mark.parametrize("reason", REFUSALS)
    def test_a_wrong_answer_is_told_what_would_be_right(self, reason: str, language: str) -> None:
        """The examples are answers that are taken."""
        read = next(parser for start, parser in PARSERS.items() if reason.startswith(start))
        examples = examples_in(body(reason, language), language)
        assert examples
        for example in examples:
            read(example)

    @pytest.mark.parametrize("question", ["full_name", "date_of_birth", "monthly_income"])
    def test_a_question_for_own_words_shows_an_answer_that_is_taken(self, question: str, language: str) -> None:
        read = next(parser for start, parser in PARSERS.items() if question.startswith(start))
        examples = examples_in(body(question, language), language)
        assert examples
        for example in examples:
            read(example)

    def test_every_word_that_one_is_told_to_write_is_a_command(self, language: str) -> None:
        """A bold word is one to write: it is understood, in the language it is written in."""
        found = set()
        for said in everything_said(texts_of("loan", language)):
            if said.key not in REFUSALS:
                found |= set(BOLD_WORD.findall(CATALOGUE.render(said, language, **STANDING).body))
        assert found
        for word in found:
            assert command_in(word, LANGUAGES, questions_called()) is not None, word

    def test_help_lists_the_commands_of_its_language(self, language: str) -> None:
        listed = re.findall(r"• \*(.+?)\*", body("help", language))
        understood = {getattr(command_in(word, LANGUAGES, questions_called()), "name", None) for word in listed}
        assert understood == {"back", "change", "menu", "greet", "restart", "language", "agent", "stop"}

    def test_help_names_the_support_contact(self, language: str) -> None:
        for key in ("help", "no_agent_yet", "no_support_yet", "too_late", "consent"):
            assert STANDING["support"] in body(key, language)


class TestWhatToType:
    @pytest.mark.parametrize("key", WITH_OPTIONS)
    def test_every_label_and_synonym_picks_its_option(self, key: str) -> None:
        """Whatever is read on a button can be typed, in either language."""
        labels = labels_of(key)
        for label in labels:
            assert label.names
            for name in label.names:
                assert pick(name, labels) == label.id, name

    @pytest.mark.parametrize("key", sorted(QUESTIONS))
    def test_no_option_of_a_question_takes_a_command_away(self, key: str) -> None:
        """Except the language question, where a language's name is an answer."""
        words = {fold(word) for group in WORDS.values() for word in group}
        names = {fold(name) for label in labels_of(key) for name in label.names}
        assert not words & names
        languages = {fold(word) for group in CALLED.values() for word in group}
        assert not languages & names or key == "language"

    @pytest.mark.parametrize("menu", sorted(menus()))
    def test_a_command_typed_at_a_menu_picks_nothing_that_loses_answers_by_mistake(self, menu: str) -> None:
        """To start over, one must say so: "start" alone goes on, unless starting over is what was just asked."""
        labels = labels_of(menu)
        for command, words in WORDS.items():
            for word in words:
                try:
                    picked = pick(word, labels)
                except Invalid:
                    continue  # it does what the command does
                assert (command, picked) in TAKEN_BY_MENUS | TAKEN_BY_ONE_MENU.get(menu, set()), word

    @pytest.mark.parametrize("question", sorted(name for name in QUESTIONS if CATALOGUE.names(name)))
    def test_an_answer_can_be_changed_by_each_name_of_its_question(self, question: str) -> None:
        for name in CATALOGUE.names(question):
            for words in (f"change {name}", f"{name} बदलें"):
                if command_in(words, LANGUAGES, {}) is None:
                    assert command_in(words, LANGUAGES, questions_called()) == Command("change", question), words

    def test_what_the_summary_shows_can_be_changed_by_the_name_it_has_there(self) -> None:
        for language in LANGUAGES:
            for name in re.findall(r"\*(.+?):\*", body("summary", language)):
                assert fold(name) in questions_called(), name

    def test_yes_and_no_answer_what_is_a_yes_or_no_question(self) -> None:
        for key, yes, no in (
            ("birth_sure", "yes", "no"),
            ("consent", "agree", "disagree"),
            ("summary", "right", "change"),
            ("restart_sure", "restart_yes", "resume"),
        ):
            for word in ("yes", "haan ji", "हाँ", "👍"):
                assert pick(word, labels_of(key)) == yes
            for word in ("no", "nahi", "जी नहीं", "👎"):
                assert pick(word, labels_of(key)) == no


class TestWording:
    @pytest.mark.parametrize(("wording", "language"), RECORDED)
    def test_a_wording_that_was_agreed_to_is_never_edited(self, wording: str, language: str) -> None:
        """The register knows it by this name. Write the next wording as a text of its own, and add its digest here."""
        shown = CATALOGUE.render(Said(wording), language, support="SUPPORT").body
        assert sha256(shown.encode()).hexdigest()[:16] == RECORDED[wording, language]

    def test_every_wording_has_its_digest(self) -> None:
        assert (CONSENT_WORDING, "en") in RECORDED
        wordings = {key for key in texts_of("loan", "en").keys if key.startswith("consent_wording_")}
        assert RECORDED.keys() == {(wording, language) for wording in wordings for language in LANGUAGES}

    @pytest.mark.parametrize(
        ("language", "parts"),
        [
            (
                "en",
                [
                    "name",
                    "date of birth",
                    "work",
                    "income",
                    "purpose",
                    "credit report",
                    "withdraw",
                    "Data Protection Board",
                ],
            ),
            ("hi", ["नाम", "जन्म तिथि", "काम", "आमदनी", "लोन का कारण", "क्रेडिट रिपोर्ट", "वापस", "Data Protection Board"]),
        ],
    )
    def test_consent_is_itemised(self, language: str, parts: list[str]) -> None:
        """What is used, for what, how long, and how to take it back (DPDP Rules 2025, notice)."""
        consent = body("consent", language)
        for part in parts:
            assert part in consent
        assert consent.count("• *") == 5
