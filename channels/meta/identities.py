"""System messages: the provider says that a person's number or id is now another.

Source: Meta, system messages webhook. They come without `contacts[]`, in forms of 2026 (`user_changed_number`,
`user_changed_user_id`) and in older ones.
"""

from __future__ import annotations

from channels.meta.fields import Fields
from channels.meta.senders import phone_number
from domain.inbound import Content, IdentityContent, OtherContent, Sender

_CHANGES = ("user_changed_number", "user_changed_user_id", "customer_changed_number")
_SAME_PERSON = ("customer_identity_changed", "user_identity_changed")


def system_message(message: Fields) -> tuple[Sender, Content]:
    """Whom a system message is about, by the names they had before, and what it says. Raises Malformed.

    A new security code of the same number is an identity change from itself to itself. A kind we do not know is
    OtherContent of kind `system`; like every system message it is nothing the person said.
    """
    system = message.child("system")
    kind = system.optional_text("type")
    new = Sender(
        phone=phone_number(system.values.get("wa_id")) or phone_number(system.values.get("new_wa_id")),
        bsuid=system.optional_text("user_id"),
        parent_bsuid=system.optional_text("parent_user_id"),
    )
    previous = _previous(message, system, new)
    sender = previous or new
    if not sender:
        raise message.malformed("from", "a phone number or a user id")
    if kind in _SAME_PERSON:
        return sender, IdentityContent(new=sender, previous=sender)
    if kind not in _CHANGES:
        return sender, OtherContent("system", system.values)
    if not new:
        raise system.malformed("wa_id", "a new phone number or user id")
    return sender, IdentityContent(new=new, previous=previous)


def _previous(message: Fields, system: Fields, new: Sender) -> Sender:
    """The names before the change. The envelope's own may already be the new ones: those are left out."""
    envelope_bsuid = message.optional_text("from_user_id")
    envelope_parent = message.optional_text("from_parent_user_id")
    phone = phone_number(message.values.get("from")) or phone_number(system.values.get("customer"))
    return Sender(
        phone=phone if phone != new.phone else "",
        bsuid=system.optional_text("previous_user_id") or (envelope_bsuid if envelope_bsuid != new.bsuid else ""),
        parent_bsuid=system.optional_text("previous_parent_user_id")
        or (envelope_parent if envelope_parent != new.parent_bsuid else ""),
    )
