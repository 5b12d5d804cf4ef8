"""What one machine runs, and what each process is told: pure functions of the environment.

A set variable wins over the embedded default, piece by piece; an empty one counts as not set.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from stack.errors import WrongSetting
from stack.ports import HOST

TEMPLATES = Path(__file__).resolve().parent.parent / "texts" / "templates.toml"
"""what the sandbox's Meta has approved of ours"""
ALIASES = {"WHATSAPP_TOKEN": "META_ACCESS_TOKEN", "VERIFY_TOKEN": "META_VERIFY_TOKEN"}
# The sandbox plays the outside world, which knows none of these.
PRODUCT_ONLY = (
    "DATABASE_URL",
    "ENCRYPTION_KEYS",
    "LOOKUP_KEY",
    "ADMIN_API_KEY",
    "BLOB_STORE",
    "AWS_SECRET_ACCESS_KEY",
    "SMTP_URL",
)


@dataclass(frozen=True)
class Plan:
    """What is to be started, where it listens, and where it keeps its data."""

    data: Path
    port: int
    sandbox_port: int
    sandbox_smtp_port: int
    temporal_port: int
    temporal_ui_port: int
    namespace: str
    # Servers of somebody else's, used instead of embedded ones.
    temporal_address: str | None
    database_url: str | None

    @property
    def logs(self) -> Path:
        """Where the children's logs are."""
        return self.data / "logs"

    @property
    def store(self) -> Path:
        """Where Temporal's files are."""
        return self.data / "temporal"

    @property
    def product_url(self) -> str:
        """The API."""
        return f"http://{HOST}:{self.port}"

    @property
    def sandbox_url(self) -> str:
        """The sandbox, and the phone on its first page."""
        return f"http://{HOST}:{self.sandbox_port}"

    @property
    def temporal_ui_url(self) -> str:
        """The Temporal UI that we start."""
        return f"http://{HOST}:{self.temporal_ui_port}"

    def wanted_ports(self) -> dict[str, tuple[int, str]]:
        """Every port that must be free, by the variable that moves it."""
        wanted = {"PORT": (self.port, "the API"), "SANDBOX_PORT": (self.sandbox_port, "the sandbox and the phone")}
        wanted["SANDBOX_SMTP_PORT"] = (self.sandbox_smtp_port, "the sandbox's mail server")
        if self.temporal_address is None:
            wanted["TEMPORAL_PORT"] = (self.temporal_port, "Temporal")
            wanted["TEMPORAL_UI_PORT"] = (self.temporal_ui_port, "the Temporal UI")
        return wanted


@dataclass(frozen=True)
class Running:
    """What the started servers turned out to be: which Temporal, whether it skips time, where the database is."""

    temporal_address: str
    database_url: str
    time_skipping: bool
    temporal_ui_url: str | None


def read_environment(root: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment, with the lines of an optional `.env` in the project's root for what it does not set."""
    file = root / ".env"
    lines = dotenv_values(file, interpolate=False) if file.exists() else {}
    merged = {**lines, **{name: value for name, value in given.items() if value}}
    environment = {name: value for name, value in merged.items() if value}
    for alias, name in ALIASES.items():
        if alias in environment:
            environment.setdefault(name, environment[alias])
    return environment


def make_plan(environment: Mapping[str, str], root: Path) -> Plan:
    """Read the settings that decide what is started. Raises WrongSetting, naming the variable."""
    return Plan(
        data=(root / Path(environment.get("DATA_DIR", ".sutradhar")).expanduser()).absolute(),
        port=_port(environment, "PORT", 8000),
        sandbox_port=_port(environment, "SANDBOX_PORT", 8001),
        sandbox_smtp_port=_port(environment, "SANDBOX_SMTP_PORT", 8025),
        temporal_port=_port(environment, "TEMPORAL_PORT", 7233),
        temporal_ui_port=_port(environment, "TEMPORAL_UI_PORT", 8233),
        namespace=environment.get("TEMPORAL_NAMESPACE", "default"),
        temporal_address=environment.get("TEMPORAL_ADDRESS"),
        database_url=environment.get("DATABASE_URL"),
    )


def product_environment(
    environment: Mapping[str, str], plan: Plan, secrets: Mapping[str, str], running: Running
) -> dict[str, str]:
    """What the API and the worker are told."""
    defaults = {
        "MODE": "dev",
        "PORT": str(plan.port),
        "DATA_DIR": str(plan.data),
        "PUBLIC_URL": plan.product_url,
        "SANDBOX_URL": plan.sandbox_url,
        "GRAPH_API_URL": f"{plan.sandbox_url}/graph",
        "BACKEND_DECISION_URL": f"{plan.sandbox_url}/decision",
        "SANDBOX_SMTP_PORT": str(plan.sandbox_smtp_port),
        # One can do without them: in production they are off, and not played by the sandbox, unless they are set.
        **({} if environment.get("MODE") == "production" else _played_in_dev(plan)),
        "TEMPORAL_ADDRESS": running.temporal_address,
        "TEMPORAL_NAMESPACE": plan.namespace,
        "DATABASE_URL": running.database_url,
        "BLOB_STORE": str(plan.data / "blobs"),
        "BOOKING_HOURS": "mon-fri 10:00-18:00",
        "TIME_SKIPPING": "on" if running.time_skipping and environment.get("MODE") != "production" else "off",
        **({"TEMPORAL_UI_URL": running.temporal_ui_url} if running.temporal_ui_url else {}),
        **secrets,
    }
    return {**defaults, **environment, "DATA_DIR": str(plan.data)}


def sandbox_environment(environment: Mapping[str, str], plan: Plan, secrets: Mapping[str, str]) -> dict[str, str]:
    """What the sandbox is told: the product's address and the secrets the outside world shares with it."""
    defaults = {
        "SANDBOX_PORT": str(plan.sandbox_port),
        "SANDBOX_SMTP_PORT": str(plan.sandbox_smtp_port),
        "SANDBOX_DATA": str(plan.data / "sandbox"),
        "SANDBOX_TEMPLATES": str(TEMPLATES),
        "PRODUCT_URL": plan.product_url,
        **secrets,
    }
    told = {**defaults, **environment}
    return {name: value for name, value in told.items() if name not in PRODUCT_ONLY}


def _played_in_dev(plan: Plan) -> dict[str, str]:
    """Where Twilio, the auth API, the recogniser, the job search and the mail server of the sandbox are."""
    return {
        "TWILIO_API_URL": f"{plan.sandbox_url}/twilio",
        "TWILIO_CONTENT_URL": f"{plan.sandbox_url}/twilio",
        "AUTH_API_URL": f"{plan.sandbox_url}/auth",
        "WEB_APP_URL": "https://app.msmebazaar.example",
        "SPEECH_API_URL": f"{plan.sandbox_url}/speech/v1",
        "CAREERJET_API_URL": f"{plan.sandbox_url}/jobs/v4/query",
        "CAREERJET_AFFILIATE_ID": "sandbox",
        "SMTP_URL": f"smtp://{HOST}:{plan.sandbox_smtp_port}",
        "ADMIN_EMAIL": "consultants@nexora.example",
    }


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise WrongSetting(f"{name}: a port number from 1 to 65535 is needed, not {len(text)} characters of text")
    return int(text)
