"""The one exception of the parsers."""

from __future__ import annotations

from domain.values import Value


class Invalid(Exception):
    """What was typed is no answer to this question: say why, and ask again.

    `reason` is a text key ("name_too_short"), `values` what its message shows besides: limits and counts. Neither ever
    holds what was typed, so both may be logged.
    """

    def __init__(self, reason: str, **values: str | int | Value) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
