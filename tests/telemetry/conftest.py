"""Log lines as they are written, in both forms."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from telemetry.logs import SHARED, handler

CHAIN = [*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]


class Lines:
    """What a logger of a test's own has written."""

    def __init__(self, mode: str) -> None:
        self._stream = io.StringIO()
        self.handler = handler(self._stream, mode)
        self.library = logging.Logger("somebody.elses")
        """as a library logs"""
        self.library.addHandler(self.handler)
        self.log = structlog.wrap_logger(self.library, CHAIN, structlog.stdlib.BoundLogger)
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


@pytest.fixture
def of_the_process(json_lines: Lines) -> Iterator[Lines]:
    """All that this process logs, as production writes it."""
    root = logging.getLogger()
    structlog.configure(CHAIN, structlog.stdlib.BoundLogger, logger_factory=structlog.stdlib.LoggerFactory())
    root.addHandler(json_lines.handler)
    yield json_lines
    root.removeHandler(json_lines.handler)
    structlog.reset_defaults()
