"""The channels people write on. Each translates between a provider's wire and the neutral words of `domain`.

What is here is alike for all of them: `Channel` (channel.py), how an API is called (calling.py) and what a call may end
in (errors.py, codes.py), how a choice is shown (choices.py), what is not sendable (limits.py), how files are fetched
(downloads.py), what is wrong with one (media_errors.py) and which WhatsApp carries (media_types.py).
"""

from channels.channel import Accepted, Channel, Channels, Finds, Recipient
from channels.downloads import Downloaded
from channels.errors import (
    ChannelError,
    ChannelStopped,
    Defer,
    NeedsTemplate,
    Reason,
    Refused,
    RetryLater,
    Scope,
    Unknown,
)
from channels.limits import Blank, Duplicate, LimitExceeded, NotText, Unsendable
from channels.media_errors import MediaDamaged, MediaError, MediaGone, MediaNotAllowed, MediaTooLarge, WrongMediaType
from channels.media_types import MEDIA, MediaLimit, bare

__all__ = [
    "MEDIA",
    "Accepted",
    "Blank",
    "Channel",
    "ChannelError",
    "ChannelStopped",
    "Channels",
    "Defer",
    "Downloaded",
    "Duplicate",
    "Finds",
    "LimitExceeded",
    "MediaDamaged",
    "MediaError",
    "MediaGone",
    "MediaLimit",
    "MediaNotAllowed",
    "MediaTooLarge",
    "NeedsTemplate",
    "NotText",
    "Reason",
    "Recipient",
    "Refused",
    "RetryLater",
    "Scope",
    "Unknown",
    "Unsendable",
    "WrongMediaType",
    "bare",
]
