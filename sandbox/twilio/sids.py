"""Twilio's ids: two letters for the kind, and 32 hexadecimal digits."""

from __future__ import annotations

import re
import secrets

SID = re.compile(r"^[A-Z]{2}[0-9a-f]{32}$")


def new_sid(prefix: str) -> str:
    """A fresh id of this kind: SM and MM are messages, HX Content templates."""
    return prefix + secrets.token_hex(16)


def media_sid(media_id: str) -> str:
    """How Twilio names a file that the sandbox keeps under a number."""
    return f"ME{int(media_id):032x}"


def media_id(sid: str) -> str:
    """The sandbox's own id of a file; empty for what is no media sid."""
    return str(int(sid[2:], 16)) if SID.match(sid) and sid.startswith("ME") else ""
