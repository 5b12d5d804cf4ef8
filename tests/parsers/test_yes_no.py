"""Yes and no are understood in two languages, and nothing else is taken for them."""

from __future__ import annotations

import pytest

from dialogue.parsers import Invalid, yes_or_no


@pytest.mark.parametrize(
    "typed",
    [
        "yes",
        "Yes!",
        "YESSS",
        "y",
        "yeah",
        "yes please",
        "ok",
        "Okay.",
        "sure",
        "correct",
        "I agree",
        "that is right",
        "haan",
        "ha",
        "haan ji",
        "ji",
        "theek hai",
        "thik h",
        "sahi hai",
        "bilkul",
        "हाँ",
        "हां",
        "हा",
        "जी हाँ",
        "जी",
        "ठीक है",
        "सही है",
        "मैं सहमत हूँ",
        "👍",
        "👍🏽",
        "✅",
        "ok 👍",
    ],
)
def test_a_yes(typed: str) -> None:
    assert yes_or_no(typed) is True


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "No.",
        "nooo",
        "n",
        "nope",
        "no thanks",
        "not ok",
        "I don't agree",
        "I do not agree",
        "wrong",
        "nahi",
        "nahin",
        "nahi ji",
        "na",
        "mat",
        "mat karo",
        "sahi nahi",
        "bilkul nahi",
        "abhi nahi",
        "नहीं",
        "नही",
        "जी नहीं",
        "मत करो",
        "सही नहीं है",
        "गलत",
        "👎",
        "❌",
        "no 👎",
    ],
)
def test_a_no(typed: str) -> None:
    assert yes_or_no(typed) is False


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "maybe",
        "no. 1",
        "no 1",
        "1",
        "yes no",
        "haan nahi",
        "👍👎",
        "yes but later",
        "don't know",
        "pata nahi",
        "please",
        "it is",
        "है",
        "🙂",
        "not sure what this is about, please explain it to me first",
        "yes " * 1000,
    ],
)
def test_anything_else_is_asked_again(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        yes_or_no(typed)
    assert refused.value.reason == "yes_or_no"
