"""The terminal shows warnings, errors and tracebacks of the API and the worker, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack.notable import Notable, Tail


@pytest.mark.parametrize(
    "line",
    [
        '{"event": "turn decided", "level": "info"}',
        "2026-11-21T11:00:00Z [info     ] worker is up",
        "INFO:     Application startup complete.",
        "",
    ],
)
def test_what_goes_well_is_not_shown(line: str) -> None:
    assert Notable().of(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-21T11:00:00Z [warning  ] the backend is slow",
        "2026-11-21T11:00:00Z [error    ] the send failed",
        "WARNING:  no numbers",
        "2026-11-21 ERROR something",
    ],
)
def test_a_warning_or_an_error_is_shown_as_it_is(line: str) -> None:
    assert Notable().of(line) == line


def test_a_structured_warning_is_shown_by_its_event() -> None:
    assert Notable().of('{"event": "the send failed", "level": "error", "code": 1}') == "error: the send failed"


def test_a_traceback_is_shown_to_its_end_and_no_further() -> None:
    notable = Notable()
    lines = [
        "Traceback (most recent call last):",
        '  File "a.py", line 1, in <module>',
        "    import nothing",
        "",
        "ImportError: nothing is there",
        "INFO: going on",
    ]

    assert [notable.of(line) is not None for line in lines] == [True, True, True, True, True, False]


def test_a_tail_gives_whole_lines_only_and_each_once(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    log.write_text("before\n")
    tail = Tail(log)

    with log.open("a") as output:
        output.write("one\ntw")
        output.flush()
        assert list(tail.lines()) == ["one"]
        output.write("o\n")
        output.flush()
        assert list(tail.lines()) == ["two"]
    assert list(tail.lines()) == []


def test_a_log_that_is_not_there_yet_has_no_lines(tmp_path: Path) -> None:
    tail = Tail(tmp_path / "api.log")

    assert list(tail.lines()) == []
    (tmp_path / "api.log").write_text("first\n")
    assert list(tail.lines()) == ["first"]
