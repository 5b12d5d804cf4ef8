"""Proof that a webhook comes from Twilio. Source: Twilio, webhooks security.

Twilio signs the address as it was told to it, the query included, then each parameter of the form, sorted by name. So
the address is ours to know (PUBLIC_URL): what a proxy made of the request proves nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from channels.twilio.form import Form, is_form, parameters

HEADER = "X-Twilio-Signature"
_DIGEST_OF_BODY = "bodySHA256"
_PORTS = {"https": 443, "http": 80}


class SignatureRejected(Exception):
    """The request proves nothing: refuse it, and store nothing but a count."""


def sign(url: str, form: Form, token: str) -> str:
    """The signature of a webhook to this address with this form: base64 of an HMAC-SHA1 under the auth token."""
    told = "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(token.encode(), (url + told).encode(), hashlib.sha1).digest()).decode()


def verify(url: str, body: bytes, content_type: str, signature: str, token: str) -> None:
    """Check `X-Twilio-Signature` of a request to this address of ours, in constant time.

    `url` is PUBLIC_URL, path and the query exactly as it came. Of a body that is no form Twilio signs the address
    alone, whose query holds the body's SHA-256. Raises SignatureRejected; ValueError without a token, since an empty
    key would verify what anybody can forge.
    """
    if not token:
        raise ValueError("no auth token is set, so no signature can be checked: set TWILIO_AUTH_TOKEN")
    if not signature:
        raise SignatureRejected(f"the header {HEADER} is missing")
    form: Form = []
    if is_form(content_type):
        form = parameters(body)
    elif body:
        _check_digest(url, body)
    # As bytes: compare_digest refuses a str that is not ASCII, and a header may hold anything.
    given = signature.encode("utf-8", "replace")
    matches = [hmac.compare_digest(sign(one, form, token).encode(), given) for one in _addresses(url)]
    if not any(matches):
        raise SignatureRejected(
            f"the header {HEADER} does not match: TWILIO_AUTH_TOKEN is another account's, PUBLIC_URL is not the "
            "address that Twilio was told, or the request was changed on its way"
        )


def _check_digest(url: str, body: bytes) -> None:
    told = dict(parse_qsl(urlsplit(url).query)).get(_DIGEST_OF_BODY, "")
    found = hashlib.sha256(body).hexdigest()
    if not hmac.compare_digest(found.encode(), told.lower().encode("utf-8", "replace")):
        raise SignatureRejected(f"the body's SHA-256 is not the {_DIGEST_OF_BODY} of the address")


def _addresses(url: str) -> Iterable[str]:
    """The address as it is, without its port and with it: Twilio's own servers do not agree which they sign."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    bare = host.rpartition(":")[0] if parts.port else host
    port = parts.port or _PORTS.get(parts.scheme, 0)
    others = (urlunsplit(parts._replace(netloc=netloc)) for netloc in (bare, f"{bare}:{port}"))
    return dict.fromkeys((url, *others))
