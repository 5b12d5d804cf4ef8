"""What is personal or secret by its form, wherever in a text it stands, and the ids of ours that only look like it."""

from __future__ import annotations

import re

from telemetry.names import without_named
from telemetry.numbers import RUN, without_numbers

LONGEST = 16_000
"""signs of one text; of a longer one the middle is left out"""

IDS = re.compile(
    r"(?<![0-9A-Za-z])((?:"
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"
    r"|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}"
    r")(?![0-9A-Za-z])|wamid\.[0-9A-Za-z+/=_-]{16,})"
)
"""uuids, traceparents, digests and trace ids, Meta's ids of messages: digits in them are no numbers"""

PAN = re.compile(
    r"[A-Z]{5}[0-9]{4}[A-Z]|(?-i:\b[A-Z]{5}[ -]?[0-9]{4}[ -]?[A-Z]\b)",
    re.IGNORECASE,
)
"""five letters, four digits, one letter (Income Tax Department); with blanks in capitals only, for `since 2026 a`"""
MAIL = re.compile(r"[\w.!#$%&*+/=?^`{|}~'-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63})+")
BEARER = re.compile(r"(bearer)(?:\s|%20|\+)+[^\s\"',;)\]}]+", re.IGNORECASE)
GRAPH_TOKEN = re.compile(r"EAA[0-9A-Za-z]{20,}")
"""an access token of Meta's"""
LOGIN = re.compile(r"://[^\s/@]+@")
"""user and password in an address"""
ROW = re.compile(r"(Failing row contains |parameter \$\d+ = ).*")
"""PostgreSQL quotes what it refuses"""

HARMLESS = re.compile(
    rf"(?:conversation-)?(?:{IDS.pattern})|\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{{1,9}})?(?:Z|[+-]\d\d:\d\d)"
)
"""an id or a time and nothing else, as most values of a log line are"""
SIGNS = re.compile(r"[\d:=@(%$]")
"""all of the above has one of these in it, or one of these words"""
WORDS = ("earer", "EARER", "EAA", "Failing row")
FOUR = re.compile(r"[0-9]{4}")


def redacted(text: str) -> str:
    """The text with a mark in place of everything personal or secret in it."""
    if SIGNS.search(text) is None and not any(word in text for word in WORDS):
        return text
    if HARMLESS.fullmatch(text):
        return text
    if len(text) > LONGEST:
        text = _without_middle(text)
    text = without_named(text)
    if "@" in text or "%40" in text:
        text = MAIL.sub("[email]", LOGIN.sub("://[login]@", text))
    if any(word in text for word in WORDS) or "parameter $" in text:
        text = ROW.sub(r"\1[row]", GRAPH_TOKEN.sub("[token]", BEARER.sub(r"\1 [token]", text)))
    if FOUR.search(text) is None and RUN.search(text) is None:
        return text
    parts = IDS.split(text)
    # The odd ones are ids.
    parts[::2] = [without_numbers(PAN.sub("[pan]", part)) for part in parts[::2]]
    return "".join(parts)


def _without_middle(text: str) -> str:
    half = LONGEST // 2
    # Cut where a word ends: of a number cut in two neither half would be known.
    head = text[:half].rpartition(" ")[0] or text[: half - 100]
    tail = text[-half:].partition(" ")[2] or text[-half + 100 :]
    return f"{head} [{len(text) - len(head) - len(tail)} signs left out] {tail}"
