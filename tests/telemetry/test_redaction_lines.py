"""A line is searched all through before it is written: what it says, what hangs on it, tracebacks, libraries' lines."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from telemetry.redaction import redact
from tests.telemetry.conftest import Lines
from tests.telemetry.people import AADHAAR, PERSONAL

CONVERSATION = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")


@dataclass
class Message:
    """What a person wrote, as objects have it."""

    body: str
    kind: str


@pytest.mark.parametrize("personal", PERSONAL.values(), ids=PERSONAL)
def test_it_is_found_in_a_sentence_in_a_value_and_in_a_value_of_a_value(lines: Lines, personal: str) -> None:
    lines.log.warning(f"about {personal} there is", about=personal)
    lines.log.warning("nested", of={"items": [{"about": personal}, (1, (personal,))], personal: 1})

    assert lines.text.count("about") >= 3
    assert personal not in lines.text


@pytest.mark.parametrize("personal", PERSONAL.values(), ids=PERSONAL)
def test_it_is_found_in_a_traceback_and_in_the_causes_of_it(lines: Lines, personal: str) -> None:
    try:
        try:
            raise KeyError(personal)
        except KeyError as error:
            raise ValueError(f"cannot read {personal!r}") from error
    except ValueError:
        lines.log.exception("it failed")
        lines.library.exception("it failed for %s", personal)

    assert lines.text.count("Traceback (most recent call last)") >= 2
    assert "KeyError" in lines.text
    assert "ValueError" in lines.text
    assert personal not in lines.text


@pytest.mark.parametrize("personal", PERSONAL.values(), ids=PERSONAL)
def test_it_is_found_in_what_a_library_logs(lines: Lines, personal: str) -> None:
    lines.library.warning('HTTP Request: GET https://lender.example/orders?who=%s "HTTP/1.1 200 OK"', personal)
    lines.library.warning("Completing activity as failed (%s)", {"activity_type": "turn", "about": personal})
    lines.library.warning("in an object: %r", Message(personal, "text"))

    assert "activity_type" in lines.text
    assert personal not in lines.text


NAMES = """
token authorization Authorization otp phone name body text access_token accessToken X-Hub-Signature-256 hub.verify_token
profile-name phone_number wa_id caption password
"""


@pytest.mark.parametrize("name", NAMES.split())
def test_what_stands_under_a_denied_name_is_never_shown(lines: Lines, name: str) -> None:
    secret = "Zerbinetta"
    lines.log.warning("at the top", **{name: secret})
    lines.log.warning("deep", of={"items": [{"more": {name: {"inside": [secret]}}}]})
    lines.log.warning("as a header", of=[(name, secret), (name.encode(), secret.encode())])
    lines.log.warning("as data in a text: " + repr({name: secret, "kind": "kept"}))
    lines.log.warning("as JSON in a text: " + json.dumps({"a": {name: f'{secret} "the" {secret}'}, "kind": "kept"}))
    lines.log.warning("as JSON in JSON: " + json.dumps(json.dumps({name: f"{secret} {secret}", "kind": "kept"})))
    lines.log.warning("as headers in a text: " + repr([(name.encode(), secret.encode()), (b"kind", b"kept")]))
    lines.log.warning(f"in an address: https://graph.example/x?{name}={secret}&kind=kept")
    try:
        raise ValueError(f"refused: { ({name: secret}) }")
    except ValueError:
        lines.log.exception("in a traceback")

    assert lines.text.count("kept") == 5
    assert lines.text.count("[redacted]") >= 8
    assert secret not in lines.text


def test_an_object_shows_no_field_of_a_denied_name(lines: Lines) -> None:
    lines.log.warning("an object", message=Message("my name is Zerbinetta, not 'Asha'", "tap"))

    assert "Zerbinetta" not in lines.text
    assert "Asha" not in lines.text
    assert "tap" in lines.text


def test_a_header_of_a_secret_is_hidden_to_the_end_of_its_line(lines: Lines) -> None:
    lines.log.warning("sent:\nAuthorization: Basic dXNlcjpwYXNz and more\nHost: graph.example")

    assert "dXNl" not in lines.text
    assert "and more" not in lines.text
    assert "Host: graph.example" in lines.text


def test_what_postgresql_quotes_and_who_logs_in_there_is_hidden(lines: Lines) -> None:
    lines.log.warning("not stored", error="DETAIL:  Failing row contains (17, Zerbinetta, 1979-03-17).")
    lines.log.warning("away: postgresql://sutradhar:zerbinetta@127.0.0.1:5432/sutradhar")

    assert "Zerbinetta" not in lines.text
    assert "zerbinetta" not in lines.text
    assert "127.0.0.1:5432/sutradhar" in lines.text


def test_values_of_every_kind_are_searched(lines: Lines) -> None:
    lines.log.warning(
        "values",
        whole=919812345670,
        listed=[9812345670, int(AADHAAR)],
        parts=9812345670.0,
        raw_bytes=b"about +919812345670",
        error=ValueError("about +919812345670"),
        someone={"9812345670"},
    )

    assert "981234567" not in lines.text
    assert AADHAAR not in lines.text


def test_what_is_ours_is_written_as_it_was_given(json_lines: Lines) -> None:
    given: dict[str, Any] = {
        "conversation": CONVERSATION,
        "number": "100000000000001",
        "row": "wamid.HBgMOTE5ODEyMzQ1NjcwFQIAERgSMTIzNDU2Nzg5MEFC",
        "count": 3,
        "none": None,
        "yes": True,
        "seconds": 0.123456789,
        "took_ns": 9812345670,
        "at": datetime(2026, 11, 27, 1, 13, 13, tzinfo=UTC),
        "epoch": 1795741458.123456,
        "epoch_ms": 1795741458123,
        "code": 131056,
        "who": "…70#a1b2c3",
        "where": ["a (turns.py:12)", "b (turns.py:40)"],
        "name": "",
    }
    json_lines.log.info("a conversation is in trouble", **given)

    written = json.loads(json_lines.text)
    assert {key: written[key] for key in given} == {
        **given,
        "conversation": str(CONVERSATION),
        "at": "2026-11-27 01:13:13+00:00",
    }


def test_data_deeper_than_anybody_reads_is_left_out(lines: Lines) -> None:
    deep: Any = {"secret": "Zerbinetta"}
    for _ in range(200):
        deep = {"in": [deep]}
    around: list[Any] = []
    around.append(around)
    lines.log.warning("deep", deep=deep, around=around)

    assert "Zerbinetta" not in lines.text
    assert "[redacted]" in lines.text


def test_of_a_line_that_cannot_be_read_only_that_is_said(lines: Lines) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError("Zerbinetta")

    lines.log.warning("about Zerbinetta", broken=Broken())

    assert "Zerbinetta" not in lines.text
    assert "left out" in lines.text
    assert "RuntimeError" in lines.text


def test_of_a_line_that_does_not_fit_its_arguments_only_its_place_is_said(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    """By default logging prints the message and the arguments of such a line to standard error."""
    lines.library.warning("%d taken", "Zerbinetta")

    assert "could not be written" in lines.text
    assert "test_redaction_lines" in lines.text
    assert "Zerbinetta" not in lines.text + "".join(capsys.readouterr())


def test_the_redaction_changes_nothing_of_what_it_was_given() -> None:
    """Other handlers see the same data."""
    given = {"event": "about 9812345670", "of": {"phone": "9812345670", "items": ["9812345670"]}}

    redact(logging.getLogger(), "info", given)

    assert given == {"event": "about 9812345670", "of": {"phone": "9812345670", "items": ["9812345670"]}}
