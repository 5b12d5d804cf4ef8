"""How Twilio signs what it posts (Twilio, "Webhooks security")."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urldefrag


def signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """The value of `X-Twilio-Signature`: over the exact URL with its query, and the form sorted by name."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.digest(token.encode(), signed.encode(), hashlib.sha1)).decode()


def without_fragment(url: str) -> str:
    """The URL that is posted to and signed: what stands behind a `#` is an instruction to Twilio."""
    return urldefrag(url).url
