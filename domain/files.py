"""Files that people send, as the dialogue knows them: by reference. Where they lie is the store's affair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SentFile:
    """Something attached in answer to a question."""

    inbox: int
    """the row of the inbox that brought it: what it is kept under"""
    kind: str
    """image | document | audio | video | sticker"""
    caption: str = ""
