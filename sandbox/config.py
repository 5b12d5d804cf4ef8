"""Settings of the sandbox, read once from environment variables, and the business's numbers."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, HttpUrl, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings

DEFAULT_TOKEN_VARIABLE = "META_ACCESS_TOKEN"

DEFAULT_NUMBERS = """
[[number]]
provider = "meta"
id = "100000000000001"
display = "+91 98000 00001"
bot = "loan"
business = "flowless"

[[number]]
provider = "meta"
id = "100000000000002"
display = "+91 98000 00002"
bot = "nexora"
business = "nexora"

[[number]]
provider = "meta"
id = "100000000000003"
display = "+91 98000 00003"
bot = "orders"
business = "orders"

[[number]]
provider = "twilio"
id = "whatsapp:+14155550101"
display = "+1 415 555 0101"
bot = "msme"
business = "msmebazaar"
rate = 10
"""


class SettingsError(Exception):
    """The sandbox cannot start with this setting; the message names it."""


@dataclass(frozen=True, slots=True)
class Number:
    """One business number. `rate` is its throughput in messages a second, in and out together."""

    id: str
    display: str
    bot: str
    business: str
    provider: str = "meta"
    token_env: str = DEFAULT_TOKEN_VARIABLE
    rate: int = 80

    @property
    def digits(self) -> str:
        """The number as Meta writes it in webhooks: digits alone."""
        return "".join(character for character in self.display if character.isdigit())


class Settings(BaseSettings):
    """What the environment says. Each field is the variable of the same name, in capitals."""

    sandbox_host: str = "127.0.0.1"
    sandbox_port: int = Field(default=8001, ge=0, le=65535)
    sandbox_smtp_port: int = Field(default=0, ge=0, le=65535)
    """0: no mail server"""
    sandbox_data: Path = Path(".sutradhar/sandbox")
    product_url: HttpUrl = HttpUrl("http://127.0.0.1:8000")
    webhook_url: HttpUrl | None = None
    product_urls: dict[str, HttpUrl] = Field(default_factory=dict)
    numbers_file: Path | None = None
    sandbox_templates: Path | None = None
    meta_access_token: SecretStr = SecretStr("sandbox-access-token")
    meta_app_secret: SecretStr = SecretStr("sandbox-app-secret")
    meta_verify_token: SecretStr = SecretStr("sandbox-verify-token")
    twilio_account_sid: str = Field(default="AC00000000000000000000000000000001", pattern=r"^AC[0-9a-f]{32}$")
    twilio_auth_token: SecretStr = SecretStr("sandbox-twilio-token")
    backend_decision_api_key: SecretStr = SecretStr("sandbox-decision-key")
    speech_api_key: SecretStr = SecretStr("sandbox-speech-key")
    orders_api_key: SecretStr = SecretStr("sandbox-orders-key")
    auth_api_key: SecretStr = SecretStr("sandbox-auth-key")
    log_level: str = "INFO"

    def product(self, number_id: str) -> str:
        """The base URL of the product that serves this number, without a slash at the end."""
        return str(self.product_urls.get(number_id, self.product_url)).rstrip("/")

    def webhook(self, number_id: str) -> str:
        """Where webhooks of this number are posted."""
        if self.webhook_url is not None and number_id not in self.product_urls:
            return str(self.webhook_url)
        return f"{self.product(number_id)}/webhook"


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError that names a wrong variable, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors(include_input=False))
        raise SettingsError(f"wrong setting: {wrong}") from None


def read_numbers(path: Path | None) -> tuple[Number, ...]:
    """The numbers of `numbers.toml`, or the defaults. Raises SettingsError where the file cannot be used."""
    if path is None:
        return _parse_numbers(DEFAULT_NUMBERS, "the built-in numbers")
    try:
        return _parse_numbers(path.read_text(encoding="utf-8"), "NUMBERS_FILE")
    except OSError as error:
        raise SettingsError(f"NUMBERS_FILE cannot be read: {error.strerror}") from None


def _parse_numbers(text: str, source: str) -> tuple[Number, ...]:
    try:
        tables = tomllib.loads(text).get("number", [])
        numbers = TypeAdapter(tuple[Number, ...]).validate_python(tables)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{source} is no TOML: {error}") from None
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors(include_input=False))
        raise SettingsError(f"{source} has wrong or missing fields: {fields}") from None
    if not numbers:
        raise SettingsError(f"{source} lists no [[number]]")
    return numbers


def access_token(number: Number, settings: Settings, environment: Mapping[str, str] = os.environ) -> str:
    """The bearer token that Graph expects for this number."""
    own = "" if number.token_env == DEFAULT_TOKEN_VARIABLE else environment.get(number.token_env, "")
    return own or settings.meta_access_token.get_secret_value()
