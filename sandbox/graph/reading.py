"""Reading a Graph request's JSON: each reader returns the value or raises the error that Meta documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sandbox.graph.errors import GraphError


def missing(path: str, why: str = "is mandatory") -> GraphError:
    """131008, for a parameter that is not there."""
    return GraphError(131008, f"Parameter '{path}' {why}.")


def invalid(details: str) -> GraphError:
    """131009, for a value that is not allowed."""
    return GraphError(131009, details)


def mapping(parent: dict[str, Any], key: str, path: str, why: str = "is mandatory") -> dict[str, Any]:
    """The object under this key. Raises 131008 where it is missing, 100 where it is of another type."""
    value = parent.get(key)
    if value is None:
        raise missing(path, why)
    if not isinstance(value, dict):
        raise GraphError(100, f"Param {path} must be a JSON object.")
    return value


def sequence(parent: dict[str, Any], key: str, path: str) -> list[Any]:
    """The array of objects under this key. Raises 131008 or 100 like `mapping`."""
    value = parent.get(key)
    if value is None:
        raise missing(path)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise GraphError(100, f"Param {path} must be an array of JSON objects.")
    return value


def text(parent: dict[str, Any], key: str, path: str) -> str:
    """The string under this key. Raises 131008 where it is missing, 100 where it is of another type."""
    value = parent.get(key)
    if value is None:
        raise missing(path)
    if not isinstance(value, str):
        raise GraphError(100, f"Param {path} must be a string.")
    return value


def bounded(parent: dict[str, Any], key: str, path: str, label: str, longest: int) -> str:
    """A string of 1 to `longest` characters that are not all white space. Raises 131009 outside of that."""
    value = text(parent, key, path)
    if not 1 <= len(value) <= longest or not value.strip():
        raise invalid(f"{label} length invalid. Min length: 1, Max length: {longest}")
    return value


def optional_bounded(parent: dict[str, Any], key: str, path: str, label: str, longest: int) -> str | None:
    """Like `bounded`, for a parameter that may be left out."""
    return None if parent.get(key) is None else bounded(parent, key, path, label, longest)


def distinct(values: Iterable[str], label: str) -> None:
    """Raise 131009 where two are the same."""
    seen = list(values)
    if len(set(seen)) != len(seen):
        raise invalid(f"{label} must be unique.")
