"""A trace is one id for all that a request sets going."""

from __future__ import annotations

import asyncio
import json

import pytest

from telemetry import traces
from tests.telemetry.conftest import Lines

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
OTHER = "0af7651916cd43dd8448eb211c80319c"


def test_a_new_trace_is_32_hex_digits_and_nobody_elses() -> None:
    made = {traces.new() for _ in range(100)}

    assert len(made) == 100
    assert all(traces.TRACE.fullmatch(trace) for trace in made)


def test_what_is_bound_holds_in_the_block_and_no_longer() -> None:
    assert traces.current() == ""
    with traces.bound(TRACE) as bound:
        assert bound == traces.current() == TRACE
        with traces.bound(OTHER):
            assert traces.current() == OTHER
        assert traces.current() == TRACE
    assert traces.current() == ""


def test_an_error_unbinds_it_too() -> None:
    with pytest.raises(ValueError, match="out"), traces.bound(TRACE):
        raise ValueError("out")

    assert traces.current() == ""


@pytest.mark.parametrize("none", ["", "abc", TRACE.upper(), TRACE + "0", "9812345670"])
def test_what_is_no_trace_binds_nothing(none: str) -> None:
    """A row that is older than traces has an empty one; nothing else may come into a log this way."""
    with traces.bound(none) as bound:
        assert bound == traces.current() == ""
    with traces.bound(TRACE), traces.bound(none) as bound:
        assert bound == traces.current() == TRACE


async def test_tasks_have_the_trace_in_which_they_were_begun_and_keep_out_of_each_others() -> None:
    both = asyncio.Barrier(2)

    async def work(trace: str) -> tuple[str, str]:
        with traces.bound(trace):
            await both.wait()
            return traces.current(), await asyncio.create_task(begun())

    async def begun() -> str:
        return traces.current()

    one, other = await asyncio.gather(work(TRACE), work(OTHER))
    assert one == (TRACE, TRACE)
    assert other == (OTHER, OTHER)
    assert traces.current() == ""


def test_every_line_in_the_block_has_it_and_no_line_outside(json_lines: Lines) -> None:
    with traces.bound(TRACE):
        json_lines.log.info("ours")
        json_lines.library.warning("a library's")
    json_lines.log.info("outside")

    ours, library, outside = [json.loads(line) for line in json_lines.text.splitlines()]
    assert ours["trace"] == library["trace"] == TRACE
    assert "trace" not in outside


@pytest.mark.parametrize(
    ("header", "trace"),
    [
        (f"00-{TRACE}-00f067aa0ba902b7-01", TRACE),
        (f"00-{TRACE}-00f067aa0ba902b7-00", TRACE),
        (f" 00-{TRACE}-00f067aa0ba902b7-01 ", TRACE),
        (f"cc-{TRACE}-00f067aa0ba902b7-01-what-comes-later", TRACE),
        ("", ""),
        (TRACE, ""),
        (f"00-{TRACE}-00f067aa0ba902b7", ""),
        (f"00-{TRACE}-00f067aa0ba902b7-01-more", ""),
        (f"ff-{TRACE}-00f067aa0ba902b7-01", ""),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", ""),
        (f"00-{TRACE}-{'0' * 16}-01", ""),
        (f"00-{TRACE.upper()}-00f067aa0ba902b7-01", ""),
        (f"00-{TRACE[:-1]}-00f067aa0ba902b7-01", ""),
        (f"00-{TRACE}-00f067aa0ba902b7-01\nX-Other: 1", ""),
    ],
)
def test_a_traceparent_is_carried_on_only_when_it_is_one(header: str, trace: str) -> None:
    assert traces.of_traceparent(header) == trace
