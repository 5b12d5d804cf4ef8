"""How long things may be at Twilio. What is counted, and how, is in `channels.limits`.

Sources: Twilio, message resource; twilio/quick-reply; twilio/list-picker; WhatsApp media types.
"""

from __future__ import annotations

from collections.abc import Mapping

from channels.media_types import MEDIA

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

SENT: Mapping[str, frozenset[str]] = {kind: MEDIA[kind].mime_types for kind in ("image", "document")}
"""which types go as what"""
