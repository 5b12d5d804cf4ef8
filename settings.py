"""The settings of the product: read once from the environment, checked at start, handed on.

Every variable is in `.env.example`. A wrong one stops the start with a message that names it and never its value.
"""

from __future__ import annotations

import base64
import binascii
import os
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.bookings import OfficeHours, zone_called
from domain.numbers import DEFAULT_NUMBERS, Number, Provider

_SHARED_TOKENS = {"meta": "META_ACCESS_TOKEN", "twilio": "TWILIO_AUTH_TOKEN"}
"""the variable that holds the token of every number that has none of its own, by provider"""
_RATES = {"meta": 80, "twilio": 10}
"""messages a second of a number, if nothing else was agreed (Meta, throughput; Twilio, rate limits)"""
_DEFAULT_BOTS = {"meta": "loan", "twilio": "msme"}
LEAST_OF_A_KEY = 24
"""signs of a key that opens everything"""


class WrongSetting(Exception):
    """A setting is missing or wrong: set it right and start again."""


def _either(*names: str) -> Any:
    return Field(default=None, validation_alias=AliasChoices(*names))


class Settings(BaseSettings):
    """All settings. URLs have no slash at their end."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    mode: Literal["production", "dev"] = "production"
    port: int = Field(8000, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    public_url: str = "http://127.0.0.1:8000"
    admin_api_key: SecretStr | None = None
    """a key of the REST API that may do everything; other keys are made by command"""
    metrics_token: SecretStr | None = None
    """who asks the API for /metrics must bring it; without one it is open"""
    metrics_port: int = Field(0, ge=0, le=65535)
    """where the worker serves its metrics; 0 is nowhere"""

    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_ui_url: str = "http://127.0.0.1:8233"
    time_skipping: Literal["on", "off"] = "off"

    database_url: SecretStr = SecretStr("postgresql://127.0.0.1/sutradhar")
    database_connections: int = Field(10, ge=2, le=200)
    encryption_keys: SecretStr
    """`id:base64 of 32 bytes`, newest first, separated by commas"""
    lookup_key: SecretStr
    """base64 of 32 bytes; never changed"""

    meta_access_token: SecretStr | None = _either("META_ACCESS_TOKEN", "WHATSAPP_TOKEN")
    meta_app_secret: SecretStr | None = None
    meta_verify_token: SecretStr | None = _either("META_VERIFY_TOKEN", "VERIFY_TOKEN")
    whatsapp_phone_number_id: str | None = _either("WHATSAPP_PHONE_NUMBER_ID", "PHONE_NUMBER_ID")
    graph_api_url: str = "https://graph.facebook.com"
    graph_api_version: str = Field("v25.0", pattern=r"^v\d+\.\d+$")
    twilio_account_sid: str | None = Field(None, pattern=r"^AC[0-9a-f]{32}$")
    twilio_auth_token: SecretStr | None = None
    twilio_whatsapp_from: str | None = _either("TWILIO_WHATSAPP_FROM", "TWILIO_WHATSAPP_NUMBER")
    """`whatsapp:+14155550101`; the digits alone are understood"""
    twilio_api_url: str = "https://api.twilio.com"
    twilio_content_url: str = "https://content.twilio.com"
    numbers_file: Path | None = None
    default_bot: str | None = None
    """of the one number that is set without a file: loan at Meta, msme at Twilio"""

    blob_store: str = ".sutradhar/blobs"
    """a folder, by its path or as file:///folder, or s3://bucket/prefix"""
    aws_endpoint_url: str | None = None
    aws_region: str | None = None
    aws_access_key_id: SecretStr | None = None
    aws_secret_access_key: SecretStr | None = None

    backend_decision_url: str | None = None
    backend_decision_api_key: SecretStr | None = None
    auth_api_url: str | None = None
    """who sends one-time codes and checks them; without it nobody can prove a phone number"""
    auth_api_key: SecretStr | None = None
    web_app_url: str | None = None
    """where a login link leads"""
    speech_api_url: str | None = None
    """a recogniser that speaks OpenAI's transcriptions API; without one people are asked to type"""
    speech_api_key: SecretStr | None = None
    speech_model: str = "whisper-1"
    orders_api_url: str | None = None
    """a company's own system of orders; without one, orders are in our tables"""
    orders_api_key: SecretStr | None = None

    careerjet_api_url: str | None = "https://search.api.careerjet.net/v4/query"
    careerjet_affiliate_id: SecretStr | None = None
    """who we are to CareerJet; without it no jobs are searched for"""
    careerjet_user_ip: str = "127.0.0.1"
    """CareerJet asks where its users are, and WhatsApp does not tell us: it is told this address"""
    smtp_url: SecretStr | None = None
    """`smtp://user:password@host:port`, or `smtps://…`; without it leads are kept, and nobody is told"""
    admin_email: str = ""

    inactivity_minutes: int = Field(30, ge=1, le=22 * 60)
    fold_seconds: float = Field(0.0, ge=0, le=10)
    """how long a burst of texts is gathered into one turn; 0 is not at all"""
    booking_hours: str = ""
    """when consultations may be booked, `mon-fri 10:00-18:00`; without it there is no calendar"""
    booking_zone: str = "Asia/Kolkata"
    booking_minutes: int = Field(30, ge=5, le=8 * 60)
    booking_consultants: int = Field(1, ge=1, le=1000)
    booking_url: str | None = None
    """where to book instead, where there is no calendar"""
    support_email: str = ""
    support_phone: str = ""
    support_hours: str = ""
    sandbox_url: str | None = None
    sandbox_smtp_port: int = Field(0, ge=0, le=65535)
    allow_stand_ins: str = ""
    """those, by name and separated by commas, whom the sandbox may play in production too"""

    @field_validator(
        "public_url",
        "graph_api_url",
        "twilio_api_url",
        "twilio_content_url",
        "auth_api_url",
        "web_app_url",
        "speech_api_url",
        "backend_decision_url",
        "careerjet_api_url",
        "booking_url",
        "orders_api_url",
        "temporal_ui_url",
        "sandbox_url",
        "aws_endpoint_url",
    )
    @classmethod
    def _url(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http or https address")
        return value.rstrip("/")

    @field_validator("temporal_address")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, colon, port = value.rpartition(":")
        if not (host and colon and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise ValueError("must be host:port")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        if urlsplit(value.get_secret_value()).scheme not in ("postgresql", "postgres"):
            raise ValueError("must be postgresql://user:password@host:port/database")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value.get_secret_value())
            right = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            right = False
        if not right:
            raise ValueError("must be smtp://user:password@host:port, or smtps://…")
        return value

    @field_validator("admin_email")
    @classmethod
    def _mailbox(cls, value: str) -> str:
        if value:
            name, at, domain = value.rpartition("@")
            if not (name and at and domain) or not value.isprintable() or " " in value or "@" in name:
                raise ValueError("must be one e-mail address")
        return value

    @field_validator("blob_store")
    @classmethod
    def _place_of_files(cls, value: str) -> str:
        parts = urlsplit(value)
        if not (
            (parts.scheme == "s3" and parts.netloc)
            or (parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"))
            or (not parts.scheme and "://" not in value)
        ):
            raise ValueError("must be a folder, file:///folder or s3://bucket/prefix")
        return value

    @field_validator("twilio_whatsapp_from")
    @classmethod
    def _a_sender(cls, value: str | None) -> str | None:
        if value is None:
            return None
        digits = value.removeprefix("whatsapp:").removeprefix("+")
        if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15):
            raise ValueError("must be a number with its country code, as in whatsapp:+14155550101")
        return f"whatsapp:+{digits}"

    @field_validator("meta_access_token", "twilio_auth_token", "auth_api_key", "speech_api_key")
    @classmethod
    def _in_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _fits_in_a_header(value.get_secret_value()):
            raise ValueError("holds a space, a line break or another sign that no token has")
        return value

    @field_validator("booking_hours")
    @classmethod
    def _office_hours(cls, value: str) -> str:
        OfficeHours.read(value, "UTC", 30)
        return value

    @field_validator("booking_zone")
    @classmethod
    def _office_zone(cls, value: str) -> str:
        zone_called(value)
        return value

    @field_validator("admin_api_key")
    @classmethod
    def _not_guessed(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _fits_in_a_header(value.get_secret_value()):
            raise ValueError("holds a space, a line break or another sign that no key has")
        if value is not None and len(value.get_secret_value()) < LEAST_OF_A_KEY:
            raise ValueError(f"has less than {LEAST_OF_A_KEY} signs: it could be guessed")
        return value

    @field_validator("encryption_keys")
    @classmethod
    def _keys(cls, value: SecretStr) -> SecretStr:
        names = set()
        for one in value.get_secret_value().split(","):
            name, colon, key = one.strip().partition(":")
            if not (name and colon and _is_key(key)):
                raise ValueError("must be `id:base64 of 32 bytes`, newest first, separated by commas")
            if name in names:
                raise ValueError("has two keys of the same id")
            names.add(name)
        return value

    @field_validator("lookup_key")
    @classmethod
    def _key(cls, value: SecretStr) -> SecretStr:
        if not _is_key(value.get_secret_value()):
            raise ValueError("must be base64 of 32 bytes")
        return value

    @model_validator(mode="after")
    def _proof_of_origin(self) -> Settings:
        proofs = {"meta": self.meta_app_secret, "twilio": self.twilio_auth_token}
        names = {"meta": "META_APP_SECRET", "twilio": "TWILIO_AUTH_TOKEN"}
        for provider in {number.provider for number in self.numbers} if self.mode == "production" else ():
            if proofs[provider] is None:
                raise ValueError(f"{names[provider]} is not set: without it anybody could write in anybody's name")
        if self.mode == "production" and self.time_skipping == "on":
            raise ValueError("TIME_SKIPPING is for MODE=dev")
        return self

    @model_validator(mode="after")
    def _account_at_twilio(self) -> Settings:
        account = {"TWILIO_ACCOUNT_SID": self.twilio_account_sid, "TWILIO_AUTH_TOKEN": self.twilio_auth_token}
        missing = [name for name, value in account.items() if value is None]
        if missing and any(number.provider == "twilio" for number in self.numbers):
            raise ValueError(f"{missing[0]} is not set, and a number of ours is at Twilio")
        return self

    @model_validator(mode="after")
    def _real_partners(self) -> Settings:
        allowed = {name.strip() for name in self.allow_stand_ins.split(",")}
        pretending = [name for name in self.stand_ins if name not in allowed]
        if self.mode == "production" and pretending:
            names = ", ".join(pretending)
            raise ValueError(
                f"the sandbox stands in for {names}: in production name it in ALLOW_STAND_INS to have it so"
            )
        return self

    @property
    def office_hours(self) -> OfficeHours:
        """When consultations may be booked."""
        return OfficeHours.read(self.booking_hours, self.booking_zone, self.booking_minutes)

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Those outside whom the sandbox plays."""
        served = {number.provider for number in self.numbers}
        outside = {
            "meta": self.graph_api_url if "meta" in served else None,
            "twilio": self.twilio_api_url if "twilio" in served else None,
            "auth": self.auth_api_url,
            "speech": self.speech_api_url,
            "decision": self.backend_decision_url,
            "jobs": self.careerjet_api_url if self.careerjet_affiliate_id else None,
            "orders": self.orders_api_url,
        }
        here = self.sandbox_url
        pretending = [name for name, url in outside.items() if here and url and f"{url}/".startswith(f"{here}/")]
        if here and self.smtp_url is not None and self.sandbox_smtp_port:
            mail = urlsplit(self.smtp_url.get_secret_value())
            if (mail.hostname, mail.port) == (urlsplit(here).hostname, self.sandbox_smtp_port):
                pretending.append("mail")
        return tuple(pretending)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers we answer, and the bot of each. Raises WrongSetting for a file that cannot be read."""
        if self.numbers_file is not None:
            return read_numbers(self.numbers_file)
        ours: tuple[Number, ...] = ()
        if self.whatsapp_phone_number_id is not None:
            ours += (self._only_number("meta", self.whatsapp_phone_number_id),)
        if self.twilio_whatsapp_from is not None:
            ours += (self._only_number("twilio", self.twilio_whatsapp_from),)
        return ours or tuple(one for one in DEFAULT_NUMBERS if one.provider == "meta" or self.twilio_auth_token)

    def _only_number(self, provider: Provider, id: str) -> Number:
        """The number of this provider that is named without a file."""
        bot = self.default_bot or _DEFAULT_BOTS[provider]
        return Number(provider, id, "", bot, "default", _SHARED_TOKENS[provider], _RATES[provider])

    @property
    def tokens(self) -> dict[str, str]:
        """The tokens of those numbers that have one of their own, by the number's id.

        They are in the variables that `token_env` names. Raises WrongSetting for one that is not set, or is no token.
        """
        own = [one for one in self.numbers if one.token_env != _SHARED_TOKENS[one.provider]]
        found = {one.id: os.environ.get(one.token_env, "") for one in own}
        for one in own:
            if not _fits_in_a_header(found[one.id]):
                problem = "holds a sign that no token has" if found[one.id] else "is not set"
                raise WrongSetting(f"{one.token_env}: {problem}, and NUMBERS_FILE names it for the number {one.id}")
        return found

    @property
    def senders_at_twilio(self) -> list[str]:
        """Those of our numbers that are at Twilio, by their ids."""
        return [number.id for number in self.numbers if number.provider == "twilio"]

    @property
    def twilio(self) -> dict[str, str]:
        """Our account there, as `channels.twilio.open_client` takes it; nothing where no number of ours is there."""
        if not self.senders_at_twilio or self.twilio_account_sid is None or self.twilio_auth_token is None:
            return {}
        return {
            "sid": self.twilio_account_sid,
            "token": self.twilio_auth_token.get_secret_value(),
            "api_url": self.twilio_api_url,
            "content_url": self.twilio_content_url,
            "callback_url": f"{self.public_url}/webhook",
        }

    @property
    def aws(self) -> dict[str, str]:
        """What is set of the AWS_* variables, as `store.blobs.open_blobs` takes it."""
        names = ("aws_endpoint_url", "aws_region", "aws_access_key_id", "aws_secret_access_key")
        found = {name.removeprefix("aws_"): getattr(self, name) for name in names}
        return {
            name: value.get_secret_value() if isinstance(value, SecretStr) else value
            for name, value in found.items()
            if value is not None
        }

    @property
    def support(self) -> str:
        """How a person reaches the business: what is set of phone, address and hours; else "none", which texts know."""
        parts = (self.support_phone, self.support_email, self.support_hours)
        return " · ".join(part for part in parts if part) or "none"


def read_settings() -> Settings:
    """The settings of this process. Raises WrongSetting, which names what is wrong and not what it holds."""
    try:
        settings = Settings()  # the required ones come from the environment
    except ValidationError as error:
        raise WrongSetting("\n".join(_complaint(one) for one in error.errors())) from None
    _ = settings.numbers
    return settings


class _Row(BaseModel):
    """One `[[number]]`."""

    model_config = ConfigDict(extra="forbid")

    provider: Provider
    id: str = Field(min_length=1)
    display: str = ""
    bot: str = Field(min_length=1)
    business: str = Field(min_length=1)
    token_env: str = ""
    rate: int = Field(80, ge=1)
    pair_burst: int = Field(45, ge=1)
    pair_seconds: float = Field(6.0, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _as_the_provider_has_it(cls, row: Any) -> Any:
        """What is left out is as the provider has it."""
        if not isinstance(row, dict) or row.get("provider") not in _RATES:
            return row
        provider = row["provider"]
        return {"token_env": _SHARED_TOKENS[provider], "rate": _RATES[provider], **row}


class _File(BaseModel):
    """A `numbers.toml`."""

    model_config = ConfigDict(extra="forbid")

    number: list[_Row] = Field(min_length=1)

    @field_validator("number")
    @classmethod
    def _once_each(cls, rows: list[_Row]) -> list[_Row]:
        if len({(row.provider, row.id) for row in rows}) < len(rows):
            raise ValueError("the same number is there twice")
        return rows


def read_numbers(path: Path) -> tuple[Number, ...]:
    """The numbers in a `numbers.toml`. Raises WrongSetting."""
    try:
        rows = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).number
    except ValidationError as error:
        reasons = "; ".join(f"{_place(one['loc'])}: {_reason(one)}" for one in error.errors())
        raise WrongSetting(f"NUMBERS_FILE: {path.name}: {reasons}; see .env.example for its form") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise WrongSetting(
            f"NUMBERS_FILE: {path.name} cannot be read ({reason}); see .env.example for its form"
        ) from None
    return tuple(Number(**row.model_dump()) for row in rows)


def _fits_in_a_header(token: str) -> bool:
    return bool(token) and token.isascii() and token.isprintable() and " " not in token


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


def _complaint(error: Any) -> str:
    return f"{str(error['loc'][0]).upper()}: {_reason(error)}" if error["loc"] else _reason(error)


def _reason(error: Any) -> str:
    return "is not set" if error["type"] == "missing" else str(error["msg"].removeprefix("Value error, "))


def _place(location: tuple[int | str, ...]) -> str:
    """Where in the file: numbers are counted from one, as people count them."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in location)
