"""Files of texts into what speaks: one bundle a language, the shared file below the bot's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from texts.errors import BrokenCatalogue
from texts.speech import Speech

SHARED = "shared"
COUNTRY = "IN"
"""Whose conventions amounts and days follow, in every language."""


@cache
def speeches(bot: str, folder: Path) -> Mapping[str, Speech]:
    """All languages of one bot: those of the files in its own folder. Raises BrokenCatalogue.

    A text of the bot's own file replaces the shared one of the same name, attributes and all.
    """
    own = sorted((folder / bot).glob("*.ftl"))
    if not own or bot == SHARED:
        raise BrokenCatalogue(folder / bot, 0, "no texts of a bot here: make a file for each of its languages, en.ftl")
    return {file.stem: _speech(bot, file, folder / SHARED / file.name) for file in own}


@cache
def resource(file: Path) -> ast.Resource:
    """The parsed file. Raises BrokenCatalogue for what cannot be read, and for a name that is there twice."""
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenCatalogue(file, 0, f"cannot be read ({type(error).__name__})") from None
    parsed = FluentParser().parse(source)
    for at, problem in _problems(parsed):
        raise BrokenCatalogue(file, source.count("\n", 0, at) + 1, problem)
    return parsed


def _speech(bot: str, own: Path, shared: Path) -> Speech:
    try:
        locale = Locale(own.stem, COUNTRY)
    except UnknownLocaleError:
        raise BrokenCatalogue(own, 0, f"CLDR knows no language {own.stem} in {COUNTRY}") from None
    # Handed a locale it does not know, a bundle would take this machine's.
    bundle = FluentBundle([str(locale)], use_isolating=False)
    bundle.add_resource(resource(shared))
    bundle.add_resource(resource(own), allow_overrides=True)
    return Speech(bot, own.stem, bundle, locale)


def _problems(parsed: ast.Resource) -> Iterator[tuple[int, str]]:
    """What is wrong and where, as an offset into the file."""
    seen: set[str] = set()
    for entry in parsed.body:
        if isinstance(entry, ast.Junk):
            for note in entry.annotations or []:
                yield _start(note), f"{note.message} ({note.code})"
        if not isinstance(entry, ast.Message | ast.Term):
            continue
        name = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
        if name in seen:
            yield _start(entry.id), f"{name} is there twice"
        seen.add(name)
        attributes = Counter(attribute.id.name for attribute in entry.attributes)
        for attribute in entry.attributes:
            if attributes[attribute.id.name] > 1:
                yield _start(attribute), f"{name}.{attribute.id.name} is there twice"


def _start(node: ast.SyntaxNode) -> int:
    return node.span.start if node.span else 0
