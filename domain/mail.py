"""Mail to the business: what its workflow and its activity say. Ids only: Temporal's store holds no names."""

from __future__ import annotations

from dataclasses import dataclass

MAIL = "Mail"
"""the workflow that sees one mail out"""
SEND_MAIL = "send_mail"
"""its activity"""


@dataclass(frozen=True)
class MailOrder:
    """A mail about the lead of a conversation. The key is that of the work that wanted it: its Message-ID."""

    conversation: str
    key: str
