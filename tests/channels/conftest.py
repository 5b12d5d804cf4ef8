"""What the tests of the channels share: recorded webhooks, one file per kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def webhook() -> Callable[[str], bytes]:
    """The raw body of a recorded webhook, by its file's name."""
    return lambda name: (FIXTURES / f"{name}.json").read_bytes()
