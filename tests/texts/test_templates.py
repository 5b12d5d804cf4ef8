"""Templates: what may be said in a closed window, in every language of its bot, as the provider allows it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from dialogue.commands import command_in
from domain.messages import Template
from domain.said import Said
from domain.values import rupees
from texts import BrokenCatalogue, Catalogue, MissingText
from texts.catalogue import FOLDER
from texts.templates import Registered, registered

ALL = registered(FOLDER)
EACH = pytest.mark.parametrize("template", ALL, ids=[f"{one.name}-{one.language}" for one in ALL])


@EACH
def test_it_is_there_in_every_language_of_its_bot(template: Registered) -> None:
    languages = {one.language for one in ALL if (one.bot, one.name) == (template.bot, template.name)}
    assert languages == set(Catalogue(template.bot).languages)


@EACH
def test_it_stands_for_texts_that_there_are(template: Registered) -> None:
    source = (FOLDER / template.bot / f"{template.language}.ftl").read_text()
    for key in template.instead_of:
        assert re.search(rf"^{key} =", source, re.MULTILINE), f"there is no text {key}"


@EACH
def test_the_provider_would_take_it(template: Registered) -> None:
    """Meta, message templates: lengths; no variable first, last, or next to another."""
    assert 1 <= len(template.body) <= 1024
    assert not re.match(r"\s*\{\{", template.body)
    assert not re.search(r"\}\}\W*$", template.body)
    assert not re.search(r"\}\}\s*\{\{", template.body)
    assert re.fullmatch(r"[a-z0-9_]{1,512}", template.name)
    assert template.category in ("UTILITY", "MARKETING", "AUTHENTICATION")
    assert all(1 <= len(button["text"]) <= 25 for button in template.buttons)


@EACH
def test_a_tap_on_it_goes_on_where_we_were(template: Registered) -> None:
    """Its quick reply comes back as its words, and those are a command that puts the question again."""
    for button in template.buttons:
        command = command_in(button["text"], ("en", "hi"), {})
        assert command is not None
        assert command.name == "resume"


def test_a_text_has_its_template_in_the_language_it_is_said_in() -> None:
    catalogue = Catalogue("loan")
    assert catalogue.template(Said("offer"), "hi") == Template("loan_offers_ready", "hi")
    assert catalogue.template(Said("offer"), "en") == Template("loan_offers_ready", "en")
    assert catalogue.template(Said("welcome"), "en") is None


TOML = """
[[template]]
bot = "shop"
name = "paid"
language = "{language}"
category = "UTILITY"
for = ["receipt"]
body = "We got {{{{amount}}}} from {{{{who}}}}, thank you."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bot of two languages with one template."""
    for place in ("shop", "shared"):
        (tmp_path / place).mkdir()
        for language in ("en", "hi"):
            (tmp_path / place / f"{language}.ftl").write_text(
                "opener = Open\n" if place == "shared" else "receipt = Paid\n"
            )
    (tmp_path / "templates.toml").write_text(TOML.format(language="en") + TOML.format(language="hi"))
    return tmp_path


def test_its_values_are_written_as_texts_write_them(folder: Path) -> None:
    said = Said("receipt", {"amount": rupees(Decimal(525000)), "who": "Asha"})
    assert Catalogue("shop", folder).template(said, "en") == Template(
        "paid", "en", {"amount": "₹5,25,000", "who": "Asha"}
    )


def test_a_value_that_is_missing_is_named(folder: Path) -> None:
    with pytest.raises(MissingText, match=r"\$who"):
        Catalogue("shop", folder).template(Said("receipt", {"amount": 5}), "en")


def test_a_template_with_a_field_that_nobody_reads_is_refused(folder: Path) -> None:
    (folder / "templates.toml").write_text(TOML.format(language="en") + 'colour = "red"\n')
    with pytest.raises(BrokenCatalogue, match="colour"):
        Catalogue("shop", folder)


def test_a_template_without_its_words_is_refused(folder: Path) -> None:
    (folder / "templates.toml").write_text('[[template]]\nbot = "shop"\nname = "paid"\n')
    with pytest.raises(BrokenCatalogue, match="language"):
        Catalogue("shop", folder)
