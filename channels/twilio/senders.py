"""Addresses on WhatsApp as Twilio writes them, `whatsapp:+919800000001` or `whatsapp:IN.…`; and who wrote.

Source: Twilio, WhatsApp usernames and business-scoped user ids (2026): `From` may be one, without a phone number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.inbound import Sender

CHANNEL = "whatsapp:"
_PHONE = re.compile(r"\+?([1-9][0-9]{4,14})")
_BSUID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def phone_in(address: str) -> str:
    """E.164 with its plus sign; "" for what is no phone number."""
    # A plus sign that nobody escaped has become a space on the way.
    found = _PHONE.fullmatch(address.removeprefix(CHANNEL).strip())
    return f"+{found[1]}" if found else ""


def bsuid_in(address: str) -> str:
    """A business-scoped user id; "" for what is none."""
    name = address.removeprefix(CHANNEL).strip()
    return name if _BSUID.fullmatch(name) else ""


def number_in(address: str) -> str:
    """An address of ours as the numbers' table has it."""
    phone = phone_in(address)
    return f"{CHANNEL}{phone}" if phone else address


def sender_of(fields: Mapping[str, str]) -> Sender:
    """Who wrote, by every name the webhook gives; empty where it names nobody."""
    address = fields.get("From", "")
    return Sender(
        phone=phone_in(address) or phone_in(fields.get("WaId", "")),
        bsuid=bsuid_in(fields.get("ExternalUserId", "")) or bsuid_in(address),
        parent_bsuid=bsuid_in(fields.get("ParentExternalUserId", "")),
        name=fields.get("ProfileName", ""),
    )
