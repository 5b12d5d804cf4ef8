"""What a command shows: for people through rich, without colour where it is piped; or one JSON document."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import typer
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, and nothing else there.")]

WIDE = 150
"""columns of what is no terminal: whoever reads it there has no use for broken lines"""
BAR = 24
"""signs of the longest bar"""
Cell = object


def console(*, to_stderr: bool = False) -> Console:
    """Where people read. Made anew each time, so that it writes to where standard output is now."""
    stream = sys.stderr if to_stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDE, highlight=False, soft_wrap=False)


def show(document: Any, as_json: bool, view: Callable[[], Iterable[RenderableType]]) -> None:
    """Show the document as JSON, or what `view` makes of it for people."""
    if as_json:
        sys.stdout.write(json.dumps(document, default=_plain, ensure_ascii=False, indent=2) + "\n")
        return
    out = console()
    for part in view():
        out.print(part)


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> Table:
    """Rows under their columns. What is a number stands to the right; None is a dash."""
    found = [list(row) for row in rows]
    shown = Table(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE, pad_edge=False)
    for place, name in enumerate(columns):
        values = [row[place] for row in found if row[place] is not None]
        numbers = bool(values) and all(isinstance(value, int | float) for value in values)
        shown.add_column(name, justify="right" if numbers else "left", overflow="fold")
    for row in found:
        shown.add_row(*map(cell, row))
    return shown


def cell(value: Cell) -> str:
    """A value in few signs: moments in UTC to the minute, seconds to the hundredth."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.2f}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            # Square brackets are rich's markup.
            return str(value).replace("[", r"\[")


def bar(value: float, most: float) -> str:
    """A bar as long as its value is of the most, in eighths of a sign."""
    eighths = round(8 * BAR * value / most) if most else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    match value:
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            raise TypeError(f"a {type(value).__name__} has no form in JSON")
