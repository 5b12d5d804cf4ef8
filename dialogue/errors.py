"""What a journey raises and catches.

Exception
 ├── Refused        the outside said no for good; the journey may handle it
 ├── Change         raised by a journey: forget an answer and walk again
 ├── End            raised by a journey: it is over
 └── JourneyError   a journey breaks a rule of the dialogue: an operator must look
"""

from __future__ import annotations


class Refused(Exception):
    """The outside said no for good. `reason` is the code it gave."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Change(Exception):
    """Raised by a journey: forget the last answer and the one to the question named, and walk again."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


class End(Exception):
    """Raised by a journey: it is over. `how` names the ending."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class JourneyError(Exception):
    """A journey breaks a rule of the dialogue; the message says which, and what to write instead."""
