"""What a message holds: a tap, files, a place, or words. Source: Twilio, the request that a message's webhook makes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping

from channels.media_types import bare
from domain.inbound import Content, LocationContent, MediaContent, OtherContent, TapContent, TextContent

_JOINS = re.compile(r"\s*join\s+[a-z]+[- ][a-z]+\s*", re.IGNORECASE)
"""how one joins Twilio's shared sandbox number, with its two words"""
GREETING = "hi"
_MOST_FILES = 10
_PAPERS = "document"
_KINDS = {"image": "image", "audio": "audio", "video": "video"}


class Malformed(Exception):
    """A parameter has not the shape that Twilio documents. Its text may be logged: it holds no value."""


def contents_of(fields: Mapping[str, str]) -> tuple[Content, ...]:
    """What a message says, in order: its files are one each, the first with its words. Raises Malformed."""
    if tap := _tap(fields):
        return (tap,)
    if files := _files(fields):
        return files
    if fields.get("Latitude") or fields.get("Longitude"):
        return (_place(fields),)
    if told := fields.get("InteractiveData"):
        return (OtherContent("nfm_reply", {"response": _json(told)}),)
    body = fields.get("Body", "")
    kind = fields.get("MessageType", "").lower()
    if not body.strip():
        # A sticker, a contact, a poll: of those Twilio tells no more than this.
        return (OtherContent(kind if kind not in ("", "text") else "unsupported"),)
    return (TextContent(GREETING if _JOINS.fullmatch(body) else body),)


def _tap(fields: Mapping[str, str]) -> Content | None:
    title = fields.get("ButtonText") or fields.get("ListTitle") or fields.get("Body", "")
    option = fields.get("ButtonPayload") or fields.get("ListId")
    if option:
        return TapContent(option, title)
    # A template's quick reply without a payload of its own sends its words.
    return TapContent(fields["ButtonText"], title) if fields.get("ButtonText") else None


def _files(fields: Mapping[str, str]) -> tuple[Content, ...]:
    told = fields.get("NumMedia", "0") or "0"
    if not (told.isascii() and told.isdigit()):
        raise Malformed("NumMedia: a number was expected")
    found: list[Content] = []
    for at in range(min(int(told), _MOST_FILES)):
        url = fields.get(f"MediaUrl{at}", "")
        if not url:
            raise Malformed(f"MediaUrl{at}: an address was expected, nothing was found")
        words = fields.get("Body", "") if at == 0 else ""
        found.append(file_of(url, fields.get(f"MediaContentType{at}", ""), words))
    return tuple(found)


def file_of(url: str, content_type: str, words: str = "") -> MediaContent:
    """A file at Twilio, by its address there. What is said with a document is its name, where it looks like one."""
    mime_type = bare(content_type)
    kind = "sticker" if mime_type == "image/webp" else _KINDS.get(mime_type.partition("/")[0], _PAPERS)
    named = kind == _PAPERS and re.fullmatch(r"\s*[^\n/\\]{1,230}\.[A-Za-z0-9]{2,5}\s*", words) is not None
    return MediaContent(
        media=kind,
        media_id=url,
        mime_type=content_type,
        caption="" if named else words,
        filename=words.strip() if named else "",
    )


def _place(fields: Mapping[str, str]) -> LocationContent:
    return LocationContent(
        latitude=_degrees(fields, "Latitude", 90),
        longitude=_degrees(fields, "Longitude", 180),
        name=fields.get("Label", ""),
        address=fields.get("Address", ""),
    )


def _degrees(fields: Mapping[str, str], name: str, most: float) -> float:
    try:
        value = float(fields.get(name, ""))
    except ValueError:
        value = math.nan
    if not -most <= value <= most:
        raise Malformed(f"{name}: a number from -{most:g} to {most:g} was expected")
    return value


def _json(text: str) -> object:
    try:
        told: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told
