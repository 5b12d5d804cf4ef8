"""Who wrote: phone numbers, business-scoped user ids (BSUID), and the profile's name joined to the right sender.

Source: Meta, business-scoped user IDs: since 2026 `from` and `wa_id` may be absent, and `from_user_id` may come alone.
"""

from __future__ import annotations

import re

from channels.meta.fields import Fields, Malformed
from domain.inbound import Sender

_PHONE = re.compile(r"\+?([1-9][0-9]{4,14})")
_BSUID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def phone_number(value: object) -> str:
    """E.164 with its plus sign, from the bare digits Meta writes; "" for what is no phone number."""
    found = _PHONE.fullmatch(str(value)) if isinstance(value, str | int) else None
    return f"+{found[1]}" if found else ""


class Contacts:
    """The `contacts[]` of a webhook: profiles by phone number and by BSUID. One that is malformed is passed over."""

    def __init__(self, contacts: object) -> None:
        self._profiles: list[Sender] = []
        for contact in contacts if isinstance(contacts, list) else ():
            try:
                self._profiles.append(_profile(Fields(contact, "contacts")))
            except Malformed:
                continue  # A name is a nicety: its absence must not cost the message.

    def profile_of(self, phone: str, bsuid: str) -> Sender:
        """The profile of the one who is named so; empty where there is none. The BSUID decides, then the phone number.

        A message that names nobody is of the only contact, where there is exactly one.
        """
        if not phone and not bsuid:
            return self._profiles[0] if len(self._profiles) == 1 else Sender()
        for profile in self._profiles:
            if bsuid and profile.bsuid == bsuid:
                return profile
        for profile in self._profiles:
            if phone and profile.phone == phone and not (bsuid and profile.bsuid):
                return profile
        return Sender()


def sender_of(message: Fields, contacts: Contacts) -> Sender:
    """Who wrote a message, by every name the webhook gives. What the message itself says wins over its contact.

    Raises Malformed where nobody is named.
    """
    phone = phone_number(message.values.get("from"))
    bsuid = message.optional_text("from_user_id")
    if not phone and not bsuid and _BSUID.fullmatch(str(message.values.get("from"))):
        bsuid = message.text("from")
    profile = contacts.profile_of(phone, bsuid)
    sender = Sender(
        phone=phone or profile.phone,
        bsuid=bsuid or profile.bsuid,
        parent_bsuid=message.optional_text("from_parent_user_id") or profile.parent_bsuid,
        name=profile.name,
    )
    if not sender:
        raise message.malformed("from", "a phone number or a user id")
    return sender


def _profile(contact: Fields) -> Sender:
    name = contact.child("profile").optional_text("name") if contact.has("profile") else ""
    return Sender(
        phone=phone_number(contact.values.get("wa_id")),
        bsuid=contact.optional_text("user_id"),
        parent_bsuid=contact.optional_text("parent_user_id"),
        name=name,
    )
