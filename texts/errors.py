"""What is raised where words are missing. None of these holds a value: they may be logged.

TextError
 ├── BrokenCatalogue    mend the file
 ├── MissingText        write the text, or pass the value it shows
 └── UnwritableValue    pass a value that can be written
"""

from __future__ import annotations

from pathlib import Path


class TextError(Exception):
    """Something cannot be said."""


class BrokenCatalogue(TextError):
    """A file of texts that cannot be used. `line` counts from 1; 0 is the file as a whole."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{'/'.join(file.parts[-2:])}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


class MissingText(TextError):
    """A text, an attribute or a value that is not there. `key` is `offer`, or `offer.one` for an attribute."""

    def __init__(self, bot: str, language: str, key: str, value: str = "", problem: str = "") -> None:
        wrong = f"the value ${value} is missing: pass it where this is said" if value else problem
        wrong = wrong or f"it is neither in {bot}/{language}.ftl nor in shared/{language}.ftl"
        super().__init__(f"{bot}, {language}, {key}: {wrong}")
        self.bot = bot
        self.language = language
        self.key = key
        self.value = value


class UnwritableValue(TextError):
    """A value of a kind that no text can show."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}: pass text, a whole number, or what domain.values makes")
        self.problem = problem
