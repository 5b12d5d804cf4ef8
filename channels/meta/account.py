"""What Meta tells beside messages, and somebody here acts on: what people want, and what became of our templates.

Sources: Meta, webhooks `user_preferences` and `message_template_status_update`. What is new under these names is None
here, and a notice for whoever reads notices.
"""

from __future__ import annotations

from channels.meta.fields import Fields
from channels.meta.senders import Contacts, phone_number
from domain.inbound import PreferenceUpdate, Sender, TemplateUpdate

_WANTED = {"stop": False, "resume": True, "signup": True}
_STATUSES = {
    "APPROVED": "approved",
    "REINSTATED": "approved",
    "UNPAUSED": "approved",
    "PAUSED": "paused",
    "DISABLED": "disabled",
    "PENDING_DELETION": "disabled",
    "DELETED": "disabled",
    "ARCHIVED": "disabled",
    "REJECTED": "rejected",
    "PENDING": "pending",
    "IN_APPEAL": "pending",
}
"""Those after which a template may or may not be sent; FLAGGED and the like change nothing of that."""
_NO_REASON = ("", "NONE")


def preference(told: Fields, number: str, contacts: Contacts) -> PreferenceUpdate | None:
    """Whether somebody wants messages of a category. Raises Malformed where it does not say who, what or when."""
    wanted = _WANTED.get(told.identifier("value").lower())
    if wanted is None:
        return None
    phone, bsuid = phone_number(told.values.get("wa_id")), told.optional_text("user_id")
    known = contacts.profile_of(phone, bsuid)
    sender = Sender(phone or known.phone, bsuid or known.bsuid, known.parent_bsuid, known.name)
    if not sender:
        raise told.malformed("wa_id", "a phone number or a user id")
    return PreferenceUpdate(number, sender, told.identifier("category"), wanted, told.moment("timestamp"))


def template_update(value: Fields) -> TemplateUpdate | None:
    """What became of a template. Raises Malformed where it does not say which."""
    status = _STATUSES.get(value.identifier("event").upper())
    if status is None:
        return None
    reason = value.optional_text("reason")
    if reason in _NO_REASON and value.has("other_info"):
        reason = value.child("other_info").optional_text("title")
    return TemplateUpdate(
        name=value.identifier("message_template_name"),
        language=value.identifier("message_template_language"),
        status=status,
        reason="" if reason in _NO_REASON else reason.lower(),
    )
