"""The signature of a webhook."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from channels.meta import SignatureRejected, verify

SECRET = "app-secret"
BODY = b'{"text":"\\u0928\\u092e\\u0938\\u094d\\u0924\\u0947"}'


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_the_bytes_as_they_came_are_verified() -> None:
    """Meta signs its own escaping, so nothing may be parsed and written again before."""
    verify(BODY, signed(BODY), SECRET)


def test_hexadecimal_capitals_are_the_same_signature() -> None:
    """A proxy may write headers so."""
    verify(BODY, "sha256=" + signed(BODY).removeprefix("sha256=").upper(), SECRET)


@pytest.mark.parametrize(
    ("signature", "why"),
    [
        ("", "missing"),
        ("sha1=" + "0" * 40, "does not begin with sha256="),
        (signed(BODY).removeprefix("sha256="), "does not begin with sha256="),
        ("sha256=", "does not match"),
        (signed(BODY)[:-1], "does not match"),
        (signed(BODY, "another secret"), "does not match"),
        (signed(b"another body"), "does not match"),
        ("sha256=नमस्ते", "does not match"),
        ("sha256=\udcff", "does not match"),
    ],
)
def test_anything_else_is_rejected_with_its_reason(signature: str, why: str) -> None:
    """The reason tells an operator what to look at, and never the expected signature."""
    with pytest.raises(SignatureRejected, match=why) as rejected:
        verify(BODY, signature, SECRET)
    assert signed(BODY).removeprefix("sha256=") not in str(rejected.value)


def test_one_changed_byte_is_noticed() -> None:
    """The body is covered whole."""
    with pytest.raises(SignatureRejected):
        verify(BODY + b" ", signed(BODY), SECRET)


def test_an_empty_secret_verifies_nothing() -> None:
    """With an empty key anybody could sign."""
    with pytest.raises(ValueError, match="META_APP_SECRET"):
        verify(BODY, signed(BODY, ""), "")
