"""The channels people write on. Each translates between a provider's wire and the neutral words of `domain`.

What is here is alike for all of them: `Channel` (channel.py), what a call may end in (errors.py), what is not sendable
(limits.py), what is wrong with a file (media_errors.py) and which files WhatsApp carries (media_types.py).
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
