"""WhatsApp through Meta's Cloud API: its wire in, its wire out, its errors. No I/O but the HTTP client passed in
and, for the addresses of files, names resolved.

In:   `verify` (signature.py) the raw body, then `read` (webhook.py) it into `domain.inbound` items;
      per subject: contents.py, senders.py, identities.py, and fields.py for reading JSON of unknown quality.
Out:  `fit` a neutral message to WhatsApp's limits, `render` each part (rendering.py, splitting.py) into one of the
      typed messages (outbound.py, attachments.py, asking.py, templates.py, limits.py), `GraphClient.send` it
      (client.py).
Files: `GraphClient.upload` and `download` (files.py).
All:  `MetaChannel` (channel.py) is this as a channel like others.
Woe:  `classify` (errors.py) sorts Meta's codes into the kinds of ChannelError, for a send and for a failed status.
"""

from channels.choices import Shape, shape_of
from channels.meta.asking import ContactRequestMessage, LinkMessage, LocationRequestMessage
from channels.meta.attachments import DocumentMessage, ImageMessage
from channels.meta.channel import MetaChannel
from channels.meta.client import GraphClient
from channels.meta.errors import classify
from channels.meta.outbound import (
    Button,
    ButtonsMessage,
    GraphMessage,
    ListMessage,
    ListRow,
    ReadMark,
    TextMessage,
)
from channels.meta.rendering import fit, render
from channels.meta.rewriting import written_again
from channels.meta.signature import SignatureRejected, verify
from channels.meta.templates import TemplateButton, TemplateMedia, TemplateMessage, TemplateText
from channels.meta.webhook import NotAWebhook, read

__all__ = [
    "Button",
    "ButtonsMessage",
    "ContactRequestMessage",
    "DocumentMessage",
    "GraphClient",
    "GraphMessage",
    "ImageMessage",
    "LinkMessage",
    "ListMessage",
    "ListRow",
    "LocationRequestMessage",
    "MetaChannel",
    "NotAWebhook",
    "ReadMark",
    "Shape",
    "SignatureRejected",
    "TemplateButton",
    "TemplateMedia",
    "TemplateMessage",
    "TemplateText",
    "TextMessage",
    "classify",
    "fit",
    "read",
    "render",
    "shape_of",
    "verify",
    "written_again",
]
