"""The brochure has every program in it, is made of our own fonts, and the same from the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from documents import typesetting
from documents.brochure import brochure, in_dollars
from documents.typesetting import CannotBeTypeset, fonts, typeset
from store.seeding import seeded_programs

PROGRAMS = seeded_programs()
NOVEMBER = date(2026, 11, 20)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """The brochure of the seeded programs."""
    return brochure(PROGRAMS, NOVEMBER)


def words_of(pdf: bytes) -> list[str]:
    """The words of each page, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]


def test_every_program_is_there_with_what_it_asks_for_how_long_it_takes_and_its_address(pdf: bytes) -> None:
    text = " ".join(words_of(pdf))
    for program in PROGRAMS:
        for what in (program.name, in_dollars(program.minimum_investment), program.processing_time):
            assert what in text, what
        assert program.link.removeprefix("https://").replace("-", "") in text.replace("-", "").replace(" ", "")


def test_each_region_has_a_page_of_its_own_and_the_cover_says_how_many_there_are(pdf: bytes) -> None:
    pages = words_of(pdf)
    assert len(pages) == 7
    assert "18 programs" in pages[0]
    assert "November 2026" in pages[0]
    for number, region in enumerate(("Europe", "The Caribbean", "United States", "United Arab Emirates"), 1):
        assert region in pages[number]
    assert "What each one asks for" in pages[5]
    assert "menu" in pages[6]


def test_no_page_is_empty_and_nothing_is_written_over_its_edge(pdf: bytes) -> None:
    """Looked at as pictures: there is ink on every page, and on those with a margin none in it."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        picture = page.render(scale=1).to_pil().convert("L")
        dark = sum(picture.histogram()[:200])
        assert dark > 0.01 * picture.width * picture.height
        if number:
            edge = picture.crop((0, 0, 12, picture.height))
            assert edge.getextrema()[0] > 250


def test_it_is_made_of_the_fonts_we_ship_and_those_in_the_typesetter(pdf: bytes) -> None:
    used = {name.decode() for name in re.findall(rb"/FontName\s*/[A-Z]{6}\+([\w-]+)", pdf)}
    assert used
    assert all(name.startswith(("Figtree", "LibertinusSerif")) for name in used)
    assert {"Figtree", "Libertinus Serif"} <= set(fonts().families())


def test_the_same_programs_give_the_same_bytes_within_a_month(pdf: bytes) -> None:
    assert brochure(PROGRAMS, date(2026, 11, 2)) == pdf
    assert brochure(PROGRAMS, date(2026, 12, 2)) != pdf


def test_a_program_more_is_a_brochure_of_its_own(pdf: bytes) -> None:
    more = replace(PROGRAMS[0], name="Atlantis #1 *Residency* & <more>", minimum_investment=Decimal(123_456))
    text = " ".join(words_of(brochure([*PROGRAMS, more], NOVEMBER)))
    assert "Atlantis #1 *Residency* & <more>" in text
    assert "$123,456" in text


def test_without_programs_there_is_a_brochure_still() -> None:
    assert words_of(brochure([], NOVEMBER))


def test_a_font_that_is_missing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another font in its place would look like a mistake, and like one of ours."""
    (tmp_path / "letter.typ").write_text('#set text(font: "Nobody Has This")\nHello')
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    with pytest.raises(CannotBeTypeset, match="nobody has this"):
        typeset("letter.typ", {}, NOVEMBER)


def test_a_template_that_is_wrong_is_an_error_without_paths_or_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.typ").write_text("#let data = json(bytes(sys.inputs.data))\n#data.nothing")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    with pytest.raises(CannotBeTypeset) as raised:
        typeset("letter.typ", {"name": "Asha"}, NOVEMBER)
    assert str(tmp_path) not in str(raised.value)
    assert "Asha" not in str(raised.value)
