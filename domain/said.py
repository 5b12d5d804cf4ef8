"""What a dialogue says, before it is rendered: text keys and values, never words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.messages import Attachment

ANSWER, REMINDER, NOTICE, MARKETING = "answer", "reminder", "notice", "marketing"
"""what a message is for. In doubt whether it was sent, an answer and a notice are sent again, the others are not; a
notice is sent even to one who opted out, and marketing not to one who wants none"""


WINDOW = timedelta(hours=24)
"""from the person's last message on, in which anything may be said to them (Meta, customer service window)"""


@dataclass(frozen=True)
class Alternative:
    """One thing to pick. Its label is the attribute `label` of the question's text, filled with `values`."""

    id: str
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The attribute that holds its label: by default its id."""
        return self.text or self.id


@dataclass(frozen=True)
class Said:
    """Something to say: a text key and values. With a `ref` it puts a question."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    ref: str = ""
    """the short public name of the question it puts: what taps and stamps carry"""
    alternatives: tuple[Alternative, ...] = ()
    first: int = 1
    """the number of the first alternative: numbering goes on from page to page"""
    aside: bool = False
    """a kind word: once a turn is enough"""
    purpose: str = ANSWER
    attachment: Attachment | None = None
    """a file of ours that goes with it: the words are its caption"""
