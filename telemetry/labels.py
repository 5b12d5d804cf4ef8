"""The labels of metrics, and all values each may have. What is none of them counts as `other`: no label ever grows."""

from __future__ import annotations

from typing import Literal, get_args

Acknowledged = Literal["taken", "not_stored", "bad_signature", "not_a_webhook", "too_large", "other"]
"""how a webhook was answered"""
Kind = Literal[
    "text",
    "tap",
    "image",
    "document",
    "audio",
    "video",
    "sticker",
    "location",
    "contacts",
    "order",
    "nfm_reply",
    "interactive",
    "reaction",
    "edit",
    "revoke",
    "system",
    "request_welcome",
    "unsupported",
    "other",
]
"""a message that came in; providers invent new ones"""
Sent = Literal["accepted", "deferred", "parked", "failed", "unknown", "retried", "other"]
"""what one attempt to send ended in"""
Purpose = Literal["answer", "reminder", "notice", "marketing", "other"]
"""what a message is for, as in `outbox.purpose`"""
Status = Literal["sent", "delivered", "read", "failed", "other"]
"""what the provider told of a message of ours"""
By = Literal["webhook", "api", "broadcast", "sweeper", "other"]
"""who handed over"""
Handed = Literal["over", "refused", "away", "other"]
"""over: signalled; refused: Temporal takes others, not this one; away: nothing could be handed over just then"""
Swept = Literal["nothing", "left", "away", "other"]
"""nothing: none was left lying; left: some was; away: the database could not be asked"""
Letter = Literal["unreadable", "unknown_number", "no_sender", "unstorable", "erased", "other"]
"""why nobody took it, as in `dead_letters.reason`"""
Media = Literal["fetched", "refused", "failed", "retried", "other"]
"""what became of an attachment; retried: it is tried again"""
Bot = Literal["loan", "nexora", "orders", "msme", "tax", "other"]
"""whom somebody wrote to"""
Happened = Literal["turn", "send", "delivery", "item", "other"]
"""a turn was taken, a message was sent, the provider told what became of one, an item of a webhook came in"""
Went = Literal["good", "bad", "other"]
"""bad: a turn in trouble, a message that is never sent or did not arrive, an item that nobody could take"""
Recipient = Literal["made", "opted_out", "no_marketing", "window_closed", "never_wrote", "erased", "other"]
"""what was decided of one recipient of a broadcast: a message was made, or why not"""
Unsent = Literal["pending", "sending", "deferred", "unknown", "parked", "other"]
"""the states of the outbox from which a message can still go to the provider"""

ALL: dict[str, dict[str, tuple[str, ...]]] = {
    "sutradhar_webhook_acknowledgement_seconds": {"result": get_args(Acknowledged)},
    "sutradhar_turn_seconds": {},
    "sutradhar_throttled_total": {},
    "sutradhar_messages_in_total": {"kind": get_args(Kind)},
    "sutradhar_sends_total": {"result": get_args(Sent), "purpose": get_args(Purpose)},
    "sutradhar_statuses_total": {"state": get_args(Status)},
    "sutradhar_handed_over_total": {"by": get_args(By), "result": get_args(Handed)},
    "sutradhar_sweeps_total": {"result": get_args(Swept)},
    "sutradhar_dead_letters_total": {"reason": get_args(Letter)},
    "sutradhar_media_total": {"result": get_args(Media)},
    "sutradhar_answer_seconds": {"bot": get_args(Bot)},
    "sutradhar_bot_events_total": {"bot": get_args(Bot), "event": get_args(Happened), "result": get_args(Went)},
    "sutradhar_broadcast_recipients_total": {"result": get_args(Recipient)},
    "sutradhar_database_up": {},
    "sutradhar_inbox_waiting": {},
    "sutradhar_inbox_oldest_seconds": {},
    "sutradhar_outbox_unsent": {"state": get_args(Unsent)},
    "sutradhar_outbox_oldest_seconds": {},
    "sutradhar_dead_letters_open": {"reason": get_args(Letter)},
    "sutradhar_conversations_in_trouble": {},
    "sutradhar_numbers_stopped": {},
    "sutradhar_worker_silent_seconds": {},
    "sutradhar_bot_unavailable": {"bot": get_args(Bot)},
    "sutradhar_sessions_begun": {"bot": get_args(Bot)},
    "sutradhar_sessions_completed": {"bot": get_args(Bot)},
}
"""every metric of ours by its name, with its labels and their values"""
