"""WhatsApp through Twilio: its wire in, its wire out, its errors. No I/O but the HTTP client passed in and, for the
addresses of files, names resolved.

In:   `verify` (signature.py) address and form, then `read` (webhook.py) them into `domain.inbound` items; per subject:
      form.py, contents.py, senders.py, statuses.py. What was missed: listing.py, from the account's list of messages.
Out:  `fit` a neutral message to Twilio's limits, `render` each part (rendering.py) into one of the typed messages
      (outbound.py, limits.py), `TwilioClient.send` it (client.py). What can be tapped is sent as a content of the
      account's (generic.py), which `Library` (library.py) knows.
Woe:  `classify` (errors.py) sorts Twilio's codes into the kinds of `channels.errors`.
"""

from channels.twilio.channel import TwilioChannel
from channels.twilio.client import Account, Content, TwilioClient, open_client
from channels.twilio.errors import classify
from channels.twilio.form import NotAWebhook
from channels.twilio.library import Library, create_missing, missing
from channels.twilio.listing import Listed, MediaOf, incoming_of, status_of
from channels.twilio.rendering import NoTemplate, fit, render, words_of
from channels.twilio.rewriting import written_again
from channels.twilio.senders import number_in
from channels.twilio.signature import HEADER, SignatureRejected, sign, verify
from channels.twilio.webhook import is_kept, read, read_again

__all__ = [
    "HEADER",
    "Account",
    "Content",
    "Library",
    "Listed",
    "MediaOf",
    "NoTemplate",
    "NotAWebhook",
    "SignatureRejected",
    "TwilioChannel",
    "TwilioClient",
    "classify",
    "create_missing",
    "fit",
    "incoming_of",
    "is_kept",
    "missing",
    "number_in",
    "open_client",
    "read",
    "read_again",
    "render",
    "sign",
    "status_of",
    "verify",
    "words_of",
    "written_again",
]
