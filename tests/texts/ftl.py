"""A bot's texts as its files have them: which there are, with which attributes and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from texts.catalogue import FOLDER
from texts.loading import SHARED, resource

STANDING = frozenset({"support"})


@dataclass
class Mentions(Visitor):
    """The values and the other texts that a pattern mentions; what a term says is the term's own business."""

    values: set[str] = field(default_factory=set)
    texts: set[tuple[str, str]] = field(default_factory=set)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.values.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.texts.add((node.id.name, node.attribute.name if node.attribute else ""))


class Texts:
    """Patterns by (key, attribute); the message itself is the attribute of no name."""

    def __init__(self, entries: dict[str, ast.Message]) -> None:
        self.patterns: dict[tuple[str, str], ast.Pattern] = {}
        for key, entry in entries.items():
            if entry.value is not None:
                self.patterns[key, ""] = entry.value
            for attribute in entry.attributes:
                self.patterns[key, attribute.id.name] = attribute.value

    @property
    def keys(self) -> set[str]:
        return {key for key, _ in self.patterns}

    def attributes(self, key: str) -> set[str]:
        return {attribute for other, attribute in self.patterns if other == key and attribute}

    def mentions(self, key: str, attribute: str = "") -> Mentions:
        """What one pattern mentions, and what the texts in it mention."""
        found = Mentions()
        found.visit(self.patterns[key, attribute])
        for text in set(found.texts):
            inner = self.mentions(*text)
            found.values |= inner.values
            found.texts |= inner.texts
        return found

    def referred_to(self) -> set[str]:
        """Keys that other texts say as a part of them."""
        return {key for text in self.patterns for key, _ in self.mentions(*text).texts}


@cache
def texts_of(bot: str, language: str) -> Texts:
    """What the bot says: the shared texts, and its own in their place."""
    return Texts({**_messages(SHARED, language), **_messages(bot, language)})


@cache
def file_texts(folder: str, language: str) -> Texts:
    """What one file says, without the shared texts below it."""
    return Texts(_messages(folder, language))


def languages(folder: str) -> list[str]:
    return sorted(file.stem for file in (FOLDER / folder).glob("*.ftl"))


def _messages(folder: str, language: str) -> dict[str, ast.Message]:
    return {entry.id.name: entry for entry in _entries(FOLDER / folder / f"{language}.ftl")}


def _entries(file: Path) -> Iterator[ast.Message]:
    body: list[Any] = resource(file).body
    return (entry for entry in body if isinstance(entry, ast.Message))
