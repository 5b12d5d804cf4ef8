"""HTTP written by hand, byte for byte: what no well-behaved client would send."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 30.0


def say(url: str, *parts: bytes, hang_up: bool = False) -> tuple[int, bytes]:
    """Write this to the server and read what it answers: the status and the whole answer; 0 where it says nothing.

    With `hang_up` the writing side is closed after the last byte, as when the other side dies.
    """
    at = urlsplit(url)
    with socket.create_connection((str(at.hostname), at.port or 80), timeout=PATIENCE) as line:
        heard = bytearray()
        # A server may have read enough before all is written; what it said until then counts.
        with suppress(OSError):
            for part in parts:
                line.sendall(part)
            if hang_up:
                line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while more := line.recv(65_536):
                heard += more
    answer = bytes(heard)
    status = answer.partition(b" ")[2][:3]
    return (int(status) if status.isdigit() else 0), answer


def request(method: bytes = b"POST", target: bytes = b"/webhook", headers: Iterable[tuple[bytes, bytes]] = ()) -> bytes:
    """The head of a request whose connection ends with its answer."""
    lines = [method + b" " + target + b" HTTP/1.1", b"Host: localhost", b"Connection: close"]
    return b"\r\n".join([*lines, *(name + b": " + value for name, value in headers), b"", b""])


def chunked(body: bytes, size: int) -> bytes:
    """A body in chunks of this many bytes."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
