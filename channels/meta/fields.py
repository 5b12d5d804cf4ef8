"""Reading JSON of unknown quality: every complaint names the field and the kind of what was found, never its value."""

from __future__ import annotations

import math
from typing import Any

_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}


class Malformed(Exception):
    """A field has not the shape the provider documents. Its text may be logged: it holds no value."""

    def __init__(self, path: str, expected: str, found: object) -> None:
        super().__init__(f"{path}: {expected} was expected, {kind_of(found)} was found")


def kind_of(value: object) -> str:
    """What sort of JSON value this is, in words."""
    return _KINDS.get(type(value), "nothing")


class Fields:
    """A JSON object with its path, read field by field. Every method raises Malformed."""

    __slots__ = ("path", "values")

    def __init__(self, values: object, path: str) -> None:
        if not isinstance(values, dict):
            raise Malformed(path, "an object", values)
        self.values: dict[str, Any] = values
        self.path = path

    def text(self, name: str) -> str:
        """Text that must be there, though it may be empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            raise self.malformed(name, "text")
        return value

    def optional_text(self, name: str) -> str:
        """Text, or nothing where it is absent or null."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.malformed(name, "text")
        return value

    def identifier(self, name: str) -> str:
        """An id that must be there and not be empty; a whole number is taken for its digits."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value:
            raise self.malformed(name, "an id")
        return value

    def degrees(self, name: str, most: float) -> float:
        """A coordinate between -most and +most."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            raise self.malformed(name, f"a number from -{most:g} to {most:g}")
        return float(value)

    def moment(self, name: str) -> float:
        """Seconds since the epoch, from text or a number. Milliseconds, which occur in the wild, are recognised."""
        value = self.values.get(name)
        seconds = math.nan
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            try:
                seconds = float(value)
            except (ValueError, OverflowError):
                seconds = math.nan
        if seconds >= 1e12:
            seconds /= 1000
        if not 0 < seconds < 1e11:
            raise self.malformed(name, "a time in seconds since the epoch")
        return seconds

    def child(self, name: str) -> Fields:
        """An object that must be there."""
        return Fields(self.values.get(name), f"{self.path}.{name}")

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def malformed(self, name: str, expected: str) -> Malformed:
        """The complaint about one field, to be raised."""
        return Malformed(f"{self.path}.{name}", expected, self.values.get(name))
