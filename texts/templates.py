"""Which texts have a template, and what it says: `templates.toml`, word for word as the provider knows them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from texts.errors import BrokenCatalogue

FILE = "templates.toml"
VARIABLE = re.compile(r"\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}")
FIELDS = {"bot", "name", "language", "category", "for", "body", "header", "footer", "buttons"}


@dataclass(frozen=True)
class Registered:
    """One template in one language, and the texts in whose place it goes."""

    bot: str
    name: str
    language: str
    category: str
    instead_of: tuple[str, ...]
    body: str
    buttons: tuple[Mapping[str, str], ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the values that its body shows, each once."""
        return tuple(dict.fromkeys(VARIABLE.findall(self.body)))


@cache
def registered(folder: Path) -> tuple[Registered, ...]:
    """All templates of all bots. Raises BrokenCatalogue for a file that is not right."""
    file = folder / FILE
    if not file.exists():
        return ()
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("template", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenCatalogue(file, 0, f"cannot be read ({type(error).__name__})") from None
    return tuple(_template(file, number, table) for number, table in enumerate(tables, 1))


def _template(file: Path, number: int, table: dict[str, Any]) -> Registered:
    if unknown := set(table) - FIELDS:
        raise BrokenCatalogue(file, 0, f"template {number} has {', '.join(sorted(unknown))}, which nobody reads")
    try:
        return Registered(
            bot=table["bot"],
            name=table["name"],
            language=table["language"],
            category=table["category"],
            instead_of=tuple(table["for"]),
            body=table["body"],
            buttons=tuple(table.get("buttons", ())),
        )
    except KeyError as missing:
        raise BrokenCatalogue(file, 0, f"template {number} lacks {missing.args[0]}") from None
