"""Log lines as they are written, in both forms."""

from __future__ import annotations

import io
import logging

import pytest
import structlog

from telemetry.logs import SHARED, handler


class Lines:
    """What a logger of a test's own has written."""

    def __init__(self, mode: str) -> None:
        self._stream = io.StringIO()
        self.library = logging.Logger("somebody.elses")
        """as a library logs"""
        self.library.addHandler(handler(self._stream, mode))
        chain = [*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
        self.log = structlog.wrap_logger(self.library, chain, structlog.stdlib.BoundLogger)
        """as we log"""

    @property
    def text(self) -> str:
        """All that was written."""
        return self._stream.getvalue()


@pytest.fixture(params=["production", "dev"])
def lines(request: pytest.FixtureRequest) -> Lines:
    """Log lines in either form."""
    return Lines(request.param)


@pytest.fixture
def json_lines() -> Lines:
    """Log lines as production writes them."""
    return Lines("production")
