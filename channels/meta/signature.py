"""Proof that a webhook comes from Meta. Source: Meta, webhooks getting started, validating payloads."""

from __future__ import annotations

import hashlib
import hmac

_PREFIX = "sha256="


class SignatureRejected(Exception):
    """The request proves nothing: refuse it, and store nothing but a count."""


def verify(body: bytes, signature: str, secret: str) -> None:
    """Check `X-Hub-Signature-256` (`sha256=` and 64 hexadecimal digits) over the raw body, in constant time.

    The body must be the bytes as they came: Meta signs its own escaping of the text. Raises SignatureRejected; raises
    ValueError without a secret, since an empty key would verify what anybody can forge.
    """
    if not secret:
        raise ValueError("no app secret is set, so no signature can be checked: set META_APP_SECRET")
    if not signature:
        raise SignatureRejected("the header X-Hub-Signature-256 is missing")
    if not signature.startswith(_PREFIX):
        raise SignatureRejected("the header X-Hub-Signature-256 does not begin with sha256=")
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    # As bytes: compare_digest refuses a str that is not ASCII, and a header may hold anything.
    given = signature.removeprefix(_PREFIX).lower().encode("utf-8", "replace")
    if not hmac.compare_digest(expected.encode(), given):
        raise SignatureRejected(
            "the header X-Hub-Signature-256 does not match the body: META_APP_SECRET is another app's, "
            "or the body was changed on its way"
        )
