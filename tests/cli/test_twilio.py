"""The account at Twilio, by command."""

from __future__ import annotations

from tests.cli.conftest import CommandLine

DEAD = "http://127.0.0.1:1"


async def test_contents_are_listed_and_those_that_are_missing_are_made(sutradhar: CommandLine) -> None:
    """What the product's worker made at its start is there already: making them again makes nothing."""
    for words in (["--create"], ["--create"], []):
        ended = await sutradhar("twilio", "contents", *words, "--json")
        assert ended.code == 0, ended.err
        document = ended.json()
        assert document["missing"] == []
    assert document["made"] == []
    assert {"sutradhar_buttons_3", "sutradhar_list_10"} <= {one["name"] for one in document["contents"]}
    shown = await sutradhar("twilio", "contents")
    assert "twilio/list-picker" in shown.out


async def test_an_account_that_does_not_answer_is_told_so(sutradhar: CommandLine) -> None:
    ended = await sutradhar("twilio", "contents", TWILIO_CONTENT_URL=DEAD)
    assert (ended.code, "Twilio: no connection" in ended.err) == (1, True)
