"""How Twilio writes who a message is from and for: `whatsapp:+91…`, or `whatsapp:IN.…` for a BSUID."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.graph.messages import BSUID
from sandbox.people import User
from sandbox.twilio.errors import TwilioError

CHANNEL = "whatsapp:"
PHONE = re.compile(r"^\+[1-9]\d{5,14}$")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a message is for: one of `phone` (with +) and `bsuid` is set."""

    given: str
    phone: str
    bsuid: str


def read_recipient(given: str) -> Recipient:
    """Whom `To` names. Raises TwilioError 21604, 21910 or 21211."""
    if not given:
        raise TwilioError(21604)
    if not given.startswith(CHANNEL):
        raise TwilioError(21910)
    bare = given.removeprefix(CHANNEL)
    if PHONE.match(bare):
        return Recipient(given, bare, "")
    if BSUID.match(bare):
        return Recipient(given, "", bare)
    raise TwilioError(21211)


def address_of(user: User, *, hidden: bool) -> str:
    """What a webhook calls this person; `hidden` is whether without the phone number."""
    return CHANNEL + (user.bsuid if hidden else user.phone)
