"""Secrets that people tell us: a journal, an argument of work or a row holds a reference, the vault the value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """A reference to a secret in the vault. It tells nothing of what is kept there."""

    ref: str
