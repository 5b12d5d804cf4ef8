"""A product that runs: an API and a worker of their own, in a Temporal namespace and a database of their own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from journeys.registry import BOTS
from stack import Child, python_child

SECRETS = {
    "ADMIN_API_KEY": "a-key-to-everything-of-this-test-run",
    "META_APP_SECRET": "a secret of this test run",
    "META_ACCESS_TOKEN": "a-token-of-this-test-run",
    "META_VERIFY_TOKEN": "a-word-of-this-test-run",
    "TWILIO_ACCOUNT_SID": f"AC{'0123456789abcdef' * 2}",
    "TWILIO_AUTH_TOKEN": "a-token-of-an-account-of-this-test-run",
    "BACKEND_DECISION_API_KEY": "a-key-of-this-test-run",
    "AUTH_API_KEY": "another-key-of-this-test-run",
    "SPEECH_API_KEY": "a-third-key-of-this-test-run",
    "ENCRYPTION_KEYS": "tests:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "LOOKUP_KEY": "YWJjZGVmZ2hpamtsbW5vcGFiY2RlZmdoaWprbG1ub3A=",
}
WEB_APP_URL = "https://app.msmebazaar.example"
BOOKING_URL = "https://nexorainvestments.com/book"
SUPPORT = {"SUPPORT_EMAIL": "care@flowless.example", "SUPPORT_PHONE": "1800 000 000", "SUPPORT_HOURS": "9–18"}
ON_TWILIO = ("msme", "tax")
BOOKING = {"BOOKING_HOURS": "mon-sun 09:00-18:00", "BOOKING_CONSULTANTS": "1000"}
"""a calendar that is the same on every day, and in which nobody is in anybody's way"""


@dataclass(frozen=True)
class Addresses:
    """Where a product is and what it stands on; passes through JSON to the workers of a test run."""

    number: str
    """the phone_number_id that leads to its loan bot"""
    url: str
    namespace: str
    temporal: str
    database_url: str
    sandbox: str
    folder: str
    smtp: str = ""
    """of the sandbox, as SMTP_URL; nothing where it has no mail server"""

    def number_of(self, bot: str, provider: str = "") -> str:
        """The number that leads to this bot, at its usual provider or at this one: the loan's, with other first digits.

        At Meta it is a phone_number_id, at Twilio a sender.
        """
        place = 1 + list(BOTS).index(bot)
        if (provider or usual_provider(bot)) == "twilio":
            return f"whatsapp:+1415555{place}{self.number[-3:]}"
        return f"{place}{self.number[1:]}"

    def numbers_of(self, bot: str) -> list[str]:
        """All numbers that lead to this bot: one at Meta and one at Twilio."""
        return [self.number_of(bot, provider) for provider in ("meta", "twilio")]

    @property
    def numbers_file(self) -> Path:
        """The numbers that this product knows: all at Meta, and at Twilio its own, for it reads their lists."""
        return Path(self.folder) / f"numbers-of-{self.namespace}.toml"

    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        return {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TZ")},
            **SECRETS,
            **SUPPORT,
            "MODE": "dev",
            "PORT": self.url.rpartition(":")[2],
            "PUBLIC_URL": self.url,
            "SANDBOX_URL": self.sandbox,
            "GRAPH_API_URL": f"{self.sandbox}/graph",
            "TWILIO_API_URL": f"{self.sandbox}/twilio",
            "TWILIO_CONTENT_URL": f"{self.sandbox}/twilio",
            "BACKEND_DECISION_URL": f"{self.sandbox}/decision",
            "AUTH_API_URL": f"{self.sandbox}/auth",
            "WEB_APP_URL": WEB_APP_URL,
            "SPEECH_API_URL": f"{self.sandbox}/speech/v1",
            "CAREERJET_API_URL": f"{self.sandbox}/jobs/v4/query",
            "CAREERJET_AFFILIATE_ID": "an-affiliate-of-this-test-run",
            "SMTP_URL": self.smtp,
            "SANDBOX_SMTP_PORT": self.smtp.rpartition(":")[2],
            "ADMIN_EMAIL": "consultants@nexora.example",
            "BOOKING_URL": BOOKING_URL,
            "TEMPORAL_ADDRESS": self.temporal,
            "TEMPORAL_NAMESPACE": self.namespace,
            "DATABASE_URL": self.database_url,
            "TIME_SKIPPING": "on",
            "BLOB_STORE": str(Path(self.folder) / "blobs"),
            "NUMBERS_FILE": str(self.numbers_file),
            **BOOKING,
            "LOG_LEVEL": "INFO",
        }


def usual_provider(bot: str) -> str:
    """Where people write to this bot, if nothing else is said."""
    return "twilio" if bot in ON_TWILIO else "meta"


class Product:
    """An API and a worker, started here."""

    def __init__(
        self,
        at: Addresses,
        worker_module: str = "worker",
        more: Mapping[str, str] | None = None,
        api_module: str = "api",
    ) -> None:
        environment = {**at.environment(), **(more or {})}
        logs = Path(at.folder) / "logs"
        self.at = at
        self.api: Child = python_child("API", api_module, environment, logs / f"api-{at.namespace}.log")
        self.worker: Child = python_child("worker", worker_module, environment, logs / f"worker-{at.namespace}.log")

    def start(self) -> Product:
        """Start both; they are ready some time later."""
        self.api.start()
        self.worker.start()
        return self

    async def ready(self) -> None:
        """Wait until it says that it is healthy, its worker included."""
        await self.api.ready_at(f"{self.at.url}/healthz", status=200)

    async def stop(self) -> None:
        """Stop both."""
        await self.worker.stop()
        await self.api.stop()
