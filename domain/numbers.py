"""The numbers people write to: each belongs to one bot of one business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Provider = Literal["meta", "twilio"]
"""whose WhatsApp a number is on"""
_TWILIOS = "whatsapp:"
_FORMS = {"meta": "is a phone_number_id", "twilio": "is as in whatsapp:+14155550101"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of ours. `id` is Meta's phone_number_id, or at Twilio `whatsapp:+14155550101`; `rate` is messages a
    second, both directions together.

    To one person it may send a burst of `pair_burst`, and one message more every `pair_seconds` (Meta, throughput).
    """

    provider: Provider
    id: str
    display: str
    bot: str
    business: str
    token_env: str = "META_ACCESS_TOKEN"
    rate: int = 80
    pair_burst: int = 45
    pair_seconds: float = 6.0

    def __post_init__(self) -> None:
        if self.provider not in ("meta", "twilio"):
            raise ValueError(f"provider is meta or twilio, not {self.provider!r}")
        if provider_of(self.id) != self.provider:
            raise ValueError(f"the id of a number at {self.provider} {_FORMS[self.provider]}")


def provider_of(id: str) -> Provider:
    """Whose number an id is of: Twilio's say what they are on, Meta's are digits."""
    return "twilio" if id.startswith(_TWILIOS) else "meta"


DEFAULT_NUMBERS = (
    Number("meta", "100000000000001", "+91 98000 00001", "loan", "flowless"),
    Number("meta", "100000000000002", "+91 98000 00002", "nexora", "nexora"),
    Number("meta", "100000000000003", "+91 98000 00003", "orders", "orders"),
    Number(
        "twilio",
        "whatsapp:+14155550101",
        "+1 415 555 0101",
        "msme",
        "msmebazaar",
        token_env="TWILIO_AUTH_TOKEN",
        rate=10,
    ),
)
"""What stands where no numbers file is set: the bots there are."""
