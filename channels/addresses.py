"""Which addresses may be asked for what a provider points to: those of the open internet, and the Graph API's own.

A name is resolved once, every address of it is looked at, and the connection goes to one that was looked at: a name
that means another address a moment later changes nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from channels.errors import RetryLater
from channels.media_errors import MediaNotAllowed

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""A host's name and a port into addresses. Raises OSError where it has none."""

_CLOUD_INSIDES = frozenset({IPv4Address("168.63.129.16")})
"""Azure's platform, at an address that looks public; the other clouds' are link-local or private."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 written as IPv6 (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to ask for a URL: where to connect to, and the name to say there."""

    url: httpx.URL
    host: str
    """the Host header"""
    name: str
    """the name that the certificate must have; "" where the URL is asked as it is"""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as this machine knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


async def ways_to(url: httpx.URL, own: httpx.URL, resolver: Resolve) -> list[Way]:
    """The ways to ask for a URL, to be tried in order. `own` is the Graph API's: what lies there is asked as it is.

    Raises MediaNotAllowed for what is not https at a public address, and RetryLater where the name is not found.
    """
    if same_origin(url, own):
        return [Way(url, _host(url), "")]
    if url.scheme != "https" or not url.host:
        raise MediaNotAllowed("is not https")
    if url.userinfo:
        raise MediaNotAllowed("holds a user's name")
    try:
        addresses = await resolver(url.host, url.port or 443)
    except (OSError, UnicodeError) as error:
        raise RetryLater("the name of the file's host is not found") from error
    if not addresses or not all(is_public(address) for address in addresses):
        raise MediaNotAllowed("is inside a network")
    return [Way(url.copy_with(host=address), _host(url), url.host) for address in addresses]


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether scheme, host and port are the same."""
    return (one.scheme, one.host, _port(one)) == (other.scheme, other.host, _port(other))


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet: none of ours, none of this network's, no cloud's insides."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (inner := _ipv4_in(ip)) is not None:
        ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _CLOUD_INSIDES


def _ipv4_in(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _port(url: httpx.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)


def _host(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")
