"""What a Temporal server is told."""

from __future__ import annotations

import json

from stack.temporal_config import (
    ONE_MACHINE,
    Database,
    Namespace,
    ServerPorts,
    dynamic_config,
    server_config,
    ui_config,
)


def config() -> dict[str, object]:
    """A server's configuration."""
    return server_config(ServerPorts(7233, range(20000, 20008)), Database(5432, "postgres", "secret"), "dynamic.yaml")


def test_no_two_services_share_a_port() -> None:
    services = config()["services"]
    assert isinstance(services, dict)
    ports = [
        value
        for service in services.values()
        for name, value in service["rpc"].items()
        if name in ("grpcPort", "membershipPort", "httpPort")
    ]

    assert len(ports) == len(set(ports)) == 9


def test_the_number_of_shards_stays_what_it_was_when_the_first_store_was_made() -> None:
    persistence = config()["persistence"]
    assert isinstance(persistence, dict)

    assert persistence["numHistoryShards"] == 4


def test_every_file_is_json_and_so_yaml() -> None:
    json.dumps([config(), dynamic_config(ONE_MACHINE, [Namespace()]), ui_config("127.0.0.1:7233", 8233, "default")])


def test_time_skipping_and_fast_queues_are_on_everywhere() -> None:
    entries = dynamic_config(ONE_MACHINE, [Namespace()])

    assert entries["frontend.WorkflowTimeSkippingEnabled"] == [{"value": True}]
    assert entries["history.timerProcessorMaxTimeShift"] == [{"value": "1ms"}]


def test_a_namespaces_own_setting_holds_in_it_alone() -> None:
    forced = Namespace("forced", {"limit.historyCount.suggestContinueAsNew": 3})

    entries = dynamic_config({"limit.historyCount.suggestContinueAsNew": 4096}, [Namespace(), forced])

    assert entries["limit.historyCount.suggestContinueAsNew"] == [
        {"value": 4096},
        {"value": 3, "constraints": {"namespace": "forced"}},
    ]
