"""What `docs/partners.md` shows partners is what is asked of them."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from domain.lending import FETCH_OFFERS
from domain.otp import REQUEST_CODE, VERIFY_CODE
from sandbox.auth.bodies import CodeCheck, CodeRequest
from sandbox.auth.routes import REFUSALS
from sandbox.decision.application import Application
from stack.process import ROOT

PAGE = (ROOT / "docs" / "partners.md").read_text()
CALLS: dict[str, type[BaseModel]] = {
    "/otp/request": CodeRequest,
    "/otp/verify": CodeCheck,
    "/offers": Application,
}


def section(call: str) -> str:
    """What the page says of one call."""
    return PAGE.split(f"### `POST {call}`\n")[1].split("\n### ")[0].split("\n## ")[0]


def test_every_call_that_is_told_is_one_of_those_that_are_played() -> None:
    assert re.findall(r"^### `POST (\S+)`$", PAGE, re.MULTILINE) == list(CALLS)


@pytest.mark.parametrize("call", CALLS)
def test_an_example_of_the_page_is_taken_by_who_plays_the_partner(call: str) -> None:
    [example] = re.findall(r"```json\n(.*?)```", section(call), re.DOTALL)
    taken = CALLS[call].model_validate_json(example)
    assert set(CALLS[call].model_fields) == set(taken.model_fields_set)


@pytest.mark.parametrize(
    ("call", "effect"), [("/otp/request", REQUEST_CODE), ("/otp/verify", VERIFY_CODE), ("/offers", FETCH_OFFERS)]
)
def test_the_refusals_of_the_page_are_those_that_are_understood_and_played(call: str, effect: object) -> None:
    told = set(re.findall(r"^\| `([a-z_]+)` \|", section(call), re.MULTILINE))
    assert told == set(effect.refusals) == set(REFUSALS.get(call, ()))  # type: ignore[attr-defined]
