"""An environment in which everything is set right, and nothing of this machine's shows through."""

from __future__ import annotations

import os

import pytest

from tests.running.product import SECRETS

RIGHT = {
    **SECRETS,
    "MODE": "production",
    "DATABASE_URL": "postgresql://sutradhar:a-password@127.0.0.1:5432/sutradhar",
    "TEMPORAL_ADDRESS": "127.0.0.1:7233",
    "PUBLIC_URL": "https://chat.example",
}
"""all that production needs"""


class Environment:
    """The environment that settings are read from."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        for name in set(os.environ) - {"PATH", "HOME"}:
            monkeypatch.delenv(name)
        self.set(**RIGHT)

    def set(self, **values: str) -> None:
        """Set these."""
        for name, value in values.items():
            self._monkeypatch.setenv(name, value)

    def unset(self, *names: str) -> None:
        """Unset these."""
        for name in names:
            self._monkeypatch.delenv(name, raising=False)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment in which everything is set right."""
    return Environment(monkeypatch)
