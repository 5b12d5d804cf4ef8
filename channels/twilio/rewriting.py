"""An item as it is kept among dead letters, to be read another time (webhook.py, `read_again`)."""

from __future__ import annotations

from typing import Any

from domain.inbound import Incoming, Unreadable


def written_again(item: Incoming | Unreadable) -> dict[str, Any]:
    """The webhook that this item came with: a message's other files come again with it, and are known by their ids."""
    return item.raw
