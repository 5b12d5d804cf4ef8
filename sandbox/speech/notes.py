"""Voice notes as WhatsApp makes them, Opus in Ogg (RFC 7845, RFC 3533), silent, with what is said in a comment.

So a note tells its words wherever it was carried and however often the sandbox was started anew; another file tells
nothing. No two notes are alike, as no two recordings are.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

MIME_TYPE = "audio/ogg; codecs=opus"

_RATE = 48_000
"""samples a second that Opus counts in, whatever was recorded"""
_FRAME = 960
"""samples of a packet of 20 ms"""
_PACKETS = 50
"""of a page: one second"""
_SKIPPED = 312
"""samples at the start that a player leaves out"""
_SILENCE = b"\xf8\xff\xfe"
"""such a packet, mono"""
_FIRST, _LAST = 2, 4
"""marks of a page"""
_SIGNS_A_SECOND = 14
"""of somebody who speaks"""
_LONGEST = 600
"""seconds"""
_WORDS = b"WORDS="
_MAKER = b"sutradhar"


def note(words: str) -> bytes:
    """A voice note in which this is said; it lasts as long as saying it does."""
    serial = secrets.token_bytes(4)
    seconds = min(_LONGEST, 1 + len(words) // _SIGNS_A_SECOND)
    head = b"OpusHead" + bytes([1, 1]) + _SKIPPED.to_bytes(2, "little") + _RATE.to_bytes(4, "little") + bytes(3)
    comment = _WORDS + words.encode()
    tags = b"OpusTags" + _counted(_MAKER) + (1).to_bytes(4, "little") + _counted(comment)
    pages = [_page(_FIRST, 0, serial, 0, [head]), _page(0, 0, serial, 1, [tags])]
    for second in range(1, seconds + 1):
        mark = _LAST if second == seconds else 0
        pages.append(_page(mark, second * _PACKETS * _FRAME, serial, second + 1, [_SILENCE] * _PACKETS))
    return b"".join(pages)


def words_in(audio: bytes) -> str:
    """What is said in a voice note; nothing in a file that is none of ours."""
    tags = next((packet for packet in _packets(audio) if packet.startswith(b"OpusTags")), b"")
    at = tags.find(_WORDS)
    if at < 4:
        return ""
    length = int.from_bytes(tags[at - 4 : at], "little")
    return tags[at + len(_WORDS) : at + length].decode("utf-8", "replace")


def _counted(text: bytes) -> bytes:
    return len(text).to_bytes(4, "little") + text


def _page(mark: int, position: int, serial: bytes, number: int, packets: list[bytes]) -> bytes:
    laces = b"".join(bytes([255] * (len(packet) // 255) + [len(packet) % 255]) for packet in packets)
    before = b"OggS" + bytes([0, mark]) + position.to_bytes(8, "little") + serial + number.to_bytes(4, "little")
    after = bytes([len(laces)]) + laces + b"".join(packets)
    return before + _checksum(before + bytes(4) + after).to_bytes(4, "little") + after


def _table() -> list[int]:
    found = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = ((rest << 1) ^ 0x04C11DB7) & 0xFFFFFFFF if rest & 0x80000000 else rest << 1
        found.append(rest)
    return found


_TABLE = _table()


def _checksum(page: bytes) -> int:
    rest = 0
    for byte in page:
        rest = ((rest << 8) & 0xFFFFFFFF) ^ _TABLE[(rest >> 24) ^ byte]
    return rest


def _packets(audio: bytes) -> Iterator[bytes]:
    """The packets of an Ogg file, as far as it is one."""
    at, packet = 0, b""
    while audio[at : at + 4] == b"OggS" and at + 27 <= len(audio):
        laces = audio[at + 27 : at + 27 + audio[at + 26]]
        at += 27 + len(laces)
        for lace in laces:
            packet += audio[at : at + lace]
            at += lace
            if lace < 255:
                yield packet
                packet = b""
