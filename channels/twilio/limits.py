"""How long things may be at Twilio. What is counted, and how, is in `channels.limits`.

Sources: Twilio, message resource; twilio/quick-reply; twilio/list-picker; WhatsApp media types.
"""

from __future__ import annotations

from collections.abc import Mapping

BODY = 1600
CAPTION = 1024
"""of what is said with a picture"""
CONTENT_BODY = 1024
MOST_BUTTONS = 3
"""of a quick reply that nobody approved, as those of a conversation are"""
MOST_ITEMS = 10
MOST_BYTES = 16 * 1024 * 1024
"""of any file we send"""
MOST_BYTES_OF_A_PICTURE = 5 * 1024 * 1024

_PICTURES = frozenset({"image/jpeg", "image/png"})
SENT: Mapping[str, frozenset[str]] = {
    "image": _PICTURES,
    "document": _PICTURES
    | {
        "application/pdf",
        "text/plain",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    },
}
"""which types go as what"""
