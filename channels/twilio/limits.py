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
MOST_ITEMS = 10

SENT: Mapping[str, frozenset[str]] = {kind: MEDIA[kind].mime_types for kind in ("image", "document")}
"""which types go as what"""
