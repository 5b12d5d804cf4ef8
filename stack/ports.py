"""TCP ports on the loopback address."""

from __future__ import annotations

import random
import socket
from collections.abc import Mapping
from itertools import islice

from stack.errors import PortTaken

HOST = "127.0.0.1"
# Below what Linux and macOS hand out for outgoing connections; and Temporal keeps its members' ports in a column
# that holds no number above 32,767.
FREE_RANGE = range(20_000, 32_768)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    with socket.socket() as probe:  # some systems let one bind beside a listener on all addresses
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) != 0


def free_ports(count: int) -> list[int]:
    """This many different ports that are free at the moment, none of which a system gives to outgoing connections."""
    drawn = random.sample(FREE_RANGE, len(FREE_RANGE))
    found = list(islice((port for port in drawn if is_free(port)), count))
    if len(found) < count:
        raise PortTaken(f"{count} free ports are needed between {FREE_RANGE.start} and {FREE_RANGE.stop - 1}")
    return found


def require_free(wanted: Mapping[str, tuple[int, str]]) -> None:
    """Check that every port is free: variable -> (port, what it is for).

    Raises PortTaken, naming each taken port and the variable that moves it.
    """
    taken = [
        f"port {port} ({purpose}) is taken: stop what listens there, or set {variable} to another"
        for variable, (port, purpose) in wanted.items()
        if not is_free(port)
    ]
    twice = {port for port, _ in wanted.values() if sum(port == other for other, _ in wanted.values()) > 1}
    taken += [
        f"port {port} is wanted twice: {' and '.join(v for v, (p, _) in wanted.items() if p == port)} must differ"
        for port in sorted(twice)
    ]
    if taken:
        raise PortTaken("; ".join(taken))
