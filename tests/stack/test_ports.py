"""A taken port is named before anything is started."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from stack.errors import PortTaken
from stack.ports import FREE_RANGE, HOST, free_ports, is_free, require_free


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_somebody_listens_on_is_not_free(taken: int) -> None:
    assert not is_free(taken)


def test_a_port_taken_on_all_addresses_is_not_free_on_ours() -> None:
    with socket.create_server(("0.0.0.0", 0)) as server:
        assert not is_free(server.getsockname()[1])


def test_free_ports_are_different_and_below_those_of_outgoing_connections() -> None:
    ports = free_ports(5)

    assert len(set(ports)) == 5
    assert all(port in FREE_RANGE for port in ports)
    assert all(is_free(port) for port in ports)


def test_a_taken_port_is_named_with_its_purpose_and_the_variable_that_moves_it(taken: int) -> None:
    free = free_ports(1)[0]

    with pytest.raises(PortTaken) as refusal:
        require_free({"PORT": (taken, "the API"), "SANDBOX_PORT": (free, "the sandbox")})

    assert f"port {taken} (the API) is taken" in str(refusal.value)
    assert "PORT" in str(refusal.value)
    assert "SANDBOX_PORT" not in str(refusal.value)


def test_all_taken_ports_are_named_at_once(taken: int) -> None:
    with socket.create_server((HOST, 0)) as other:
        second = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"{taken}.*TEMPORAL_PORT.*{second}.*TEMPORAL_UI_PORT"):
            require_free({"TEMPORAL_PORT": (taken, "Temporal"), "TEMPORAL_UI_PORT": (second, "its UI")})


def test_one_port_for_two_things_is_refused() -> None:
    port = free_ports(1)[0]

    with pytest.raises(PortTaken, match="PORT and SANDBOX_PORT must differ"):
        require_free({"PORT": (port, "the API"), "SANDBOX_PORT": (port, "the sandbox")})
