"""Questions with a ready answer, and issues that somebody has to look into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.effects import Effect


@dataclass(frozen=True)
class Faq:
    """A frequent question: `title` is it in a few words (24 characters at most), to be tapped."""

    id: str
    title: str
    question: str
    answer: str


@dataclass(frozen=True)
class FaqsWanted:
    """All there are, in the bot's order."""

    bot: str


@dataclass(frozen=True)
class Faqs:
    """Frequent questions, in the order they are shown."""

    faqs: tuple[Faq, ...]


@dataclass(frozen=True)
class IssueReport:
    """What somebody needs help with, in their own words: personal data."""

    description: str
    on: date
    """the day, where the person is"""


@dataclass(frozen=True)
class IssueReported:
    """It is on record under this reference."""

    reference: str


READ_FAQS = Effect("read_faqs", FaqsWanted, Faqs)
"""The frequent questions of a bot."""

REPORT_ISSUE = Effect("report_issue", IssueReport, IssueReported, final=True)
"""Put an issue on record."""
