"""One bot in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale
from fluent.runtime import FluentBundle
from fluent.runtime.errors import FluentReferenceError

from texts.errors import MissingText
from texts.writing import Written

_UNKNOWN_VALUE = "Unknown external: "


@dataclass(frozen=True)
class Speech:
    """Texts by their key: a message's name, or a message's and an attribute's."""

    bot: str
    language: str
    bundle: FluentBundle
    locale: Locale

    def has(self, key: str, attribute: str = "") -> bool:
        """Whether there is such a text."""
        if not self.bundle.has_message(key):
            return False
        return not attribute or attribute in self.bundle.get_message(key).attributes

    def text(self, key: str, attribute: str = "", values: Mapping[str, Written] | None = None) -> str:
        """The text with these values in it, without white space at its ends. Raises MissingText."""
        message = self.bundle.get_message(key) if self.bundle.has_message(key) else None
        pattern = None
        if message is not None:
            pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            raise self.missing(key, attribute)
        text, errors = self.bundle.format_pattern(pattern, dict(values or {}))
        for error in errors:
            problem = str(error)
            if isinstance(error, FluentReferenceError) and problem.startswith(_UNKNOWN_VALUE):
                raise self.missing(key, attribute, problem.removeprefix(_UNKNOWN_VALUE))
            raise self.missing(key, attribute, problem=problem)
        return str(text).strip()

    def missing(self, key: str, attribute: str = "", value: str = "", problem: str = "") -> MissingText:
        """What to raise for a text that is not there, or that lacks a value."""
        return MissingText(self.bot, self.language, f"{key}.{attribute}" if attribute else key, value, problem)
