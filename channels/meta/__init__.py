"""WhatsApp through Meta's Cloud API: its wire in, its wire out, its errors. No I/O but the HTTP client passed in
and, for the addresses of files, names resolved.

In:   `verify` (signature.py) the raw body, then `read` (webhook.py) it into `domain.inbound` items;
      per subject: contents.py, senders.py, identities.py, and fields.py for reading JSON of unknown quality.
Out:  `fit` a neutral message to WhatsApp's limits, `render` each part (rendering.py, splitting.py) into one of the
      typed messages (outbound.py, attachments.py, asking.py, templates.py, limits.py), `GraphClient.send` it
      (client.py).
Files: `GraphClient.upload` and `download` (downloads.py, addresses.py), of the types and sizes in media_types.py.
Woe:  `GraphError` and its kinds (errors.py) say what to do about a send; `classify` does so for a failed status;
      `MediaError` and its kinds (media_errors.py) what about a file; `Unsendable` and its kinds (limits.py) say what
      about a message can never be sent.
"""

from channels.meta.asking import ContactRequestMessage, LinkMessage, LocationRequestMessage
from channels.meta.attachments import DocumentMessage, ImageMessage
from channels.meta.client import Accepted, GraphClient
from channels.meta.downloads import Downloaded
from channels.meta.envelope import Recipient
from channels.meta.errors import (
    ChannelStopped,
    Defer,
    GraphError,
    NeedsTemplate,
    Reason,
    Refused,
    RetryLater,
    Scope,
    Unknown,
    classify,
)
from channels.meta.limits import Blank, Duplicate, LimitExceeded, NotText, Unsendable
from channels.meta.media_errors import (
    MediaDamaged,
    MediaError,
    MediaGone,
    MediaNotAllowed,
    MediaTooLarge,
    WrongMediaType,
)
from channels.meta.media_types import MEDIA, MediaLimit, bare
from channels.meta.outbound import (
    Button,
    ButtonsMessage,
    GraphMessage,
    ListMessage,
    ListRow,
    ReadMark,
    TextMessage,
)
from channels.meta.rendering import Shape, fit, render, shape_of
from channels.meta.rewriting import written_again
from channels.meta.signature import SignatureRejected, verify
from channels.meta.templates import TemplateButton, TemplateMedia, TemplateMessage, TemplateText
from channels.meta.webhook import NotAWebhook, read

__all__ = [
    "MEDIA",
    "Accepted",
    "Blank",
    "Button",
    "ButtonsMessage",
    "ChannelStopped",
    "ContactRequestMessage",
    "Defer",
    "DocumentMessage",
    "Downloaded",
    "Duplicate",
    "GraphClient",
    "GraphError",
    "GraphMessage",
    "ImageMessage",
    "LimitExceeded",
    "LinkMessage",
    "ListMessage",
    "ListRow",
    "LocationRequestMessage",
    "MediaDamaged",
    "MediaError",
    "MediaGone",
    "MediaLimit",
    "MediaNotAllowed",
    "MediaTooLarge",
    "NeedsTemplate",
    "NotAWebhook",
    "NotText",
    "ReadMark",
    "Reason",
    "Recipient",
    "Refused",
    "RetryLater",
    "Scope",
    "Shape",
    "SignatureRejected",
    "TemplateButton",
    "TemplateMedia",
    "TemplateMessage",
    "TemplateText",
    "TextMessage",
    "Unknown",
    "Unsendable",
    "WrongMediaType",
    "bare",
    "classify",
    "fit",
    "read",
    "render",
    "shape_of",
    "verify",
    "written_again",
]
