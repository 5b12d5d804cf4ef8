"""Every log of a process in one form, and numbers only as hints."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from stack.process import ROOT
from telemetry.logs import number_hint
from tests.running.product import SECRETS
from tests.telemetry.conftest import Lines

PROGRAM = """
import logging, sys, threading, warnings
import structlog
from telemetry import traces
from telemetry.logs import number_hint, set_up_logs

set_up_logs("INFO", sys.argv[1], {key!r})
log = structlog.get_logger("ours")
{body}
"""


def run(mode: str, body: str, key: str = SECRETS["LOOKUP_KEY"]) -> str:
    """What a process of its own writes to standard error."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(key=key, body=body), mode],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout == ""
    return done.stderr


def test_in_production_every_line_is_json_with_level_time_logger_and_trace() -> None:
    written = run(
        "production",
        """
with traces.bound("4bf92f3577b34da6a3ce929d0e0e4736"):
    log.info("taken", conversations=3)
    logging.getLogger("uvicorn.error").warning("Started server process [%d]", 42)
log.info("untraced")
log.debug("too fine")
logging.getLogger("httpx").info("GET https://graph.example")
warnings.warn("old")
""",
    )

    ours, library, untraced, warning = [json.loads(line) for line in written.splitlines()]
    assert ours["event"] == "taken"
    assert ours["conversations"] == 3
    assert (ours["level"], ours["logger"]) == ("info", "ours")
    assert ours["timestamp"].endswith("Z")
    assert library["event"] == "Started server process [42]"
    assert (library["level"], library["logger"]) == ("warning", "uvicorn.error")
    assert ours["trace"] == library["trace"] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert untraced["event"] == "untraced"
    assert "trace" not in untraced
    assert "UserWarning: old" in warning["event"]


def test_in_dev_lines_are_for_people() -> None:
    written = run("dev", 'log.warning("taken", conversations=3)')

    assert "[warning  ] taken" in written
    assert "conversations=3" in written


@pytest.mark.parametrize("mode", ["production", "dev"])
def test_an_error_that_ends_the_process_or_a_thread_goes_the_same_way(mode: str) -> None:
    written = run(
        mode,
        """
def fail():
    raise ValueError("about +91 98123 45670")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
""",
    )

    assert "a thread ends by an error" in written
    assert "the process ends by an error" in written
    assert written.count("ValueError: about [phone]") == 2
    assert "98123" not in written


def test_a_hint_is_the_same_for_the_same_number_however_it_is_written_and_another_for_another() -> None:
    written = run(
        "production",
        'log.info("hints", of=[number_hint(one) for one in'
        ' ("+919812345670", "919812345670", "+91 98123 45670", "+919812345570")])',
    )

    plus, bare, spaced, other = json.loads(written)["of"]
    assert plus == bare == spaced
    assert plus.startswith("…70#")
    assert len(plus) == len("…70#a1b2c3")
    assert other.startswith("…70#")
    assert other != plus


def test_a_hint_tells_nothing_without_the_key_and_another_thing_under_another() -> None:
    body = 'log.info("hint", of=number_hint("+919812345670"))'

    assert json.loads(run("production", body, key=""))["of"] == "…70"
    assert json.loads(run("production", body))["of"] != json.loads(run("production", body, key="another"))["of"]


def test_a_hint_passes_the_redaction(lines: Lines) -> None:
    lines.log.info("somebody", who=number_hint("+919812345670"))

    assert "…70" in lines.text
