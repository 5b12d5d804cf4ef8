"""What a send can end in, by what to do about it, whoever the provider is.

    ChannelError
    ├── RetryLater      not accepted; try again with growing pauses, each try counted
    ├── Defer           over a limit; try again after its pause, no try counted
    ├── Refused         never accepted, for this message or this person: fail the message; `reason` says which
    ├── NeedsTemplate   24 hours since the person wrote have passed: only a template may be sent
    ├── ChannelStopped  nothing will be accepted from this number until somebody mends the account: stop it, alert
    └── Unknown         may have been accepted: ask the status webhooks before sending again

Texts of errors hold codes and our own words, never a provider's details, which can quote what was sent.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

_LONGEST_PAUSE = 3600.0


class ChannelError(Exception):
    """The base of all that a call to a provider can end in. `code` is the provider's or 0, `status` HTTP's or 0.

    `api` is what the provider's side is called in the message.
    """

    way_out = ""

    def __init__(self, meaning: str, *, api: str = "provider", code: int = 0, status: int = 0, trace: str = "") -> None:
        super().__init__(meaning)
        self.api = api
        self.meaning = meaning
        self.code = code
        self.status = status
        self.trace = trace
        """The provider's name of the request, which their support asks for."""

    def __str__(self) -> str:
        numbers = [f"code {self.code}"] * bool(self.code) + [f"HTTP {self.status}"] * bool(self.status)
        where = f" ({', '.join(numbers)})" if numbers else ""
        return f"{self.api}: {self.meaning}{where}: {self.way_out}"


class RetryLater(ChannelError):
    """Not accepted, and may well be next time. `seconds` is the least pause, 0 where the caller's own will do."""

    way_out = "try again later"

    def __init__(self, meaning: str, *, seconds: float = 0, **known: Any) -> None:
        super().__init__(meaning, **known)
        self.seconds = seconds


class Scope(StrEnum):
    """Whose sends must pause."""

    PERSON = "person"
    NUMBER = "number"
    ACCOUNT = "account"


class Defer(ChannelError):
    """A limit is reached: everything of the scope waits, and the try does not count."""

    way_out = "wait; this try does not count"

    def __init__(self, meaning: str, *, seconds: float, scope: Scope, **known: Any) -> None:
        super().__init__(meaning, **known)
        self.seconds = seconds
        self.scope = scope

    def pause(self, deferrals: int) -> float:
        """Seconds to wait when so many deferrals in a row came before: four times longer each, up to an hour.

        Meta asks for 4^X seconds after the limit per pair of numbers (code 131056).
        """
        return min(self.seconds * 4.0 ** min(deferrals, 16), max(_LONGEST_PAUSE, self.seconds))


class Reason(StrEnum):
    """Why a message is refused, as far as it changes what else to do."""

    REQUEST = "request"
    """Our request is wrong: a bug, alert."""
    UNREACHABLE = "unreachable"
    """The person cannot be reached here: mark the channel, use another."""
    OPTED_OUT = "opted_out"
    """The person stopped marketing: record it, never send such again."""
    WITHHELD = "withheld"
    """WhatsApp chose not to deliver this one: not before a day has passed."""
    TEMPLATE = "template"
    """The template or the flow cannot be used: pause what uses it."""


class Refused(ChannelError):
    """This message will never be accepted."""

    way_out = "this message fails; do not send it again"

    def __init__(self, meaning: str, *, reason: Reason, **known: Any) -> None:
        super().__init__(meaning, **known)
        self.reason = reason


class NeedsTemplate(ChannelError):
    """The window of 24 hours is closed."""

    way_out = "send a template, or keep the message until the person writes"


class ChannelStopped(ChannelError):
    """The token, the number or the account must be mended by somebody first. What waits to be sent is kept."""

    way_out = "stop sending from this number, alert, and go on when it is mended"


class Unknown(ChannelError):
    """The request went out and no usable answer came back. No provider knows idempotency keys: a second try may be a
    second message."""

    way_out = "look for a status with this message's key before sending it again"
