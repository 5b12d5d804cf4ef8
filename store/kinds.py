"""Kinds of rows in the inbox that queries tell apart. All else is named by what it is: text, tap, image …"""

from __future__ import annotations

BUSINESS = "business"
"""what the business says on its own, beside the dialogue"""
EDIT = "edit"
"""a person's rewriting of a message of theirs"""
NOT_WRITTEN = ("outcome", "retry", BUSINESS)
"""what is no message of the person"""
NO_MESSAGES = (*NOT_WRITTEN, EDIT, "revoke", "system")
"""what nobody wrote, or changes what somebody wrote; the views of statistics name them too"""
STAMPED = "('text', 'image', 'document', 'audio', 'video', 'sticker')"
"""as SQL: what is stamped with the question shown when it came in; a tap carries its own"""
