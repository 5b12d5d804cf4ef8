"""The signature of a webhook, with Twilio's own package as the judge."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from channels.twilio import SignatureRejected, sign, verify
from tests.channels.twilio.wire import TOKEN, URL, form, message_fields

FORM = "application/x-www-form-urlencoded; charset=utf-8"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(WORDS.filter(bool), WORDS, max_size=6), st.dictionaries(st.sampled_from(["key", "a"]), WORDS))
def test_twilios_package_accepts_what_we_sign_and_we_accept_what_it_signs(
    fields: dict[str, str], query: dict[str, str]
) -> None:
    url = f"{URL}?{urlencode(query)}" if query else URL
    judge = RequestValidator(TOKEN)
    assert judge.validate(url, fields, sign(url, list(fields.items()), TOKEN))
    verify(url, form(fields), FORM, judge.compute_signature(url, fields), TOKEN)


@pytest.mark.parametrize("signed_as", [URL, "https://bot.example.com:443/webhook"])
def test_a_port_that_goes_without_saying_may_be_said(signed_as: str) -> None:
    fields = message_fields()
    signature = RequestValidator(TOKEN).compute_signature(signed_as, fields)
    verify(URL, form(fields), FORM, signature, TOKEN)


def test_an_address_with_a_port_may_be_signed_without_it() -> None:
    fields = message_fields()
    ours = "http://127.0.0.1:8000/webhook"
    signature = RequestValidator(TOKEN).compute_signature("http://127.0.0.1/webhook", fields)
    verify(ours, form(fields), FORM, signature, TOKEN)


@pytest.mark.parametrize(
    "changed",
    [
        {"url": f"{URL}?key=another"},
        {"url": "https://evil.example.com/webhook"},
        {"fields": message_fields(Body="pay me")},
        {"fields": message_fields(Another="parameter")},
        {"token": "another-token"},
        {"signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
        {"signature": "नमस्ते"},
        {"signature": "\udcff"},
        {"signature": ""},
    ],
)
def test_whatever_is_changed_is_rejected(changed: dict[str, object]) -> None:
    told = {"url": URL, "fields": message_fields(), "token": TOKEN, "signature": "", **changed}
    signature = str(told["signature"] or sign(URL, list(message_fields().items()), TOKEN))
    if "signature" in changed:
        signature = str(changed["signature"])
    with pytest.raises(SignatureRejected) as rejected:
        verify(str(told["url"]), form(told["fields"]), FORM, signature, str(told["token"]))  # type: ignore[arg-type]
    assert sign(URL, list(message_fields().items()), TOKEN) not in str(rejected.value)


def test_a_json_body_is_proved_by_its_digest_in_the_address() -> None:
    body = json.dumps({"MessageSid": "SM1"}).encode()
    url = f"{URL}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    judge = RequestValidator(TOKEN)
    signature = judge.compute_signature(url, {})
    assert judge.validate(url, body.decode(), signature)
    verify(url, body, "application/json", signature, TOKEN)
    with pytest.raises(SignatureRejected, match="SHA-256"):
        verify(url, body + b" ", "application/json", signature, TOKEN)


@pytest.mark.parametrize("content_type", ["application/json", "", "multipart/form-data; boundary=x"])
def test_a_body_that_nothing_signs_is_rejected(content_type: str) -> None:
    with pytest.raises(SignatureRejected, match="SHA-256"):
        verify(URL, b'{"MessageSid": "SM1"}', content_type, sign(URL, [], TOKEN), TOKEN)


def test_an_empty_token_verifies_nothing() -> None:
    with pytest.raises(ValueError, match="TWILIO_AUTH_TOKEN"):
        verify(URL, b"", FORM, "", "")
