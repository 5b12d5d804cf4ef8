"""An option is picked by its number, its letter or its name, and never by accident."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.parsers import Invalid, Label, pick

EMPLOYMENT = [
    Label("salaried", ("Salaried", "नौकरीपेशा", "job")),
    Label("self_employed", ("Self-employed", "स्वरोज़गार")),
    Label("other", ("Other", "अन्य")),
]
LANGUAGES = [Label("en", ("English", "अंग्रेज़ी")), Label("hi", ("Hindi", "हिन्दी"))]
SECTORS = [
    Label(name.lower(), (name,))
    for name in (
        "Manufacturing",
        "Services",
        "Technology",
        "Healthcare",
        "Education",
        "Agriculture",
        "Retail",
        "Construction",
        "Food & Beverage",
        "Textile",
        "Automotive",
        "Other",
    )
]
SURE = [Label("yes", ("Yes, that is right", "हाँ, सही है")), Label("no", ("No, change it", "नहीं, बदलना है"))]
CONSENT = [
    Label("agree", ("I agree", "मैं सहमत हूँ")),
    Label("disagree", ("I do not agree", "मैं सहमत नहीं हूँ")),
]
OFFERS = [Label(f"offer-{number}", (f"₹{number},00,000 · {12 * number} months",)) for number in range(1, 15)]


@pytest.mark.parametrize(
    "typed",
    [
        "2",
        "2.",
        "2)",
        "(2)",
        "#2",
        "२",
        "2️⃣",
        "option 2",
        "Option-2",
        "no. 2",
        "No.2",
        "number 2",
        "नंबर २",
        "2nd",
        "b",
        "B",
        "b)",
        "B.",
        "option b",
        "two",
        "number two",
        "second",
        "the second one",
        "do",
        "दो",
        "दूसरा",
        "dusra wala",
    ],
)
def test_the_second_option_by_number_or_letter(typed: str) -> None:
    assert pick(typed, EMPLOYMENT) == "self_employed"


@pytest.mark.parametrize(
    "typed",
    [
        "Self-employed",
        "self employed",
        "SELFEMPLOYED",
        "self",
        "employed",
        "स्वरोजगार",
        "स्वरोज़गार 🙂",
        "selfemployd",
        "I am self employed",
        "main self-employed hoon",
    ],
)
def test_an_option_by_its_label_or_a_part_of_it(typed: str) -> None:
    assert pick(typed, EMPLOYMENT) == "self_employed"


@pytest.mark.parametrize(
    ("typed", "sector"),
    [
        ("manufcturing", "manufacturing"),
        ("retial", "retail"),
        ("servises", "services"),
        ("Tehcnology", "technology"),
        ("textiles", "textile"),
        ("tech", "technology"),
        ("agri", "agriculture"),
        ("food", "food & beverage"),
        ("beverage", "food & beverage"),
        ("bevrage", "food & beverage"),
        ("food and beverage", "food & beverage"),
        ("it services", "services"),
        ("12", "other"),
        ("L", "other"),
    ],
)
def test_a_sector_by_text_forgiving_one_mistake(typed: str, sector: str) -> None:
    assert pick(typed, SECTORS) == sector


def test_a_language_is_picked_by_its_name_in_either_language() -> None:
    assert [pick(typed, LANGUAGES) for typed in ("hindi please", "हिंदी", "in english", "अंग्रेजी", "H")] == [
        "hi",
        "hi",
        "en",
        "en",
        "hi",
    ]


def test_numbers_run_on_over_the_pages() -> None:
    assert pick("14", OFFERS) == "offer-14"


def test_an_offer_by_its_amount() -> None:
    assert pick("3,00,000", OFFERS) == pick("300000", OFFERS) == pick("₹3,00,000", OFFERS) == "offer-3"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("yes", "yes"),
        ("haan ji", "yes"),
        ("👍", "yes"),
        ("ok", "yes"),
        ("सही है", "yes"),
        ("1", "yes"),
        ("no", "no"),
        ("nope", "no"),
        ("नहीं", "no"),
        ("nahi ji", "no"),
        ("👎", "no"),
        ("change it", "no"),
        ("2", "no"),
    ],
)
def test_yes_and_no_pick_the_option_that_says_so(typed: str, answer: str) -> None:
    assert pick(typed, SURE) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("agree", "agree"),
        ("I agree!", "agree"),
        ("सहमत", "agree"),
        ("haan", "agree"),
        ("I do not agree", "disagree"),
        ("dont agree", "disagree"),
        ("सहमत नहीं", "disagree"),
        ("no", "disagree"),
    ],
)
def test_a_word_of_denial_is_never_overlooked(typed: str, answer: str) -> None:
    assert pick(typed, CONSENT) == answer


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "no",
        "No.",
        "no one",
        "nahi",
        "yes",
        "option",
        "0",
        "4",
        "14",
        "99999999999999",
        "1.5",
        "-1",
        "d",
        "z",
        "not salaried",
        "😀",
        "the",
        "lorem ipsum",
        "x" * 4096,
        "slared",
    ],
)
def test_what_names_no_option_is_refused_with_how_many_there_are(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        pick(typed, EMPLOYMENT)
    assert (refused.value.reason, refused.value.values) == ("pick_one", {"count": 3})


@pytest.mark.parametrize("typed", ["s", "1 and 2", "1,2", "1 or 2", "salaried or self-employed"])
def test_what_names_several_options_is_refused_with_how_many(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        pick(typed, EMPLOYMENT)
    assert (refused.value.reason, refused.value.values) == ("pick_several", {"matches": 2, "count": 3})


def test_a_mistake_that_fits_two_labels_picks_neither() -> None:
    with pytest.raises(Invalid) as refused:
        pick("lpan", [Label("loan", ("loaan",)), Label("plan", ("plaan",)), Label("lpaan", ("lpaaan",))])
    assert refused.value.reason == "pick_one"
    with pytest.raises(Invalid) as refused:
        pick("housa", [Label("house", ("house",)), Label("housx", ("housx",))])
    assert refused.value.reason == "pick_several"


def test_a_label_wins_over_a_number_and_a_longer_label_over_a_part_of_it() -> None:
    assert pick("2", [Label("two", ("2",)), Label("three", ("3",))]) == "two"
    loans = [Label("loan", ("Loan",)), Label("home", ("Home loan",))]
    assert pick("loan", loans) == "loan"
    assert pick("i want a home loan", loans) == "home"


@given(st.permutations(SECTORS), st.integers(1, len(SECTORS)))
def test_the_number_is_the_place_in_the_list(options: list[Label], number: int) -> None:
    assert pick(str(number), options) == pick(options[number - 1].names[0], options) == options[number - 1].id
