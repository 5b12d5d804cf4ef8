"""What is said becomes messages; options and questions have names in every language; broken files say where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import Alternative, Said
from domain.messages import Choice, Option, Text
from journeys.loan import each_offer
from tests.texts.samples import CATALOGUE, STANDING, TYPICAL_OFFER
from texts import BrokenCatalogue, Catalogue, tapped, wire_id

OFFERS = tuple(each_offer([TYPICAL_OFFER]))
FIGURES = OFFERS[0].values


def offers_from(first: int, *alternatives: Alternative) -> Choice:
    message = CATALOGUE.render(Said("offer", {"total": 11}, "ref", alternatives, first), "en", **STANDING)
    assert isinstance(message, Choice)
    return message


class TestMessages:
    def test_words_without_options_are_a_text(self) -> None:
        assert CATALOGUE.render(Said("nudge", aside=True), "en") == Text(
            "No hurry at all, your place is kept. Whenever it suits you, here is where we were:"
        )

    def test_a_question_with_options_is_a_choice(self) -> None:
        """Options go by their question's name and their own; labels are in the person's language."""
        said = Said("birth_sure", {"born": {"day": "1987-11-05"}}, "ref", (Alternative("yes"), Alternative("no")))
        assert CATALOGUE.render(said, "hi", **STANDING) == Choice(
            "इस हिसाब से आपकी जन्म तिथि 5 नवंबर 1987 है। क्या यह सही है?",
            (Option("ref.yes", "हाँ, सही है"), Option("ref.no", "नहीं, बदलनी है")),
            "चुनिए",
        )

    def test_a_long_list_goes_on_counting_and_its_last_row_leads_on(self) -> None:
        """The lines hold every figure; the row that turns the page is no line."""
        page = offers_from(10, Alternative("o10", "one", FIGURES), Alternative("page_0", "from_the_start"))
        assert page.body.splitlines()[2:] == [
            "10. Chandrakor Capital: ₹5,40,000, 36 months at 13.75%",
            "EMI ₹18,390.42 · APR 15.04% · fees ₹9,758",
        ]
        assert page.options == (
            Option("ref.o10", "₹5,40,000 · 36 months", "Chandrakor Capital · EMI ₹18,390.42"),
            Option("ref.page_0", "Back to the first", numbered=False),
        )
        assert (page.first, page.opener) == (10, "See offers")

    def test_one_offer_is_spoken_of_as_one(self) -> None:
        one = CATALOGUE.render(Said("offer", {"total": 1}, "ref", OFFERS), "en", **STANDING)
        assert one.body.startswith("Good news: there is an offer for you.")

    def test_without_a_support_contact_nothing_is_said_of_it(self) -> None:
        assert CATALOGUE.render(Said("no_agent_yet"), "en", support="").body.endswith("whenever you like.")


class TestTaps:
    @given(st.text(st.characters(exclude_characters=".")), st.text())
    def test_a_tap_gives_back_what_was_shown(self, ref: str, option: str) -> None:
        assert tapped(wire_id(ref, option)) == (ref, option)

    @given(st.text())
    def test_an_id_of_somebody_else_belongs_to_no_question(self, raw: str) -> None:
        ref, option = tapped(raw)
        assert raw == (wire_id(ref, option) if "." in raw else option)
        assert "." not in ref


class TestNames:
    def test_an_option_is_called_by_its_labels_and_synonyms_in_every_language(self) -> None:
        names = CATALOGUE.labels("purpose", Alternative("wedding"))
        assert {"Wedding", "marriage", "शादी", "shaadi"} <= set(names)
        assert len(names) == len(set(names))

    def test_an_offer_is_called_by_its_figures_and_its_lender(self) -> None:
        """The commas of an amount hold no synonyms apart."""
        assert CATALOGUE.labels("offer", OFFERS[0]) == (
            "₹5,40,000 · 36 months",
            "Chandrakor Capital",
            "₹5,40,000 · 36 महीने",
        )

    def test_options_of_menus_and_rows_of_pages_have_names_too(self) -> None:
        assert {"Start over", "नए सिरे से शुरू"} <= set(CATALOGUE.labels("menu", Alternative("restart")))
        assert set(CATALOGUE.labels("offer", Alternative("page_1", "more"))) == {"More", "और देखिए"}

    def test_a_question_is_called_by_its_names_in_every_language(self) -> None:
        assert {"income", "salary", "आमदनी", "kamai"} <= set(CATALOGUE.names("monthly_income"))
        assert CATALOGUE.names("summary") == ()

    def test_what_a_release_no_longer_has_has_no_names(self) -> None:
        """A conversation may still have it in front of it: that is no trouble."""
        assert CATALOGUE.labels("purpose", Alternative("gift")) == ()
        assert CATALOGUE.labels("no_such_question", Alternative("x", values={"y": 1})) == ()
        assert CATALOGUE.names("no_such_question") == ()


class TestFiles:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in ("shared", "tea"):
            (tmp_path / name).mkdir()
        (tmp_path / "shared" / "en.ftl").write_text("opener = Choose\nhello = Hello\n    .a = A\n")
        (tmp_path / "tea" / "en.ftl").write_text("tea = Tea?\n")
        return tmp_path

    def broken(self, folder: Path, text: str) -> BrokenCatalogue:
        (folder / "tea" / "en.ftl").write_text(text)
        with pytest.raises(BrokenCatalogue) as raised:
            Catalogue("tea", folder)
        return raised.value

    def test_a_bots_own_text_takes_the_place_of_the_shared_one(self, folder: Path) -> None:
        (folder / "tea" / "en.ftl").write_text("hello = Good tea to you\n")
        tea = Catalogue("tea", folder)
        assert tea.languages == ("en",)
        assert tea.render(Said("hello"), "en") == Text("Good tea to you")
        assert tea.labels("hello", Alternative("a")) == ()

    def test_files_are_read_once(self, folder: Path) -> None:
        """A process says the same from its start to its end, whatever happens to its files."""
        said = Catalogue("tea", folder).render(Said("tea"), "en")
        (folder / "tea" / "en.ftl").unlink()
        assert Catalogue("tea", folder).render(Said("tea"), "en") == said

    def test_a_text_that_refers_to_one_that_is_not_there_is_an_error(self, folder: Path) -> None:
        (folder / "tea" / "en.ftl").write_text("tea = { milk } tea?\n")
        with pytest.raises(Exception, match="tea, en, tea: Unknown message: milk"):
            Catalogue("tea", folder).render(Said("tea"), "en")

    def test_a_syntax_error_names_file_line_and_what_is_wrong(self, folder: Path) -> None:
        error = self.broken(folder, "one = 1\n\ntwo = { $a ->\n    [b] c\n}\n")
        assert (error.file, error.line) == (folder / "tea" / "en.ftl", 5)
        assert str(error).startswith("tea/en.ftl:5: Expected one of the variants to be marked as default")

    @pytest.mark.parametrize(
        ("text", "line", "problem"),
        [
            ("one = 1\ntwo = 2\none = 3\n", 3, "one is there twice"),
            ("-one = 1\none = 2\n-one = 3\n", 3, "-one is there twice"),
            ("one = 1\n    .a = A\n    .b = B\n    .a = C\n", 2, "one.a is there twice"),
        ],
    )
    def test_a_name_used_twice_is_an_error(self, folder: Path, text: str, line: int, problem: str) -> None:
        """Fluent itself would silently take one of them."""
        error = self.broken(folder, text)
        assert (error.line, error.problem) == (line, problem)

    def test_a_file_that_is_no_text_is_an_error(self, folder: Path) -> None:
        (folder / "tea" / "en.ftl").write_bytes(b"tea = \xff\n")
        with pytest.raises(BrokenCatalogue, match=r"tea/en\.ftl:0: cannot be read"):
            Catalogue("tea", folder)

    def test_a_language_without_shared_texts_is_an_error(self, folder: Path) -> None:
        (folder / "tea" / "hi.ftl").write_text("tea = चाय?\n")
        with pytest.raises(BrokenCatalogue, match=r"shared/hi\.ftl:0: cannot be read"):
            Catalogue("tea", folder)

    def test_a_language_that_nobody_knows_is_an_error(self, folder: Path) -> None:
        """Else its amounts and days would follow this machine's settings."""
        for name in ("shared", "tea"):
            (folder / name / "xx.ftl").write_text("tea = ?\n")
        with pytest.raises(BrokenCatalogue, match="no language xx"):
            Catalogue("tea", folder)

    @pytest.mark.parametrize("bot", ["coffee", "shared"])
    def test_a_bot_without_texts_is_an_error(self, folder: Path, bot: str) -> None:
        with pytest.raises(BrokenCatalogue, match="no texts of a bot here"):
            Catalogue(bot, folder)
